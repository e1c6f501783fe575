"""How many are drawn in each stratum, in integers only (protocol 7.5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .errors import Rejected
from .tables import CODE
from .text import MAX_INTEGER, shown

FIELDS = {"rate": {"bp", "min"}, "fixed": {"k"}, "total": {"k", "bp", "factor"}}


def check_quota(quota: Any) -> None:
    """Check the form of a plan's `quota` (Details). Raises Rejected `plan-quota-mode` or `plan-quota`.

    A field that no mode knows is refused here, unlike in the rest of the plan: a mistyped `min` would
    silently lose a legal minimum.
    """
    mode = quota.get("mode") if isinstance(quota, dict) else None
    if not isinstance(mode, str) or mode not in FIELDS:
        raise Rejected("plan-quota-mode", f"方案的 quota.mode 未知：{shown(mode)}")
    if quota.get("base") not in ("all", "eligible"):
        raise Rejected("plan-quota", "quota.base 应为 all 或 eligible")
    if set(quota) - FIELDS[mode] - {"mode", "base"}:
        raise Rejected("plan-quota", "quota 含该方式没有的字段")
    if mode == "total" and ("k" in quota) == ("bp" in quota):
        raise Rejected("plan-quota", "quota.mode 为 total 时 k 与 bp 须有且只有一个")
    for name in sorted(FIELDS[mode] & set(quota)):
        most = 10000 if name == "bp" else MAX_INTEGER
        plain = mode == "total" and name != "factor"
        values = {"all": quota[name]} if plain else quota[name]
        if not isinstance(values, dict):
            raise Rejected("plan-quota", f"quota.{name} 应为“层: 数”的对照表")
        for stratum, number in values.items():
            if not re.fullmatch(CODE, stratum) or type(number) is not int or not 0 <= number <= most:
                raise Rejected("plan-quota", f"quota.{name} 的 {shown(stratum)} 应为 0–{most} 的整数")


def quotas(quota: Mapping[str, Any], rows: Mapping[str, int], eligible: Mapping[str, int]) -> dict[str, int]:
    """k_s for every stratum of the roster (protocol 7.5).

    `rows` and `eligible` count all rows and the eligible rows of each stratum, with the same keys. Returns
    numbers of subjects, never more than are eligible. A legal minimum is rounded up.
    """
    base = rows if quota["base"] == "all" else eligible
    if quota["mode"] == "fixed":
        return {s: min(eligible[s], quota.get("k", {}).get(s, 0)) for s in rows}
    if quota["mode"] == "rate":
        bp, least = quota.get("bp", {}), quota.get("min", {})
        share = {s: -(-base[s] * bp.get(s, 0) // 10000) for s in rows}
        return {s: min(eligible[s], max(least.get(s, 0), share[s])) for s in rows}
    wanted = quota["k"] if "k" in quota else -(-sum(base.values()) * quota["bp"] // 10000)
    factor = quota.get("factor", {})
    shares = {s: base[s] * factor.get(s, 1) for s in rows}
    return apportion(min(wanted, sum(eligible.values())), shares, eligible)


def apportion(total: int, shares: Mapping[str, int], room: Mapping[str, int]) -> dict[str, int]:
    """Split `total` by largest remainder in proportion to `shares`, never beyond `room` (protocol 7.5 total).

    A stratum that would be full is fixed at its room and leaves, and the rest is split again; what is left
    when every stratum with a share is full is not drawn.
    """
    given = dict.fromkeys(shares, 0)
    live = {s: m for s, m in shares.items() if m > 0}
    while live:
        whole = sum(live.values())
        part = {s: total * m // whole for s, m in live.items()}
        rest = total - sum(part.values())
        for s in sorted(live, key=lambda s: (-(total * live[s] % whole), s))[:rest]:
            part[s] += 1
        full = [s for s in live if part[s] >= room[s]]
        given.update({s: room[s] for s in full} if full else part)
        if not full:
            break
        total -= sum(room[s] for s in full)
        live = {s: m for s, m in live.items() if s not in full}
    return given
