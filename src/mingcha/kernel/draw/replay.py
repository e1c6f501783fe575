"""From the five files to the result, byte for byte (protocol 7.3–7.8)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from .errors import Rejected
from .pairing import Pairing
from .plan import Plan, parse_entropy, parse_plan
from .roster import Roster, load_roster
from .seed import Keys, check_values, derive_keys
from .selection import Select, Stratum, Ticketed, numbered, select
from .tables import InspectorRow, Recusal, parse_inspectors, parse_recusals
from .text import sha256_bytes, shown

CONFIDENTIAL = ("inspectors.csv", "recusals.csv")
"""Left out of the public bundle: who may be sent, and who may not meet whom (design 6)."""
INPUTS = ("plan.json", "roster.csv", *CONFIDENTIAL, "entropy.json")
"""What a complete replay needs (Command line: `replay`)."""


class Checked(NamedTuple):
    """The inputs of a draw, read and found valid, and the keys that follow from the entropy; `inspectors` is
    None when the two files about inspectors are absent (public bundle)."""

    plan: Plan
    keys: Keys
    roster: Roster
    inspectors: list[InspectorRow] | None
    recusals: list[Recusal]


class Draw(NamedTuple):
    """A repeated draw. `drawn` is in 抽取序号 order; `pairing` is None when the two files about inspectors
    are absent (public bundle)."""

    plan: Plan
    keys: Keys
    roster: Roster
    strata: list[Stratum]
    drawn: list[Ticketed]
    pairing: Pairing | None
    recusals: list[Recusal]


def replay(
    files: Mapping[str, bytes],
    plan_digest: str | None = None,
    *,
    roster: Path | Roster | None = None,
    select: Select = select,
) -> Draw:
    """Repeat the draw from file contents by name (protocol 7.3–7.7).

    `plan_digest` is the digest that was published before the entropy existed; without it a bundle that was
    rewritten as a whole cannot be told from the true one (5.2). `roster` is where roster.csv lies when it is
    not in `files`: it is then read in pieces and never kept; or what another reader has checked and counted.
    `select` may be another way to the same strata.
    Raises Rejected with any code but `register-…`.
    """
    checked = check(files, plan_digest, roster=roster)
    return compose(checked, select(checked.plan, checked.keys.draw_key, checked.roster))


def check(
    files: Mapping[str, bytes], plan_digest: str | None = None, *, roster: Path | Roster | None = None
) -> Checked:
    """Everything before the draw: form, digests and entropy (protocol 7.2, 7.3). Arguments as `replay`."""
    public = "inspectors.csv" not in files and "recusals.csv" not in files
    for name in INPUTS:
        given = name in files or (name == "roster.csv" and roster is not None)
        if not given and not (public and name in CONFIDENTIAL):
            raise Rejected("file-missing", f"缺少文件 {name}")
    plan = parse_plan(files["plan.json"])
    if plan_digest is not None and plan.digest != plan_digest.lower():
        raise Rejected("plan-digest", f"方案摘要 {plan.digest} 与先前公布的 {shown(plan_digest)} 不同")
    # The form is looked at before the digest: "line 7 is wrong" helps more than "something is".
    rows = roster if isinstance(roster, Roster) else load_roster(roster or files["roster.csv"])
    same_digest(plan, "roster", rows.digest)
    inspectors: list[InspectorRow] | None = None
    recusals: list[Recusal] = []
    if not public:
        inspectors = parse_inspectors(files["inspectors.csv"])
        same_digest(plan, "inspectors", sha256_bytes(files["inspectors.csv"]))
        recusals = parse_recusals(files["recusals.csv"])
        same_digest(plan, "recusals", sha256_bytes(files["recusals.csv"]))
    values = parse_entropy(files["entropy.json"])
    check_values(plan.sources, values)
    return Checked(plan, derive_keys(plan.draw_id, values), rows, inspectors, recusals)


def same_digest(plan: Plan, stem: str, digest: str) -> None:
    """Raises Rejected `<stem>-digest` unless a table is the one that the plan committed to (Details)."""
    if digest != plan.tables[stem]:
        raise Rejected(f"{stem}-digest", f"{stem}.csv 的 SHA-256 与方案中的不一致")


def compose(checked: Checked, strata: list[Stratum]) -> Draw:
    """The draw that these strata make of checked inputs: 抽取序号 and inspectors (protocol 7.6, 7.7)."""
    plan, keys, roster, inspectors, recusals = checked
    drawn = numbered(strata)
    pairing = None
    if inspectors is not None:
        pairing = Pairing(keys.insp_key, inspectors, drawn, recusals, plan.per_target).run()
    return Draw(plan, keys, roster, strata, drawn, pairing, recusals)


def result_lines(draw: Draw) -> Iterator[bytes]:
    """The lines of result.csv with their LF (protocol 7.8): drawn rows by 抽取序号, then reserves, strata
    ascending.

    Without a pairing (public bundle) only the five columns about the targets are written.
    """
    team = draw.plan.per_target if draw.pairing else 0
    yield _line(["seq", "kind", "id", "stratum", "ticket"] + [f"inspector{n + 1}" for n in range(team)])
    for number, t in enumerate(draw.drawn):
        members = draw.pairing.team_ids(number) if draw.pairing and team else []
        blank = [""] * (team - len(members))
        yield _line([str(number + 1), "S", t.id, t.row.stratum, t.ticket, *members, *blank])
    reserves = (t for s in draw.strata for t in s.reserves)
    for number, t in enumerate(reserves):
        yield _line([str(number + 1), "R", t.id, t.row.stratum, t.ticket] + [""] * team)


def _line(fields: Iterable[str]) -> bytes:
    return (",".join(fields) + "\n").encode("ascii")


def result_csv(draw: Draw) -> bytes:
    """The bytes of result.csv (protocol 7.8)."""
    file = io.BytesIO()  # joining 300,000 lines would need them all at once
    file.writelines(result_lines(draw))
    return file.getvalue()
