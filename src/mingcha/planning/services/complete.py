"""Confirm the digits: the draw is computed, stored and published in one transaction (protocol §7.0 T4–T5)."""

from __future__ import annotations

import json

from mingcha.accounts import duties
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.base.visibility import locked
from mingcha.kernel import draw as ssj
from mingcha.kernel.digest import hex_digest
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning import roster, selectors
from mingcha.planning.events import DrawCompleted
from mingcha.planning.models import (
    DigitsAttempt,
    Draw,
    DrawFile,
    DrawPerson,
    DrawTarget,
    RegisterLine,
    TeamMember,
)
from mingcha.planning.services import photos
from mingcha.planning.services.common import advance, freeze, register_event
from mingcha.planning.services.opening import publish_or_keep

Audience = DrawFile.Audience


@service
def confirm_digits(*, actor: Officer, draw: Draw) -> Draw:
    """A second person has compared the digits: draw subjects and teams, and publish the bundle.

    The bundle of a sealed draw is kept until it is opened; the register tells its digest at once (T5).
    Nothing but the frozen files and the digits enters, so anyone with the bundle gets the same result.
    """
    draw = locked(draw, actor)
    advance(draw, "confirm_digits", actor)
    for duty in selectors.CONFIRMING_DUTIES:
        duties.perform(actor=actor, duty=duty, thing=Thing.of(draw))
    sealed = selectors.files_for(draw, roster.EVERYONE)
    names = sealed.pop(roster.NAMES_FILE)
    _check_frozen(draw, sealed["plan.json"])
    revealed = ssj.reveal(sealed, selectors.entropy_values(draw))
    _keep_bundles(draw, revealed, {"names.csv": names} | photos.evidence(draw))
    _keep_result(draw, revealed.draw, roster.read_pairs(names))
    draw.drawn_at = clock.now()
    publish_or_keep(actor, draw)
    result_digest = hex_digest(revealed.files["result.csv"])
    register_event(
        draw, "熵源", digest=hex_digest(revealed.files["entropy.json"]), detail=_what_happened(draw)
    )
    register_event(draw, "结果", digest=result_digest)
    emit(
        DrawCompleted(
            thing=Thing.of(draw),
            after={
                "digits": draw.digits,
                "drawn": len(revealed.draw.drawn),
                "unserved": len(revealed.draw.pairing.unserved) if revealed.draw.pairing else 0,
                "result_digest": result_digest,
            },
        )
    )
    return draw


def _check_frozen(draw: Draw, plan: bytes) -> None:
    """What is drawn from must be what was made public at sealing, or the fallback that it committed to."""
    published = json.loads(RegisterLine.objects.get(draw=draw, event="冻结").line)
    committed = published.get("detail", {}).get("fallback") if draw.uses_fallback else published["digest"]
    if not hex_digest(plan) == draw.used_digest == committed:
        raise Refused(
            Refusal(
                code="draw.frozen_changed",
                message=gettext_noop("封存的方案与公开登记簿上的摘要对不上，没有抽取"),
                basis=gettext_noop("SSJ-1 抽取协议 §7.0"),
                remedy=gettext_noop("请立即保全服务器，并报告督导员和司法局"),
            )
        )


def _keep_bundles(draw: Draw, revealed: ssj.Revealed, evidence: dict[str, bytes]) -> None:
    """Store what citizens and overseers download; files that both have in the same bytes are kept once."""
    public = ssj.public_bundle(revealed.files, evidence)
    full = ssj.full_bundle(revealed.files, evidence)
    freeze(draw, public, Audience.PUBLIC)
    freeze(draw, {n: data for n, data in full.items() if public.get(n) != data}, Audience.OVERSEER)


def _keep_result(draw: Draw, result: ssj.Draw, names: dict[str, str]) -> None:
    subjects = roster.read_pairs(_internal(draw, roster.SUBJECTS_FILE))
    reserves = [ticketed for stratum in result.strata for ticketed in stratum.reserves]
    rows = [
        DrawTarget(
            draw=draw,
            seq=seq,
            kind=kind,
            subject_id=int(subjects[ticketed.id]),
            name=names[ticketed.id],
            roster_id=ticketed.id,
            stratum=ticketed.row.stratum,
            ticket=ticketed.ticket,
        )
        for kind, drawn in ((DrawTarget.Kind.DRAWN, result.drawn), (DrawTarget.Kind.RESERVE, reserves))
        for seq, ticketed in enumerate(drawn, start=1)
    ]
    DrawTarget.objects.bulk_create(rows, batch_size=1000)
    _keep_teams(draw, result)


def _keep_teams(draw: Draw, result: ssj.Draw) -> None:
    if result.pairing is None:
        return
    people = {person.code: person for person in DrawPerson.objects.filter(draw=draw)}
    targets = {
        target.seq: target for target in DrawTarget.objects.filter(draw=draw, kind=DrawTarget.Kind.DRAWN)
    }
    TeamMember.objects.bulk_create(
        (
            TeamMember(target=targets[number + 1], person=people[code], position=position)
            for number in range(len(result.drawn))
            for position, code in enumerate(result.pairing.team_ids(number), start=1)
        ),
        batch_size=1000,
    )


def _internal(draw: Draw, name: str) -> bytes:
    return bytes(DrawFile.objects.get(draw=draw, name=name, audience=Audience.INTERNAL).content)


def _what_happened(draw: Draw) -> dict[str, object] | None:
    """For the register: digits sent back as wrongly copied, why the fallback was taken; None if neither."""
    returned = DigitsAttempt.objects.filter(draw=draw).exclude(returned_at=None)
    told: dict[str, object] = {}
    if returned:
        told["returned"] = [{"digits": one.digits, "reason": one.return_reason} for one in returned]
    if draw.uses_fallback:
        told["fallback"] = draw.fallback_reason
    return told or None
