"""Whom to call and who was met at the firm: for those who need it, and on record (个人信息保护法6、51)."""

from __future__ import annotations

from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.base.visibility import locked
from mingcha.basics.rules import required_text
from mingcha.inspection import lifecycle as states
from mingcha.inspection.events import NumbersTaken
from mingcha.inspection.models import Inspection
from mingcha.inspection.results.events import PeopleRevealed
from mingcha.inspection.selectors import is_on_team
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.registry.models import Contact
from mingcha.registry.selectors import standing_entry


@service
def take_numbers(*, actor: Officer, inspection: Inspection) -> list[Contact]:
    """The firm's contacts in clear, for somebody of the team while the visit is ahead or under way.

    Refused for everybody else. That they were taken is on record, without names.
    """
    inspection = locked(inspection, actor)
    if not is_on_team(actor, inspection) or inspection.state not in states.IN_HAND:
        raise Refused(
            Refusal(
                "calling.not_yours",
                gettext_noop("联系电话只给这次检查的检查组，在检查结束以前"),
                gettext_noop("个人信息保护法第6条：限于实现处理目的的最小范围"),
                gettext_noop("确因工作需要的，请综合经办在企业档案中查看并写明理由"),
            )
        )
    rows = Contact.objects.filter(subject=standing_entry(inspection.subject), ended_on=None).order_by(
        "post", "pk"
    )
    found = [one for one in rows if one.phone]
    if found:
        emit(NumbersTaken(thing=Thing.nameless(inspection), after={"contacts": len(found)}))
    return found


@service
def reveal_people(*, actor: Officer, inspection: Inspection, reason: str) -> Inspection:
    """Let the actor see who was met at the firm; that it was looked at, and what for, is on record."""
    why = required_text(reason, gettext_noop("查看的理由"))
    found: Inspection = Inspection.objects.visible_to(actor).get(pk=inspection.pk)
    emit(PeopleRevealed(thing=Thing.nameless(found), why=why))
    return found
