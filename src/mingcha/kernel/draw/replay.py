"""From the five files to the result, byte for byte (protocol 7.3–7.8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .errors import Rejected
from .pairing import Pairing, Target
from .plan import Plan, parse_entropy, parse_plan
from .roster import InspectorRow, Recusal, RosterRow, parse_inspectors, parse_recusals, parse_roster
from .seed import Keys, check_values, derive_keys
from .selection import Stratum, Ticketed, numbered, select
from .text import sha256_bytes, shown

CONFIDENTIAL = ("inspectors.csv", "recusals.csv")
"""Left out of the public bundle: who may be sent, and who may not meet whom (design 6)."""
INPUTS = ("plan.json", "roster.csv", *CONFIDENTIAL, "entropy.json")
"""What a complete replay needs (Command line: `replay`)."""


class Draw(NamedTuple):
    """A repeated draw. `drawn` is in 抽取序号 order; `pairing` is None when the two files about inspectors
    are absent (public bundle)."""

    plan: Plan
    keys: Keys
    roster: list[RosterRow]
    strata: list[Stratum]
    drawn: list[Ticketed]
    pairing: Pairing | None
    recusals: list[Recusal]


def same_digest(plan: Plan, stem: str, data: bytes) -> None:
    """Raises Rejected `<stem>-digest` unless a table is the one that the plan committed to (Details)."""
    if sha256_bytes(data) != plan.tables[stem]:
        raise Rejected(f"{stem}-digest", f"{stem}.csv 的 SHA-256 与方案中的不一致")


def replay(files: Mapping[str, bytes], plan_digest: str | None = None) -> Draw:
    """Repeat the draw from file contents by name (protocol 7.3–7.7).

    `plan_digest` is the digest that was published before the entropy existed; without it a bundle that was
    rewritten as a whole cannot be told from the true one (5.2). Raises Rejected with any code but
    `register-…`.
    """
    public = "inspectors.csv" not in files and "recusals.csv" not in files
    for name in INPUTS:
        if name not in files and not (public and name in CONFIDENTIAL):
            raise Rejected("file-missing", f"缺少文件 {name}")
    plan = parse_plan(files["plan.json"])
    if plan_digest is not None and plan.digest != plan_digest.lower():
        raise Rejected("plan-digest", f"方案摘要 {plan.digest} 与先前公布的 {shown(plan_digest)} 不同")
    roster = parse_roster(files["roster.csv"])
    same_digest(plan, "roster", files["roster.csv"])
    inspectors: list[InspectorRow] = []
    recusals: list[Recusal] = []
    if not public:
        # The form is looked at before the digest: "line 7 is wrong" helps more than "something is".
        inspectors = parse_inspectors(files["inspectors.csv"])
        same_digest(plan, "inspectors", files["inspectors.csv"])
        recusals = parse_recusals(files["recusals.csv"])
        same_digest(plan, "recusals", files["recusals.csv"])
    values = parse_entropy(files["entropy.json"])
    check_values(plan.sources, values)
    keys = derive_keys(plan.draw_id, values)
    strata = select(plan, keys.draw_key, roster)
    drawn = numbered(strata)
    pairing = None
    if not public:
        targets = [Target(t.id, t.row.skill) for t in drawn]
        pairing = Pairing(keys.insp_key, inspectors, targets, recusals, plan.per_target).run()
    return Draw(plan, keys, roster, strata, drawn, pairing, recusals)


def result_csv(draw: Draw) -> bytes:
    """The bytes of result.csv (protocol 7.8): drawn rows by 抽取序号, then reserves, strata ascending.

    Without a pairing (public bundle) only the five columns about the targets are written.
    """
    team = draw.plan.per_target if draw.pairing else 0
    header = ["seq", "kind", "id", "stratum", "ticket"] + [f"inspector{n + 1}" for n in range(team)]
    lines = [",".join(header)]
    for number, t in enumerate(draw.drawn):
        members = draw.pairing.team_ids(number) if draw.pairing and team else []
        blank = [""] * (team - len(members))
        lines.append(",".join([str(number + 1), "S", t.id, t.row.stratum, t.ticket, *members, *blank]))
    reserves = [t for s in draw.strata for t in s.reserves]
    for number, t in enumerate(reserves):
        lines.append(",".join([str(number + 1), "R", t.id, t.row.stratum, t.ticket] + [""] * team))
    return ("\n".join(lines) + "\n").encode("ascii")
