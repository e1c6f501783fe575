"""The shape of a row of initial parameters, and who is asked to confirm what is not settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from mingcha.base.roles import Role
from mingcha.basics.models import Trust
from mingcha.basics.models.parameters import Kind, Section

#: From when values hold that name no day of their own: before any case that is still open.
START = date(2024, 1, 1)

PROVINCE = "河北省人力资源和社会保障厅"
CITY = "石家庄市人力资源和社会保障局"
LEGAL = "本局法制机构"
BUREAU = "本局综合经办"
INSURANCE = "社会保险经办机构"
CREDIT = "区信用管理部门（“信用中国”主管部门）"
JUSTICE = "区司法局"


@dataclass(frozen=True)
class Former:
    """What applied before the value of the row, from a day on."""

    value: Any
    since: date
    source: str
    trust: Trust = Trust.VERIFIED


@dataclass(frozen=True)
class Row:
    """One parameter with its values; `confirm_with` is who must say that an unsettled one is right."""

    code: str
    label: str
    kind: Kind
    value: Any
    unit: str
    section: Section
    source: str
    trust: Trust
    meaning: str = ""
    since: date = START
    keeper: Role = Role.COORDINATOR
    confirm_with: str = ""
    earlier: tuple[Former, ...] = ()

    @property
    def values(self) -> tuple[Former, ...]:
        """Every value with its first day, the oldest first."""
        return (*self.earlier, Former(self.value, self.since, self.source, self.trust))
