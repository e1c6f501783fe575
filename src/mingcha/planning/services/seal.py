"""Seal a draw: freeze roster, people and recusals, and commit to them by one digest (protocol §7.0 T0–T1)."""

from __future__ import annotations

import secrets

from mingcha.accounts import duties
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.basics.services import numbers
from mingcha.kernel import draw as ssj
from mingcha.kernel.digest import hex_digest
from mingcha.planning import roster, selectors
from mingcha.planning.events import DrawSealed
from mingcha.planning.models import Draw, DrawFile, DrawPerson
from mingcha.planning.roster import NAMES_FILE, SUBJECTS_FILE
from mingcha.planning.services.common import advance, freeze, locked, register_event
from mingcha.registry.models import Inspector
from mingcha.registry.selectors import recusals_in_force

Audience = DrawFile.Audience
NUMBER_SERIES = "planning.draw"
#: What citizens get at sealing: enough to repeat the targets, nothing about people (design §6).
PUBLIC_FILES = ("plan.json", "roster.csv")
CONFIDENTIAL_FILES = ("inspectors.csv", "recusals.csv")
DECOY_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DECOY_LENGTH = 32


@service
def seal(*, actor: Officer, draw: Draw) -> Draw:
    """Freeze the draw and take the next number of the public register.

    Refused while a guard of the lifecycle says no: no coming moment, too few people, too little entropy …
    """
    draw = locked(draw, actor)
    seen = selectors.preview_of(draw, actor)
    advance(draw, "seal", actor, seen=seen)
    duties.perform(actor=actor, duty="draw.seal", thing=Thing.of(draw))
    issued = numbers.issue(actor=actor, series=NUMBER_SERIES, thing=Thing.of(draw))
    draw.number = f"{selectors.division_code()}-{issued.text}"
    draw.sealed_at = clock.now()
    codes = _fresh_codes(seen.available)
    sealed = _sealed(draw, seen, codes)
    draw.plan_digest = sealed.plan_digest
    draw.roster_digest = hex_digest(sealed.files["roster.csv"])
    draw.save()
    DrawPerson.objects.bulk_create(
        DrawPerson(draw=draw, code=code, inspector=person) for code, person in codes.items()
    )
    public = {name: sealed.files[name] for name in PUBLIC_FILES}
    freeze(draw, public | {NAMES_FILE: roster.names_csv(seen)}, Audience.PUBLIC)
    freeze(draw, {name: sealed.files[name] for name in CONFIDENTIAL_FILES}, Audience.OVERSEER)
    freeze(draw, {SUBJECTS_FILE: roster.subjects_csv(seen)}, Audience.INTERNAL)
    register_event(draw, "登记")
    register_event(draw, "冻结", digest=draw.plan_digest)
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


def _fresh_codes(people: tuple[Inspector, ...]) -> dict[str, Inspector]:
    """I001 … in an order that tells nothing about who is who (draw protocol, Details)."""
    shuffled = list(people)
    secrets.SystemRandom().shuffle(shuffled)
    return {f"I{position:03d}": person for position, person in enumerate(shuffled, start=1)}


def _sealed(draw: Draw, seen: roster.Preview, codes: dict[str, Inspector]) -> ssj.Sealed:
    return ssj.seal(
        draw_id=draw.number,
        title=draw.title,
        quota=roster.quota_of(draw, seen.rows),
        entropy=[roster.source_of(draw)],
        roster=[entry.row for entry in seen.entries],
        inspectors=[
            ssj.InspectorRow(code, tuple(s.code for s in person.specialties.all()), draw.capacity)
            for code, person in codes.items()
        ],
        recusals=_recusal_rows(draw, seen, codes),
        reserve_pct=draw.reserve_pct,
        per_target=draw.per_target,
        extra=_announced(draw),
    )


def _announced(draw: Draw) -> dict[str, object]:
    """What the plan tells the public beyond the protocol's own fields (draw protocol §7.2, extra fields)."""
    local = draw.reveal_at.astimezone(clock.SHANGHAI)
    told: dict[str, object] = {
        "items": draw.items,
        "reveal_at": local.isoformat(timespec="minutes"),
        "reveal_place": draw.reveal_place,
        "visit_from": draw.visit_from.isoformat(),
        "visit_until": draw.visit_until.isoformat(),
        "stratum_labels": {code: str(roster.STRATUM_LABELS[code]) for code in sorted(roster.STRATUM_LABELS)},
    }
    if draw.repeat_reason:
        told["repeat_reason"] = draw.repeat_reason
    return told


def _recusal_rows(draw: Draw, seen: roster.Preview, codes: dict[str, Inspector]) -> list[ssj.Recusal]:
    """The pairs that concern this draw, and one decoy whose random target salts the digest (Details)."""
    targets = {entry.subject_id: entry.row.id for entry in seen.entries}
    people = {person.pk: code for code, person in codes.items()}
    pairs = [
        ssj.Recusal(targets[subject], people[inspector])
        for subject, inspector in recusals_in_force(draw.visit_from)
        if subject in targets and inspector in people
    ]
    decoy = "".join(secrets.choice(DECOY_ALPHABET) for _place in range(DECOY_LENGTH))
    return [*pairs, ssj.Recusal(decoy, min(codes))]
