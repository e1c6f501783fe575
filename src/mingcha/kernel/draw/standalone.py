#!/usr/bin/env python3
"""Repeats a Mingcha draw (protocol SSJ-1) and compares it with the published result; Python 3.8 or later.

    python3 verify.py DIRECTORY [plan=DIGEST-PUBLISHED-BEFORE-THE-DRAW]

Exit status: 0 MATCH, 1 MISMATCH, 2 REJECTED. Standard library only; writes no file. A second, plain
implementation that follows the protocol's section 7 sentence by sentence (numbers are its sections)."""

# mypy: ignore-errors

import hashlib
import json
import os
import re
import sys

CODE, ID, HEX = "[0-9A-Za-z_.-]{1,32}", "[0-9A-Z]{1,32}", "[0-9a-f]{64}"
TABLES = {
    "roster": ("id,stratum,weight,skill,excluded", f"({ID}),({CODE}),([1-9]|1[0-6]),({CODE}|),({CODE}|)"),
    "inspectors": ("id,skills,capacity", f"({ID}),((?:{CODE}(?:[+]{CODE})*)?),(0|[1-9][0-9]{{0,8}})"),
    "recusals": ("target,inspector", f"({ID}),({ID})"),
}
KNOWN = {re.error: "plan-pattern", UnicodeDecodeError: "file-encoding"}
INPUTS = ["plan.json", "roster.csv", "inspectors.csv", "recusals.csv", "entropy.json"]


class Rejected(Exception):
    """The bundle is not valid; the text begins with a stable code."""


def must(holds, code, sentence):
    """Reject with a code unless `holds`."""
    if not holds:
        raise Rejected(f"{code} {sentence}")


def h(data):
    """7.1: H(s) of an ASCII text, or the SHA-256 of a file, as sha256sum prints it."""
    return hashlib.sha256(data.encode("ascii") if isinstance(data, str) else data).hexdigest()


def is_text(value, form):
    """True for a string that has the whole form."""
    return isinstance(value, str) and re.fullmatch(form, value) is not None


def read(directory, name):
    """The bytes of a regular file, None when there is none."""
    path = os.path.join(directory, name)
    if not os.path.lexists(path):
        return None
    must(os.path.isfile(path) and not os.path.islink(path), "file-not-regular", f"{name} 不是普通文件")
    with open(path, "rb") as file:
        return file.read()


def decoded(name, data):
    """7.2: UTF-8 without BOM, LF after every line including the last."""
    must(not data.startswith(b"\xef\xbb\xbf"), "file-bom", f"{name} 有 BOM")
    must(b"\r" not in data, "file-cr", f"{name} 含回车符")
    must(data.endswith(b"\n"), "file-last-lf", f"{name} 末行缺少换行符")
    return data.decode("utf-8")


def table(stem, data):
    """The rows of a canonical table, one after the other; the key columns ascend strictly."""
    row, key, last = re.compile(TABLES[stem][1]), 2 if stem == "recusals" else 1, ()
    lines = (found.group(1) for found in re.finditer("(.*)\n", decoded(f"{stem}.csv", data)))
    must(next(lines) == TABLES[stem][0], f"{stem}-header", f"{stem}.csv 表头不符")
    for number, line in enumerate(lines, 2):
        found = row.fullmatch(line) if len(line) <= 4096 else None
        must(found, f"{stem}-pattern", f"{stem}.csv 第 {number} 行格式不符 {ascii(line[:60])}")
        fields = found.groups()
        must(fields[:key] != last, f"{stem}-duplicate", f"{stem}.csv 第 {number} 行重复")
        must(fields[:key] > last, f"{stem}-order", f"{stem}.csv 第 {number} 行未按升序")
        last = fields[:key]
        yield fields


def canonical(stem, data):
    """Value of a canonical JSON file: sorted keys, no spaces, non-negative integers only, one line."""

    def integer(digits):
        right = re.fullmatch("[0-9]{1,16}", digits) and int(digits) < 2**53
        must(right, f"{stem}-number", f"{stem}.json 含非整数或超出范围的数")
        return int(digits)

    def deeper(value, levels):
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
        return inner is not None and (levels == 0 or any(deeper(v, levels - 1) for v in inner))

    must(len(data) <= 16 * 1024 * 1024, "file-too-large", f"{stem}.json 过大")
    text = decoded(f"{stem}.json", data)
    try:
        value = json.loads(text, parse_int=integer, parse_float=integer, parse_constant=integer)
        must(not deeper(value, 64), f"{stem}-json", f"{stem}.json 嵌套过深")
        again = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
        same = again.encode("utf-8") == data
    except (ValueError, RecursionError):
        raise Rejected(f"{stem}-json {stem}.json 不是可读的 JSON") from None
    must(same, f"{stem}-canonical", f"{stem}.json 不是规范写法")
    return value


def check_plan(plan):
    """The fields of plan.json; other fields are free."""
    must(isinstance(plan, dict), "plan-field", "plan.json 应为一个对象")
    must(plan.get("spec") == "SSJ-1", "plan-spec", "协议标识不是 SSJ-1")
    must(is_text(plan.get("draw_id"), "[0-9A-Za-z-]{1,48}"), "plan-draw-id", "抽取编号格式不符")
    digests = [plan.get(f"{t}_sha256") for t in TABLES] + [plan.get("roster_root", "0" * 64)]
    right = isinstance(plan.get("title"), str) and all(is_text(d, HEX) for d in digests)
    must(right and plan.get("weighting") in ("none", "w16"), "plan-field", "摘要、标题或 weighting 不符")
    whole = all(type(plan.get(n)) is int for n in ("reserve_pct", "per_target"))
    must(whole and plan["per_target"] <= 64, "plan-field", "reserve_pct 或 per_target 不符")
    check_quota(plan.get("quota"))
    must(isinstance(plan.get("entropy"), list) and plan["entropy"], "plan-entropy", "没有随机源")
    for s in plan["entropy"]:
        right = isinstance(s, dict) and is_text(s.get("name"), "[0-9a-z]{1,32}")
        right = right and is_text(s.get("issue"), "[0-9A-Za-z-]{1,64}") and isinstance(s.get("pattern"), str)
        right = right and ("commit" not in s or is_text(s["commit"], HEX))
        right = right and (s["name"] != "sealed" or "commit" in s and s["issue"] == "1")
        must(right, "plan-entropy", "随机源格式不符")
        matches(s["pattern"], "")  # rejects a pattern outside the permitted syntax


def check_quota(quota):
    """The form of the quota in each mode."""
    fields = {"rate": {"bp", "min"}, "fixed": {"k"}, "total": {"k", "bp", "factor"}}
    mode = quota.get("mode") if isinstance(quota, dict) else None
    must(isinstance(mode, str) and mode in fields, "plan-quota-mode", "quota.mode 未知")
    right = quota.get("base") in ("all", "eligible") and not set(quota) - fields[mode] - {"mode", "base"}
    right = right and not (mode == "total" and ("k" in quota) == ("bp" in quota))
    for name in fields[mode] & set(quota):
        numbers = {"all": quota[name]} if mode == "total" and name != "factor" else quota[name]
        most = 10000 if name == "bp" else 2**53 - 1
        right = right and isinstance(numbers, dict) and all(is_text(s, CODE) for s in numbers)
        right = right and all(type(n) is int and 0 <= n <= most for n in numbers.values())
    must(right, "plan-quota", "quota 格式不符")


ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.+-"
ONE = re.compile(r"\[\^?(?:[0-9A-Za-z](?:-[0-9A-Za-z])?|[.+]|\\[dw.+-])*-?\]|\\[dw.+-]|[0-9A-Za-z.-]")
TIMES = re.compile(r"[?*+]|\{([0-9]{1,3})(,([0-9]{0,3}))?\}")
SHORT = {"?": ("0", ",", "1"), "*": ("0", ",", ""), "+": ("1", ",", "")}


def matches(pattern, value):
    """Does the whole value have this form? Sets of positions instead of backtracking, so it always ends."""
    budget, wrong = [200000], f"随机源的 pattern 超出允许的写法 {ascii(pattern[:60])}"

    def branches(at, depth):
        found = [[]]
        while at < len(text) and text[at] != ")":
            if text[at] == "|":
                found.append([])
                at += 1
                continue
            if text[at] == "(":
                must(depth < 8, "plan-pattern", wrong)
                node, at = branches(at + (3 if text.startswith("(?:", at) else 1), depth + 1)
                must(at < len(text), "plan-pattern", wrong)
                at += 1
            else:
                one = ONE.match(text, at)
                node = [c for c in ALPHABET if one and re.fullmatch(one.group(), c)]
                must(node, "plan-pattern", wrong)
                at = one.end()
            times = TIMES.match(text, at)
            a, comma, b = SHORT.get(times.group()) or times.groups() if times else ("1", None, None)
            at = times.end() if times else at
            must(not b or int(a) <= int(b), "plan-pattern", wrong)
            found[-1].append((node, int(a), int(b) if b else 512 if comma else int(a)))
        return tuple(found), at

    def ends(node, starts):
        budget[0] -= 1 + len(starts)
        must(budget[0] >= 0, "plan-pattern", "随机源的 pattern 过于复杂")
        if isinstance(node, list):
            return {i + 1 for i in starts if value[i : i + 1] in node}
        reached = set()
        for branch in node:
            here = starts
            for part, low, high in branch:
                done, turn = set(here) if low == 0 else set(), 1
                while turn <= high and here:
                    after = ends(part, here)
                    if turn >= low or after == here:
                        if after <= done:
                            break
                        done |= after
                    if after == here:
                        break
                    here, turn = after, turn + 1
                here = done
            reached |= here
        return reached

    must(0 < len(pattern) <= 500, "plan-pattern", wrong)
    text = pattern[1:] if pattern.startswith("^") else pattern
    text = text[:-1] if text.endswith("$") else text
    tree, end = branches(0, 0)
    must(end == len(text), "plan-pattern", wrong)
    return len(value) <= 512 and len(value) in ends(tree, {0})


def check_entropy(plan, entropy):
    """7.3: the values are those the plan announced, and have the announced form."""
    fields = {"name", "issue", "value"}
    right = isinstance(entropy, list) and all(isinstance(v, dict) and set(v) == fields for v in entropy)
    right = right and all(isinstance(f, str) for v in entropy for f in v.values())
    must(right, "entropy-field", "entropy.json 应为 {name, issue, value} 的列表")
    same = [(s["name"], s["issue"]) for s in plan["entropy"]] == [(v["name"], v["issue"]) for v in entropy]
    must(same, "entropy-source", "随机源与方案不一致")
    for source, value in zip(plan["entropy"], [v["value"] for v in entropy]):  # noqa: B905
        must(is_text(value, "[0-9A-Za-z.+-]{1,512}"), "entropy-characters", "随机值含不允许的字符")
        must(matches(source["pattern"], value), "entropy-pattern", "随机值不符合方案的 pattern")
        must(source.get("commit") in (None, h("SSJ-1/sealed|" + value)), "entropy-sealed", "封存值与承诺不符")


def quotas(quota, rows, eligible):
    """7.5: how many are drawn in each stratum."""
    base = rows if quota["base"] == "all" else eligible
    if quota["mode"] == "fixed":
        return {s: min(eligible[s], quota.get("k", {}).get(s, 0)) for s in rows}
    if quota["mode"] == "rate":
        bp, least = quota.get("bp", {}), quota.get("min", {})
        return {s: min(eligible[s], max(least.get(s, 0), -(-base[s] * bp.get(s, 0) // 10000))) for s in rows}
    total = quota["k"] if "k" in quota else -(-sum(base.values()) * quota["bp"] // 10000)
    total = min(total, sum(eligible.values()))
    share = {s: base[s] * quota.get("factor", {}).get(s, 1) for s in rows}
    fixed, live = {}, [s for s in rows if share[s]]
    while live:
        m = sum(share[s] for s in live)
        k = {s: total * share[s] // m for s in live}
        for s in sorted(live, key=lambda s: (-(total * share[s] % m), s))[: total - sum(k.values())]:
            k[s] += 1
        full = [s for s in live if k[s] >= eligible[s]]
        fixed.update({s: eligible[s] for s in full} or k)
        total -= sum(eligible[s] for s in full)
        live = [s for s in live if s not in full] if full else []
    return {s: fixed.get(s, 0) for s in rows}


def select(plan, draw_key, roster):
    """7.4, 7.6: strata as (code, rows, eligible, drawn, reserves) of (key, ticket, id, skill, code)."""
    count, able, order = {}, {}, {}  # `roster` gives the rows twice, so that a large one is never held
    for _, s, _, _, excluded in roster():
        count[s] = count.get(s, 0) + 1
        able[s] = able.get(s, 0) + (not excluded)
    k = quotas(plan["quota"], count, able)
    last = {s: k[s] - (-k[s] * plan["reserve_pct"] // 100) for s in k}
    for id, s, weight, skill, excluded in roster():
        ticket, found = h(draw_key + id), order.setdefault(s, [])
        key = int(ticket[:16], 16) * (720720 // int(weight) if plan["weighting"] == "w16" else 1)
        found += [] if excluded else [(key, ticket, id, skill, s)]
        if len(found) > 2 * last[s] + 999:
            order[s] = sorted(found)[: last[s]]  # nothing behind these can be drawn any more
    order = {s: sorted(order[s]) for s in sorted(count)}
    return [(s, count[s], able[s], order[s][: k[s]], order[s][k[s] : last[s]]) for s in order]


def pair(key, inspectors, targets, recusals, q):
    """7.7: teams of the targets [(id, skill)], chains as text, unserved as {target: (slots, reached)}."""
    order = sorted((j for j, _, _ in inspectors), key=lambda j: (h(f"{key}{j}#0"), j))
    skills = {j: set(s.split("+")) | {""} for j, s, _ in inspectors}
    capacity = {j: int(c) for j, _, c in inspectors}
    load, held = {j: 0 for j in order}, {j: [] for j in order}  # noqa: C420
    barred, teams, chains, unserved = set(recusals), [[] for _ in targets], [], {}

    def may(t, j, out=None):
        id, skill = targets[t]
        able = skill in skills[j] or any(skill in skills[m] for m in teams[t] if m != out)
        return able and j not in teams[t] and (id, j) not in barred

    def search(starts, goal):
        came, queue = {j: None for j in starts}, list(starts)  # noqa: C420
        for a in queue:
            for u in sorted(held[a]):
                for j in (j for j in order if j not in came and may(u, j, a)):
                    came[j] = (a, u)
                    queue.append(j)
                    if goal(j):
                        return came, j
        return came, None

    def carry_out(kind, came, j):
        moves = []
        load[j] += 1
        while came[j]:
            a, u = came[j]
            moves.insert(0, f"{a} 把第 {u + 1} 号交给 {j}")
            teams[u][teams[u].index(a)] = j
            held[a].remove(u)
            held[j].append(u)
            j = a
        load[j] -= 1
        chains.append(f"{kind}：{'，'.join(moves)}")
        return j

    for t in range(len(targets)):
        for slot in range(q):
            able = [j for j in order if may(t, j)]
            free = [j for j in able if load[j] < capacity[j]]
            if free:
                joins = min(free, key=lambda j: (load[j], h(f"{key}{j}#{load[j]}"), j))
            else:
                came, end = search(able, lambda j: load[j] < capacity[j])
                if end is None:
                    unserved[t] = (q - slot, [j for j in order if j in came])
                    break
                joins = carry_out("调剂", came, end)
            teams[t].append(joins)
            held[joins].append(t)
            load[joins] += 1
    for height in range(max(load.values(), default=0), 1, -1):
        end = True
        while end:
            starts = [j for j in order if load[j] == height]
            goal = {j for j in order if load[j] <= height - 2 and load[j] < capacity[j]}
            came, end = search(starts, goal.__contains__) if goal else ({}, None)
            if end:
                carry_out("拉平", came, end)
    for t, (_, skill) in enumerate(targets):
        teams[t].sort(key=lambda j: skill not in skills[j])
    return teams, chains, unserved


def verify(directory, published=None):
    """7.8: prints the report; returns 0 for MATCH and 1 for MISMATCH."""
    must(os.path.isdir(directory), "file-missing", "没有这个目录")
    data = {name: read(directory, name) for name in INPUTS + ["result.csv"]}
    public, rows = data["inspectors.csv"] is None and data["recusals.csv"] is None, {}
    for name in INPUTS if not public else ["plan.json", "roster.csv", "entropy.json"]:
        must(data[name] is not None, "file-missing", f"缺少文件 {name}")
    digest = h(data["plan.json"])
    plan = canonical("plan", data["plan.json"])
    check_plan(plan)
    must(published in (None, digest), "plan-digest", f"方案摘要 {digest} 与先前公布的不同")
    for t in ["roster"] if public else TABLES:
        rows[t] = [r for r in table(t, data[f"{t}.csv"]) if t != "roster"]
        must(h(data[f"{t}.csv"]) == plan[f"{t}_sha256"], f"{t}-digest", f"{t}.csv 的摘要与方案不一致")
    entropy = canonical("entropy", data["entropy.json"])
    check_entropy(plan, entropy)
    given, names = data["result.csv"], read(directory, "evidence/names.csv")
    must(given is not None, "file-missing", "缺少文件 result.csv")
    must(names is None or plan.get("names_sha256") in (None, h(names)), "names-digest", "名称与方案不一致")
    seed = h("|".join(["SSJ-1", plan["draw_id"], *("{name}={issue}={value}".format(**v) for v in entropy)]))
    draw_key, insp_key = h(seed + "/draw")[:32], h(seed + "/inspect")[:32]
    print(f"方案摘要 plan {digest}\n种子 seed {seed}\ndraw_key {draw_key}\ninsp_key {insp_key}")
    strata = select(plan, draw_key, lambda: table("roster", data["roster.csv"]))
    for s, count, able, drawn, reserves in strata:
        print(f"层 {s}：在册 {count}，可抽 {able}，抽中 {len(drawn)}，候补 {len(reserves)}")
    drawn = sorted((e for s in strata for e in s[3]), key=lambda e: e[1:3])
    q, teams = 0 if public else plan["per_target"], [[] for _ in drawn]
    if public:
        print("公开包：只核对检查对象（第 1–5 列），未核对派员")
    elif q:
        targets = [e[2:4] for e in drawn]
        teams, chains, unserved = pair(insp_key, rows["inspectors"], targets, rows["recusals"], q)
        print(f"调剂与拉平 {len(chains)} 次", *chains, sep="\n")
        print(f"未配足的名额 {sum(slots for slots, _ in unserved.values())} 个")
        for t, (slots, reached) in unserved.items():
            print(f"第 {t + 1} 号缺 {slots} 人，已满额且无人可接手：{' '.join(reached)}")
    lines = [["seq", "kind", "id", "stratum", "ticket"] + [f"inspector{n + 1}" for n in range(q)]]
    for n, e in enumerate(drawn):
        lines.append([str(n + 1), "S", e[2], e[4], e[1]] + teams[n] + [""] * (q - len(teams[n])))
    for n, e in enumerate(e for s in strata for e in s[4]):
        lines.append([str(n + 1), "R", e[2], e[4], e[1]] + [""] * q)
    again = "".join(",".join(line) + "\n" for line in lines).encode("ascii")
    cells, width = [line.split(b",") for line in given.split(b"\n")], 5 + plan["per_target"]
    compared = b"\n".join(b",".join(c[:5] if public and len(c) == width else c) for c in cells)
    for line in filter(None, (read(directory, "SHA256SUMS") or b"").decode("utf-8", "replace").split("\n")):
        found = re.fullmatch(f"({HEX})  ((?:evidence/)?[^/\\\\\0-\x1f]+)", line)
        name, file = (found[2], read(directory, found[2])) if found else ("SHA256SUMS", None)
        if not found or (name not in INPUTS if file is None else h(file) != found[1]):
            name = name if name.isprintable() else ascii(name)  # a stranger's text on a terminal
            print(f"注意：{name} 与 SHA256SUMS 不一致，被改动过或没有下载完整")
    print(f"结果摘要 result {h(given)}", "MATCH" if compared == again else "MISMATCH", sep="\n")
    return 0 if compared == again else 1


def main(arguments):
    """Run from the command line; a rejection is one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # the terminal's locale may know no Chinese
    try:
        right = 1 <= len(arguments) <= 2 and all(a.startswith("plan=") for a in arguments[1:])
        must(right, "argument", "用法：verify.py 目录 [plan=已公布的方案摘要]")
        return verify(arguments[0], arguments[1][5:].lower() if arguments[1:] else None)
    except Rejected as error:
        reason = str(error)
    except (OSError, re.error, UnicodeDecodeError) as error:
        reason = KNOWN.get(type(error), "file-unreadable") + " 文件无法读取或内容有误"
    print(f"REJECTED: {reason}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
