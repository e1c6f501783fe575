"""Why one subject was drawn or not, in words that anyone can check (Command line: `explain`; 7.11)."""

from __future__ import annotations

from typing import NamedTuple

from .errors import Rejected
from .replay import Draw
from .roster import RosterRow
from .selection import Stratum, Ticketed, ticketed
from .text import shown


class Explanation(NamedTuple):
    """One subject's line. `outcome` is drawn, reserve, not-drawn or excluded; `number` is the 抽取序号, or
    the place among the reserves of its stratum; `key` and `cutoff` are compared, smaller wins;
    `would_be_drawn` is true for an excluded row whose key is within the cut-off; `team` is empty without a
    pairing."""

    row: RosterRow
    ticket: str
    key: int
    cutoff: int | None
    outcome: str
    number: int | None
    would_be_drawn: bool
    team: list[str]


def _place(rows: list[Ticketed], id: str) -> int | None:
    """Place of an id in a list, from 1; None when it is not there."""
    return next((n for n, t in enumerate(rows, 1) if t.id == id), None)


def explain(draw: Draw, id: str) -> Explanation:
    """Everything that decided about one id (protocol 7.4, 7.6, 7.7). Raises Rejected `argument` when the
    roster does not hold it."""
    row = draw.roster.find(id)
    if row is None:
        raise Rejected("argument", f"名录中没有 {shown(id)}")
    own = ticketed(draw.keys.draw_key, row, draw.plan.weighting)
    stratum = next(s for s in draw.strata if s.code == row.stratum)
    seq, reserve = _place(draw.drawn, id), _place(stratum.reserves, id)
    outcome = "excluded" if row.excluded else "drawn" if seq else "reserve" if reserve else "not-drawn"
    team = draw.pairing.team_ids(seq - 1) if seq and draw.pairing and draw.plan.per_target else []
    within = _within(stratum, own.key)
    return Explanation(row, own.ticket, own.key, stratum.cutoff, outcome, seq or reserve,
                       bool(row.excluded) and within, team)  # fmt: skip


def _within(stratum: Stratum, key: int) -> bool:
    """True when a key is not above the cut-off of its stratum (protocol 7.6)."""
    return stratum.cutoff is not None and key <= stratum.cutoff


def excluded_within_cutoff(draw: Draw) -> list[Ticketed]:
    """The report "excluded, and would otherwise have been drawn" (protocol 4, 7.11), in roster order."""
    strata = {s.code: s for s in draw.strata}
    excluded = (r for r in draw.roster.excluded() if strata[r.stratum].cutoff is not None)
    found = (ticketed(draw.keys.draw_key, r, draw.plan.weighting) for r in excluded)
    return [t for t in found if _within(strata[t.row.stratum], t.key)]


def _both(key: int) -> str:
    """A key as a number and as the hexadecimal digits that pages and tickets show."""
    return f"{key}（十六进制 {key:016x}）"


def explanation_lines(draw: Draw, found: Explanation) -> list[str]:
    """The explanation for a reader: first the answer in plain words, then the figures behind it."""
    row = found.row
    answer = {
        "drawn": f"{row.id} 被抽中，抽取序号 {found.number}。",
        "reserve": f"{row.id} 是 {row.stratum} 层第 {found.number} 个候补。",
        "not-drawn": f"{row.id} 未被抽中。",
        "excluded": f"{row.id} 抽取前已排除，原因代码 {row.excluded}，不参加抽取。",
    }[found.outcome]
    lines = [answer]
    if found.cutoff is None:
        lines.append(f"{row.stratum} 层本次没有抽取对象。")
    else:
        side = "不大于" if found.key <= found.cutoff else "大于"
        lines.append(f"它的排序数{side} {row.stratum} 层的分界，排序数小者先抽中。")
    if found.would_be_drawn:
        lines.append("如果没有排除，它会被抽中。")
    weight = f"（权重 {row.weight}：号码前 16 位 × 720720 ÷ 权重）" if draw.plan.weighting == "w16" else ""
    lines += [
        f"号码 ticket {found.ticket}",
        f"排序数 key {_both(found.key)}{weight}",
        f"分界 cut-off {'无' if found.cutoff is None else _both(found.cutoff)}",
        f"自己核对：printf %s {draw.keys.draw_key}{row.id} | sha256sum",
    ]
    if found.outcome == "drawn" and draw.plan.per_target:
        team = " ".join(found.team) or ("未派员" if draw.pairing else "公开包不含派员资料")
        lines.append(f"检查人员（第一人为主检） {team}")
    return lines
