"""Who may bring in which lists: whoever keeps the register one entry at a time, and reaches all of it.

Every verb of a list asks here, so that a list is no way round what the register itself refuses.
"""

from __future__ import annotations

from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics.rules import require_role
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.registry.models import ImportBatch, Inspector, StagedRow
from mingcha.registry.models.audience import over_everything
from mingcha.registry.services.inspectors import INSPECTOR_KEEPERS, LEAVE_KEEPERS
from mingcha.registry.services.subjects import SUBJECT_KEEPERS
from mingcha.registry.services.tags import TAG_KEEPERS
from mingcha.registry.services.visits import VISIT_KEEPERS

_Register = ImportBatch.Register
#: Register → who keeps it. The reference tables that everybody shares have the keepers of the labels.
KEEPERS: dict[str, tuple[Role, ...]] = {
    _Register.SUBJECTS: SUBJECT_KEEPERS,
    _Register.PROJECTS: SUBJECT_KEEPERS,
    _Register.INSPECTORS: INSPECTOR_KEEPERS,
    _Register.LEAVES: LEAVE_KEEPERS,
    _Register.RECUSALS: INSPECTOR_KEEPERS,
    _Register.VISITS: VISIT_KEEPERS,
    _Register.LICENCES: SUBJECT_KEEPERS,
    _Register.GRADINGS: SUBJECT_KEEPERS,
    _Register.HEADCOUNTS: SUBJECT_KEEPERS,
    _Register.CASES: SUBJECT_KEEPERS,
    _Register.DIVISIONS: TAG_KEEPERS,
    _Register.INDUSTRIES: TAG_KEEPERS,
}


def may_bring(viewer: Viewer, register: str) -> bool:
    """Whether this viewer's roles keep the register; how far they reach is asked by `must_keep`."""
    return bool(viewer.roles & {str(role.value) for role in KEEPERS[register]})


def must_keep(actor: Viewer, register: str) -> None:
    """Raises Refused for who does not keep the register, or keeps a part of the bureau's territory only."""
    require_role(actor, KEEPERS[register], gettext_noop("导入这类名单"))
    if isinstance(actor, Officer) and not over_everything(actor, KEEPERS[register]):
        raise Refused(
            Refusal(
                "import.part_of_territory",
                gettext_noop("您的权限只到辖区的一部分，名单要与整个名录库比对，不能由您导入"),
                gettext_noop("岗位权限：辖区范围"),
                gettext_noop("请把名单交给管辖全区的综合经办导入"),
            )
        )


def must_handle(actor: Viewer, batch: ImportBatch) -> None:
    """Raises Refused for who may not act on this batch: the same, and leave only of people one reaches."""
    must_keep(actor, batch.register)
    if batch.register != _Register.LEAVES:
        return
    concerned = StagedRow.objects.filter(batch=batch).exclude(action=StagedRow.Action.SKIP)
    named = {
        row["inspector_id"] for row in concerned.values_list("values", flat=True) if "inspector_id" in row
    }
    if Inspector.objects.visible_to(actor).filter(pk__in=named).count() < len(named):
        raise Refused(
            Refusal(
                "import.other_section",
                gettext_noop("这份离岗名单里有不在您股室的人员，不能由您办理"),
                gettext_noop("岗位权限：股室负责人只登记本股室人员的离岗安排"),
                gettext_noop("请由导入这份名单的人或综合经办办理"),
            )
        )
