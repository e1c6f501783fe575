"""The random value: entered by one person in front of witnesses, checked by another (design §6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingcha.accounts import duties
from mingcha.base import clock
from mingcha.base.events import Personal, Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import PUBLIC, Officer
from mingcha.base.visibility import locked
from mingcha.kernel.draw import Rejected, Source, Value, value_problems
from mingcha.kernel.draw.seed import check_values
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning import entropy, selectors
from mingcha.planning.events import DigitsEntered, DigitsReturned
from mingcha.planning.models import DigitsAttempt, Draw, Witness
from mingcha.planning.models.draws import PLAN_FILE
from mingcha.planning.services.common import advance


@dataclass(frozen=True)
class Present:
    """A witness: name, unit (may be empty), and one of `Witness.Role`."""

    name: str
    unit: str
    role: str


def _source_of(draw: Draw) -> Source:
    """The source that the sealed plan announced; nothing else decides what a fitting value is."""
    plan = selectors.file_content(draw, PLAN_FILE, PUBLIC)
    assert plan is not None  # noqa: S101  a sealed draw has a plan
    return entropy.announced(plan)


def check_value(draw: Draw, digits: str) -> None:
    """Refused ("draw.digits_malformed") unless the value fits the source that the plan announced."""
    source = _source_of(draw)
    value = Value(source.name, source.issue, digits)
    try:
        check_values([source], [value])
    except Rejected as rejected:
        raise Refused(_malformed(draw)) from rejected
    if value_problems([value]):
        raise Refused(_malformed(draw))


@service
def enter_digits(*, actor: Officer, draw: Draw, digits: str, witnesses: Sequence[Present]) -> Draw:
    """Enter the value as the protocol writes it (`entropy.written`), and who watched it appear."""
    if not witnesses:
        raise Refused(_nobody_watched())
    draw = locked(draw, actor)
    advance(draw, "enter_digits", actor)
    check_value(draw, digits)
    duties.perform(actor=actor, duty="draw.enter-digits", thing=Thing.of(draw))
    now = clock.now()
    told = "、".join(str(Witness(name=one.name, unit=one.unit, role=one.role)) for one in witnesses)
    attempt = DigitsAttempt.objects.create(
        draw=draw, digits=digits, witnesses=told, entered_at=now, entered_by_id=actor.id
    )
    Witness.objects.bulk_create(
        Witness(attempt=attempt, name=one.name, unit=one.unit, role=one.role) for one in witnesses
    )
    draw.digits, draw.revealed_at = digits, now
    draw.save(update_fields=["digits", "revealed_at", "state"])
    present = Personal(subject=f"planning.draw:{draw.pk}", values={"witnesses": told})
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


def _malformed(draw: Draw) -> Refusal:
    if draw.is_lottery:
        message = gettext_noop("快乐8的号码应当是 01–80 中二十个不同的号码")
        remedy = gettext_noop("请对照开奖公告逐个录入，先后不限，一个不多、一个不少")
    else:
        message = gettext_noop("号码应当是二十位数字")
        remedy = gettext_noop("请按摇出的先后顺序逐位录入，一位不多、一位不少")
    return Refusal("draw.digits_malformed", message, gettext_noop("SSJ-1 抽取协议 §7.3"), remedy)


def _nobody_watched() -> Refusal:
    return Refusal(
        "draw.no_witness",
        gettext_noop("没有写明见证人，没有录入"),
        gettext_noop("国办发〔2015〕58号：全程留痕、责任可追溯"),
        gettext_noop("请至少写明一位见证人的姓名和身份"),
    )
