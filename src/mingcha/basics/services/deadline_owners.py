"""Who answers for a thing's open deadlines, when the thing goes to somebody else."""

from __future__ import annotations

from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.basics.events import DeadlineHandedOver
from mingcha.basics.models import Deadline
from mingcha.basics.services.deadlines import Owner


@service
def hand_over(*, actor: Viewer, thing: Thing, owner: Owner, why: str = "") -> int:
    """Make another person, unit or role answer for every open deadline of a thing; how many there are.

    The dates stay as they are. Called inside the service that hands the thing over, which asks who may.
    """
    rows = Deadline.objects.open().select_for_update(of=("self",))
    moved = list(rows.filter(thing_type=thing.type, thing_id=thing.id).select_related("rule"))
    for deadline in moved:
        before = _named(deadline)
        deadline.owner_user_id, deadline.owner_unit_id = owner.user_id, owner.unit_id
        deadline.owner_role = owner.role or ""
        deadline.save(update_fields=["owner_user", "owner_unit", "owner_role"])
        fresh = Deadline.objects.select_related("owner_user", "owner_unit").get(pk=deadline.pk)
        emit(
            DeadlineHandedOver(
                thing=thing,
                before={"owner": before},
                after={"rule": deadline.rule.code, "owner": _named(fresh)},
                why=why,
            )
        )
    return len(moved)


def _named(deadline: Deadline) -> str:
    """The owner in words: person, unit and role, as far as there are."""
    role = str(deadline.get_owner_role_display()) if deadline.owner_role else ""
    parts = (deadline.owner_user and deadline.owner_user.name, str(deadline.owner_unit or ""), role)
    return " ".join(part for part in parts if part)
