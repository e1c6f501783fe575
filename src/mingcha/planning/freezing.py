"""What a draw freezes: the roster, the people under fresh codes, the recusals, the plan (protocol §7.2)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from mingcha.kernel import draw as ssj
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning import roster
from mingcha.planning.models import Draw
from mingcha.registry.selectors import recusals_between

DECOY_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DECOY_LENGTH = 32
#: The people of one draw by their fresh codes.
People = dict[str, roster.Candidate]


@dataclass(frozen=True)
class Rows:
    """What every plan of a draw freezes, made once: the decoy among the recusals is random."""

    roster: list[ssj.RosterRow]
    inspectors: list[ssj.InspectorRow]
    recusals: list[ssj.Recusal]
    quota: dict[str, object]


def fresh_codes(people: tuple[roster.Candidate, ...]) -> People:
    """I001 … in an order that tells nothing about who is who (draw protocol, Details)."""
    shuffled = list(people)
    secrets.SystemRandom().shuffle(shuffled)
    return {f"I{position:03d}": person for position, person in enumerate(shuffled, start=1)}


def rows_of(draw: Draw, seen: roster.Preview, codes: People) -> Rows:
    """What would be frozen of this preview; needs at least one person."""
    return Rows(
        [entry.row for entry in seen.entries],
        [
            ssj.InspectorRow(code, tuple(s.code for s in one.inspector.specialties.all()), one.capacity)
            for code, one in codes.items()
        ],
        _recusal_rows(draw, seen, codes),
        seen.quota,
    )


def frozen(
    draw: Draw, draw_id: str, rows: Rows, sources: list[ssj.Source], told: Mapping[str, object]
) -> ssj.Sealed:
    """The files and the plan digest under a number; `told` is what the plan says beyond the protocol's own
    fields. Refused where a row or a field has a form that the protocol does not know."""
    try:
        return ssj.seal(
            draw_id=draw_id,
            title=draw.title,
            quota=rows.quota,
            entropy=sources,
            roster=rows.roster,
            inspectors=rows.inspectors,
            recusals=rows.recusals,
            reserve_pct=draw.reserve_pct,
            per_target=draw.per_target,
            extra=told,
        )
    except ssj.Rejected as rejected:
        raise Refused(_not_serialised(rejected)) from rejected


def _recusal_rows(draw: Draw, seen: roster.Preview, codes: People) -> list[ssj.Recusal]:
    """The pairs that concern this draw, and one decoy whose random target salts the digest (Details)."""
    targets = {entry.subject_id: entry.row.id for entry in seen.entries}
    people = {one.inspector.pk: code for code, one in codes.items()}
    pairs = [
        ssj.Recusal(targets[subject], people[inspector])
        for subject, inspector in recusals_between(draw.visit_from, draw.visit_until)
        if subject in targets and inspector in people
    ]
    decoy = "".join(secrets.choice(DECOY_ALPHABET) for _place in range(DECOY_LENGTH))
    return [*pairs, ssj.Recusal(decoy, min(codes))]


def _not_serialised(rejected: ssj.Rejected) -> Refusal:
    return Refusal(
        code="draw.not_serialised",
        message=gettext_noop("名单或方案不合抽取协议的格式：%(detail)s"),
        basis=gettext_noop("SSJ-1 抽取协议 §7.2"),
        remedy=gettext_noop(
            "请系统管理员核对“抽取编号”“公开编号”两个文号序列的格式（只用数字、字母和连字符）"
        ),
        params={"detail": rejected.detail},
    )
