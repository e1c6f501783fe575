"""Seal a draw: freeze roster, people and recusals, and commit to them by one digest (protocol §7.0 T0–T1)."""

from __future__ import annotations

import secrets

from mingcha.accounts import duties
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.limits import check
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.base.visibility import locked
from mingcha.basics.models import NumberSeries
from mingcha.basics.services import numbers
from mingcha.kernel.digest import hex_digest
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning import entropy, roster, selectors
from mingcha.planning.events import DrawSealed
from mingcha.planning.freezing import Rows, fresh_codes, frozen, rows_of
from mingcha.planning.models import Draw, DrawFile, DrawPerson, DrawSecret
from mingcha.planning.models.draws import FALLBACK_PLAN
from mingcha.planning.roster import NAMES_FILE, SUBJECTS_FILE
from mingcha.planning.services.common import advance, freeze, register_event
from mingcha.planning.territory import division_code

Audience = DrawFile.Audience
NUMBER_SERIES = "planning.draw"
#: What citizens get at sealing: enough to repeat the targets, nothing about people (design §6).
PUBLIC_FILES = ("plan.json", "roster.csv")
CONFIDENTIAL_FILES = ("inspectors.csv", "recusals.csv")
#: 256 bits: a sealed value has 64 hexadecimal digits (draw protocol §7.3).
SECRET_BYTES = 32


@service
def seal(*, actor: Officer, draw: Draw, seen_roster: str = "") -> Draw:
    """Freeze the draw and take the next number of the public register.

    `seen_roster` is the digest of the roster that the person looked at, if any: another one is not sealed.
    Refused while a guard of the lifecycle says no: no coming moment, too few people, too little entropy …
    """
    # Seals wait for each other from here on, so that the same roster cannot pass twice.
    NumberSeries.objects.select_for_update(of=("self",)).filter(code=NUMBER_SERIES).first()
    draw = locked(draw, actor)
    seen = selectors.preview_of(draw)
    check("roster_rows", len(seen.entries))
    if seen_roster and seen_roster != roster.digest_of(seen):
        raise Refused(_roster_changed())
    advance(draw, "seal", actor, seen=seen)
    duties.perform(actor=actor, duty="draw.seal", thing=Thing.of(draw))
    issued = numbers.issue(actor=actor, series=NUMBER_SERIES, thing=Thing.of(draw))
    draw.number = f"{division_code()}-{issued.text}"
    draw.sealed_at = clock.now()
    draw.open_by = selectors.latest_opening(draw) if draw.mode == Draw.Mode.SEALED else None
    codes = fresh_codes(seen.available)
    secret, rows, names = _fresh_secret(draw), rows_of(draw, seen, codes), roster.names_csv(seen)
    told, fallback = _with_fallback(draw, rows, secret, _announced(draw, seen, names))
    sealed = frozen(draw, draw.number, rows, entropy.sources(draw, secret), told)
    draw.plan_digest = sealed.plan_digest
    draw.roster_digest = hex_digest(sealed.files["roster.csv"])
    draw.stratum_labels = seen.labels
    draw.save()
    DrawPerson.objects.bulk_create(
        DrawPerson(draw=draw, code=code, inspector=one.inspector) for code, one in codes.items()
    )
    public = {name: sealed.files[name] for name in PUBLIC_FILES} | fallback
    freeze(draw, public | {NAMES_FILE: names}, Audience.PUBLIC)
    freeze(draw, {name: sealed.files[name] for name in CONFIDENTIAL_FILES}, Audience.OVERSEER)
    freeze(draw, {SUBJECTS_FILE: roster.subjects_csv(seen)}, Audience.INTERNAL)
    register_event(draw, "登记")
    second = {"fallback": draw.fallback_digest} if draw.fallback_digest else None
    register_event(draw, "冻结", digest=draw.plan_digest, detail=second)
    emit(
        DrawSealed(
            thing=Thing.of(draw),
            after={
                "number": draw.number,
                "plan_digest": draw.plan_digest,
                "roster_digest": draw.roster_digest,
                "subjects": len(seen.entries),
                "excluded": len(seen.excluded),
                "to_draw": seen.drawn_total,
                "people": len(codes),
            },
        )
    )
    return draw


def _fresh_secret(draw: Draw) -> str:
    """A new secret of a sealed draw, kept encrypted; "" for an open one (draw protocol §7.3)."""
    if draw.mode != Draw.Mode.SEALED:
        return ""
    value = secrets.token_hex(SECRET_BYTES)
    DrawSecret.objects.create(draw=draw, value=value)
    return value


def _with_fallback(
    draw: Draw, rows: Rows, secret: str, told: dict[str, object]
) -> tuple[dict[str, object], dict[str, bytes]]:
    """The announcement completed by the fallback, and the fallback's plan; unchanged where none is named.

    It is the same plan with the source that counts if the first fails (§5.2), and the first plan commits to
    its digest, so that whoever kept the first digest can check a draw by the fallback, too.
    """
    if not draw.fallback_source or draw.fallback_at is None:
        return told, {}
    second = frozen(draw, draw.number, rows, entropy.sources(draw, secret, fallback=True), told)
    draw.fallback_digest = second.plan_digest
    fallback = {
        "at": draw.fallback_at.astimezone(clock.SHANGHAI).isoformat(timespec="minutes"),
        "name": draw.fallback_source,
        "issue": draw.fallback_issue or "1",
        "plan_sha256": second.plan_digest,
    }
    return told | {"fallback": fallback}, {FALLBACK_PLAN: second.files["plan.json"]}


def _announced(draw: Draw, seen: roster.Preview, names: bytes) -> dict[str, object]:
    """What the plan tells the public beyond the protocol's own fields (draw protocol §7.2, extra fields)."""
    local = draw.reveal_at.astimezone(clock.SHANGHAI)
    told: dict[str, object] = {
        "items": draw.items,
        "item_versions": [
            f"{version.item.code}-{version.number}"
            for version in draw.item_versions.select_related("item").order_by("item__code", "number")
        ],
        "reveal_at": local.isoformat(timespec="minutes"),
        "reveal_place": draw.reveal_place,
        "visit_from": draw.visit_from.isoformat(),
        "visit_until": draw.visit_until.isoformat(),
        "stratum_labels": dict(sorted(seen.labels.items())),
        # Who stands behind a number of our own, names.csv alone says: it is sealed like the roster.
        "names_sha256": hex_digest(names),
    }
    if draw.open_by is not None:
        told |= {"mode": draw.mode, "open_by": draw.open_by.isoformat()}
    if draw.supplements is not None:
        told["supplements"] = draw.supplements.number
    if draw.repeat_reason:
        told["repeat_reason"] = draw.repeat_reason
    return told


def _roster_changed() -> Refusal:
    return Refusal(
        code="draw.roster_changed",
        message=gettext_noop("您查看预览以后，名录库有了变化，没有封存"),
        basis=gettext_noop("SSJ-1 抽取协议 §7.0"),
        remedy=gettext_noop("请重新核对现在的预览，再封存"),
    )
