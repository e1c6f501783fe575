"""The separation-of-duty matrix: its rows are data."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from mingcha.accounts.events import DutyConflictChanged
from mingcha.accounts.models import DutyConflict
from mingcha.accounts.rules import refuse, require_administrator
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer


@service
def declare_conflict(
    *, actor: Viewer, duties: tuple[str, str], label: str, basis: str, mandatory: bool
) -> DutyConflict:
    """Put a pair into the matrix, once; a pair that stands is brought to the given texts.

    Whether a pair that is not mandatory is enforced stays as the administrator left it.
    """
    require_administrator(actor)
    first, second = sorted(duties)
    texts = {"label": label, "basis": basis, "mandatory": mandatory}
    row, created = DutyConflict.objects.get_or_create(duty_a=first, duty_b=second, defaults=texts)
    before = {name: getattr(row, name) for name in texts}
    if created or before != texts:
        for name, value in texts.items():
            setattr(row, name, value)
        row.enforced = row.enforced or mandatory
        row.save()
        emit(DutyConflictChanged(thing=Thing.of(row), before={} if created else before, after=texts))
    return row


@service
def set_enforced(*, actor: Viewer, conflict: DutyConflict, enforced: bool, why: str) -> DutyConflict:
    """Switch the refusal of a pair on or off, with a reason; a mandatory pair stays on."""
    require_administrator(actor)
    conflict = DutyConflict.objects.select_for_update().get(pk=conflict.pk)
    if conflict.mandatory and not enforced:
        raise refuse(
            "duty_mandatory",
            gettext_noop("“%(label)s”必须分离，不能改为只记录"),
            gettext_noop("请安排另一人办理其中一项"),
            basis=conflict.basis,
            label=conflict.label,
        )
    if not why.strip():
        raise refuse(
            "duty_why", gettext_noop("修改职责分离规则必须写明理由"), gettext_noop("请填写理由后再提交")
        )
    if conflict.enforced != enforced:
        before = {"enforced": conflict.enforced}
        conflict.enforced = enforced
        conflict.save(update_fields=["enforced"])
        emit(
            DutyConflictChanged(
                thing=Thing.of(conflict), before=before, after={"enforced": enforced}, why=why
            )
        )
    return conflict
