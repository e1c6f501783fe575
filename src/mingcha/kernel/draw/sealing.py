"""From rows to the sealed files, and what to look at before the plan digest is published (Details, 7.0
T1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from .plan import build_plan, parse_plan
from .quotas import quotas
from .roster import RosterRow, parse_roster, write_roster
from .seed import PATTERNS, REQUIRED_CENTIBITS, Source, entropy_centibits
from .tables import InspectorRow, Recusal, parse_inspectors, write_inspectors, write_recusals


class Sealed(NamedTuple):
    """The four frozen files by name, and the plan digest (all 64 digits) to publish."""

    files: dict[str, bytes]
    plan_digest: str


def seal(
    *,
    draw_id: str,
    title: str,
    quota: Mapping[str, Any],
    entropy: Sequence[Source],
    roster: Iterable[RosterRow],
    inspectors: Iterable[InspectorRow] = (),
    recusals: Iterable[Recusal] = (),
    weighting: str = "none",
    reserve_pct: int = 0,
    per_target: int = 0,
    roster_root: str | None = None,
    extra: Mapping[str, Any] | None = None,
) -> Sealed:
    """Serialise everything that is frozen at T1 (protocol 7.0, 7.2). Rows may come in any order.

    Raises Rejected when a row or a field of the plan has a wrong form. `sealing_problems` judges whether the
    result is fit to be published.
    """
    tables = {
        "roster": write_roster(roster),
        "inspectors": write_inspectors(inspectors),
        "recusals": write_recusals(recusals),
    }
    plan = build_plan(
        draw_id=draw_id, title=title, quota=quota, entropy=entropy, weighting=weighting,
        reserve_pct=reserve_pct, per_target=per_target, roster_root=roster_root, extra=extra, **tables,
    )  # fmt: skip
    files = {"plan.json": plan, **{f"{stem}.csv": data for stem, data in tables.items()}}
    return Sealed(files, parse_plan(plan).digest)


def sealing_problems(files: Mapping[str, bytes]) -> list[str]:
    """Reasons not to publish these sealed files, as Chinese sentences; none when all is well (Details).

    The protocol cannot see them: total entropy below 48 bits, a source with another pattern than its own,
    nothing to draw, capacity or skills that cannot be enough. Whether the moment of the entropy is still to
    come is the caller's question, since the kernel has no clock. Raises Rejected for files that are not
    canonical.
    """
    plan = parse_plan(files["plan.json"])
    roster = parse_roster(files["roster.csv"])
    inspectors = parse_inspectors(files["inspectors.csv"])
    problems: list[str] = []
    bits = entropy_centibits(plan.sources)
    if bits < REQUIRED_CENTIBITS:
        problems.append(
            f"随机源合计只有 {bits // 100}.{bits % 100:02d} 比特，至少应为 {REQUIRED_CENTIBITS // 100} 比特"
        )
    for source in plan.sources:
        if (
            source.name not in ("dice", "witness")
            and PATTERNS.get(source.name, source.pattern) != source.pattern
        ):
            problems.append(f"随机源 {source.name} 的 pattern 与通用写法不同")
    if len({(s.name, s.issue) for s in plan.sources}) < len(plan.sources):
        problems.append("同一期随机源列了两次")
    eligible = [r for r in roster if not r.excluded]
    rows = Counter(r.stratum for r in roster)
    counted = Counter(r.stratum for r in eligible)
    able = {s: counted[s] for s in rows}
    drawn = sum(quotas(plan.quota, rows, able).values())
    if drawn == 0:
        problems.append("按此规则一个对象也抽不到")
    if plan.per_target:
        room = sum(min(j.capacity, drawn) for j in inspectors)
        if room < drawn * plan.per_target:
            problems.append(f"需要 {drawn * plan.per_target} 人次，检查人员的上限合计只有 {room} 人次")
        if len([j for j in inspectors if j.capacity]) < plan.per_target:
            problems.append(f"每个对象要 {plan.per_target} 人，可派人员不足")
        held = {s for j in inspectors if j.capacity for s in j.skills} | {""}
        for skill in sorted({r.skill for r in eligible} - held):
            problems.append(f"没有具备专长 {skill} 的可派人员")
    return problems
