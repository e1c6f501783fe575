"""The one verb of the register pages: putting an export of personal data on record.

Personal data may leave the system, but never without a trace of who took it, how much and why
(个人信息保护法 第51条: access and handling are recorded; rule N10).
"""

from __future__ import annotations

from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.web.registers.events import PersonalDataExported


@service
def record_export(
    *,
    actor: Viewer,
    type_code: str,
    title: str,
    rows: int,
    columns: tuple[str, ...],
    filters: tuple[str, ...],
    reason: str,
) -> None:
    """Record an export that is about to be handed over; Refused without a reason.

    `filters` are the names of those in use, never what was typed into them.
    """
    if not reason.strip():
        raise Refused(
            Refusal(
                code="export.reason",
                message=gettext_noop("导出含个人信息的名册必须写明用途，没有导出"),
                basis=gettext_noop("《个人信息保护法》第六条、第五十一条"),
                remedy=gettext_noop("请填写导出用途后重新导出"),
            )
        )
    after = {"rows": rows, "columns": list(columns), "filters": list(filters)}
    thing = Thing(type=type_code, id=0, label=title)
    emit(PersonalDataExported(thing=thing, after=after, why=reason.strip()))
