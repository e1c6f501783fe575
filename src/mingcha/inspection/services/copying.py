"""Copy a handwritten record into the form, with its scan: later, by the team or by a clerk."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import service
from mingcha.base.viewers import Officer, Viewer
from mingcha.base.visibility import locked
from mingcha.basics.services import attachments
from mingcha.inspection.form.fields import DESK
from mingcha.inspection.form.reading import as_ops, ops_of
from mingcha.inspection.models import Evidence, Inspection
from mingcha.inspection.selectors import is_on_team, stays_away
from mingcha.inspection.services.form import Written, put, require_open
from mingcha.kernel.forms import Form, Scalar, merge, spelled
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop

_AT_ONCE = 100


@service
def copy_record(
    *,
    actor: Officer,
    inspection: Inspection,
    values: Mapping[str, Scalar],
    scan: attachments.Stored | None,
    seen: int,
) -> int:
    """Write what differs from what the clerk saw; gives how many fields. All or nothing, unlike a phone's
    queue.

    `seen` is the number of the newest change that stood on the page (0 for none): what was written since is
    in dispute with what is written here, never overwritten unseen. `scan` is asked for while there is none
    yet. Empty values leave a field alone in which two values stand.
    """
    inspection = locked(inspection, actor)
    require_open(inspection)
    if scan is not None:
        _keep(actor, inspection, scan)
    elif not inspection.evidence.filter(kind=Evidence.Kind.SCAN, attachment__isnull=False).exists():
        raise Refused(_no_scan())
    stands = merge(as_ops(one for one in ops_of(inspection) if one.pk <= seen))
    changed = {name: value for name, value in values.items() if _differs(stands, name, value)}
    seq = inspection.form_ops.filter(client=DESK).count()
    ops = [
        Written(DESK, seq + number, name, value, clock.now(), frozenset(one.id for one in stands.heads(name)))
        for number, (name, value) in enumerate(changed.items(), start=1)
    ]
    outcomes = [
        one
        for first in range(0, len(ops), _AT_ONCE)
        for one in put(actor=actor, inspection=inspection, ops=ops[first : first + _AT_ONCE])
    ]
    refusals = [one.refusal for one in outcomes if one.refusal is not None]
    if refusals:
        raise Refused(*refusals)
    return len(ops)


def _differs(stands: Form, name: str, value: Scalar) -> bool:
    found = stands.values(name)
    if value is None:
        return len(found) == 1 and found[0] is not None
    return [spelled(one) for one in found] != [spelled(value)]


def may_copy(viewer: Viewer, inspection: Inspection) -> bool:
    """Whether they go there, or copy for those who do: the form tells how to reach people (N10)."""
    if not isinstance(viewer, Officer) or stays_away(viewer, inspection):
        return False
    return is_on_team(viewer, inspection) or viewer.has(Role.COORDINATOR)


def require_copier(actor: Officer, inspection: Inspection) -> None:
    """Raise Refused unless the actor `may_copy`."""
    if not may_copy(actor, inspection):
        raise Refused(_not_yours())


def _keep(actor: Officer, inspection: Inspection, scan: attachments.Stored) -> None:
    require_copier(actor, inspection)
    now = clock.now()
    kept = attachments.keep(actor=actor, stored=scan, thing=Thing.nameless(inspection))
    Evidence.objects.create(
        uuid=uuid.uuid4(),
        inspection=inspection,
        kind=Evidence.Kind.SCAN,
        name=kept.original_name,
        sha256=kept.sha256,
        size=kept.size,
        received=kept.size,
        taken_at=now,
        taken_by_id=actor.id,
        announced_at=now,
        attachment=kept,
    )


_RECORD = gettext_noop("国办发〔2024〕54号五：检查应当记录；本局方案二（三）3：事实清楚")


def _no_scan() -> Refusal:
    return Refusal(
        "form.no_scan",
        gettext_noop("代录手写笔录要先上传它的扫描件"),
        _RECORD,
        gettext_noop("请选择签过名的笔录的扫描件或照片"),
    )


def _not_yours() -> Refusal:
    return Refusal(
        "form.not_yours",
        gettext_noop("手写笔录由检查组成员或者综合经办代录"),
        _RECORD,
        gettext_noop("请交检查组或综合经办办理"),
    )
