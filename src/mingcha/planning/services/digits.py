"""The random value: entered by one person in front of witnesses, checked by another (design §6)."""

from __future__ import annotations

from mingcha.accounts import duties
from mingcha.base import clock
from mingcha.base.events import Personal, Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import PUBLIC, Officer
from mingcha.kernel.draw import Rejected, Source, Value
from mingcha.kernel.draw.seed import check_values
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning import entropy, selectors
from mingcha.planning.events import DigitsEntered, DigitsReturned
from mingcha.planning.models import DigitsAttempt, Draw
from mingcha.planning.models.draws import PLAN_FILE
from mingcha.planning.services.common import advance, locked


def _source_of(draw: Draw) -> Source:
    """The source that the sealed plan announced; nothing else decides what a fitting value is."""
    plan = selectors.file_content(draw, PLAN_FILE, PUBLIC)
    assert plan is not None  # noqa: S101  a sealed draw has a plan
    return entropy.announced(plan)


@service
def enter_digits(*, actor: Officer, draw: Draw, digits: str, witnesses: str) -> Draw:
    """Enter the digits in the order they were drawn, with the witnesses' names."""
    draw = locked(draw, actor)
    advance(draw, "enter_digits", actor)
    try:
        source = _source_of(draw)
        check_values([source], [Value(source.name, source.issue, digits)])
    except Rejected as rejected:
        raise Refused(
            Refusal(
                code="draw.digits_malformed",
                message=gettext_noop("号码应当是二十位数字"),
                basis=gettext_noop("SSJ-1 抽取协议 §7.3"),
                remedy=gettext_noop("请按摇出的先后顺序逐位录入，一位不多、一位不少"),
            )
        ) from rejected
    duties.perform(actor=actor, duty="draw.enter-digits", thing=Thing.of(draw))
    now = clock.now()
    DigitsAttempt.objects.create(
        draw=draw, digits=digits, witnesses=witnesses, entered_at=now, entered_by_id=actor.id
    )
    draw.digits, draw.witnesses, draw.revealed_at = digits, witnesses, now
    draw.save(update_fields=["digits", "witnesses", "revealed_at", "state"])
    present = Personal(subject=f"planning.draw:{draw.pk}", values={"witnesses": witnesses})
    emit(DigitsEntered(thing=Thing.of(draw), after={"digits": digits}, personal=present))
    return draw


@service
def return_digits(*, actor: Officer, draw: Draw, reason: str) -> Draw:
    """Send wrongly copied digits back; what was entered and why it was wrong stays public."""
    draw = locked(draw, actor)
    advance(draw, "return_digits", actor, reason=reason)
    duties.perform(actor=actor, duty="draw.confirm-digits", thing=Thing.of(draw))
    wrong = draw.digits
    attempt = DigitsAttempt.objects.filter(draw=draw).latest("entered_at", "pk")
    attempt.returned_at, attempt.returned_by_id, attempt.return_reason = clock.now(), actor.id, reason
    attempt.save(update_fields=["returned_at", "returned_by", "return_reason"])
    draw.digits = ""
    draw.save(update_fields=["digits", "state"])
    emit(DigitsReturned(thing=Thing.of(draw), before={"digits": wrong}, after={"digits": ""}, why=reason))
    return draw
