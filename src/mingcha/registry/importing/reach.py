"""Who may bring lists in: a list is compared with the whole register, so only who reaches all of it."""

from __future__ import annotations

from mingcha.base.viewers import Officer, Viewer
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.registry.models import IMPORTERS
from mingcha.registry.models.audience import over_everything


def must_reach_everything(actor: Viewer) -> None:
    """Raises Refused for an officer whose territory is a part of the bureau's."""
    if isinstance(actor, Officer) and not over_everything(actor, IMPORTERS):
        raise Refused(
            Refusal(
                "import.part_of_territory",
                gettext_noop("您的权限只到辖区的一部分，名单要与整个名录库比对，不能由您导入"),
                gettext_noop("岗位权限：辖区范围"),
                gettext_noop("请把名单交给管辖全区的综合经办导入"),
            )
        )
