"""A small regular-expression matcher that cannot be made to run for ever (protocol 7.3).

The pattern of an entropy source comes out of plan.json, so out of anybody's hands; Python's `re` can be
held up for years by `(a|a)*b`. Here a node maps the *set* of positions where it may begin to the set of
positions where it may end: no backtracking, and a budget of steps as the last guard.

Syntax (a subset of Python's, same meaning, always matched against the whole value): the characters
`0-9A-Za-z-`, `.` for any character, escapes `\\d \\w \\. \\+ \\-`, classes `[…]` and `[^…]` with ranges,
groups `( )` and `(?: )` up to 8 deep, `|`, quantifiers `? * + {n} {n,} {n,m}` up to 999, `^` in front and
`$` at the end. Anything else, or more than 500 characters, is Rejected `plan-pattern`.
"""

from __future__ import annotations

import re
from typing import Any

from .errors import Rejected
from .text import shown

DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ALPHABET = frozenset(DIGITS + LETTERS + ".+-")
MAX_PATTERN, MAX_VALUE, MAX_DEPTH, MAX_STEPS = 500, 512, 8, 200_000
ONE = re.compile(r"\[\^?(?:[0-9A-Za-z](?:-[0-9A-Za-z])?|[.+]|\\[dw.+-])*-?\]|\\[dw.+-]|[0-9A-Za-z.-]")
QUANTIFIER = re.compile(r"[?*+]|\{([0-9]{1,3})(,([0-9]{0,3}))?\}")
SHORT = {"?": ("0", ",", "1"), "*": ("0", ",", ""), "+": ("1", ",", "")}


def bad_pattern(pattern: str) -> Rejected:
    """The rejection of a pattern outside the permitted syntax (code `plan-pattern`)."""
    return Rejected("plan-pattern", f"随机源的 pattern 超出允许的写法：{shown(pattern)}")


def parse_pattern(pattern: str) -> Any:
    """Compile a pattern to nodes: ("set", characters), ("rep", node, low, high), ("alt", [[node…]…]).

    Raises Rejected `plan-pattern`.
    """
    if not pattern or len(pattern) > MAX_PATTERN:
        raise bad_pattern(pattern)
    body = pattern[1:] if pattern.startswith("^") else pattern
    body = body[:-1] if body.endswith("$") else body
    node, end = _alternatives(body, 0, 0)
    if end != len(body):
        raise bad_pattern(pattern)
    return node


def _alternatives(text: str, at: int, depth: int) -> tuple[Any, int]:
    """Read `a|b|…` up to a closing bracket or the end; returns the node and the next position."""
    branches: list[list[Any]] = [[]]
    while at < len(text) and text[at] != ")":
        if text[at] == "|":
            branches.append([])
            at += 1
            continue
        if text[at] == "(":
            if depth == MAX_DEPTH:
                raise bad_pattern(text)
            node, at = _alternatives(text, at + (3 if text.startswith("(?:", at) else 1), depth + 1)
            if at >= len(text):
                raise bad_pattern(text)
            at += 1
        else:
            chars, at = _characters(text, at)
            node = ("set", chars)
        found = QUANTIFIER.match(text, at)
        if found:
            low, comma, high = SHORT.get(found.group()) or found.groups()
            most = int(high) if high else MAX_VALUE if comma else int(low)
            if high and most < int(low):
                raise bad_pattern(text)
            node, at = ("rep", node, int(low), most), found.end()
        branches[-1].append(node)
    return ("alt", branches), at


def _characters(text: str, at: int) -> tuple[frozenset[str], int]:
    """Read one character, escape, dot or class; returns what it stands for and the next position."""
    found = ONE.match(text, at)
    try:
        # A single character against a single class cannot backtrack, so `re` may judge it.
        chars = frozenset(c for c in ALPHABET if found and re.fullmatch(found.group(), c))
    except re.error:  # a range such as z-a
        chars = frozenset()
    if not found or not chars:
        raise bad_pattern(text)
    return chars, found.end()


def _ends(node: Any, value: str, starts: set[int], steps: list[int]) -> set[int]:
    """Positions where `node` may end when it begins at one of `starts`; counts its work in `steps[0]`.

    Which patterns are too much work is part of the verdict, so verify.py and the browser count alike: a
    repetition costs nothing itself, only what it repeats.
    """
    if node[0] == "rep":
        return _repeated(node, value, starts, steps)
    steps[0] += 1 + len(starts)
    if steps[0] > MAX_STEPS:
        raise Rejected("plan-pattern", "随机源的 pattern 过于复杂，核对步数超限")
    if node[0] == "set":
        return {i + 1 for i in starts if i < len(value) and value[i] in node[1]}
    ends: set[int] = set()
    for branch in node[1]:
        here = starts
        for part in branch:
            here = _ends(part, value, here, steps) if here else here
        ends |= here
    return ends


def _repeated(node: Any, value: str, starts: set[int], steps: list[int]) -> set[int]:
    """`_ends` for a repetition."""
    _, inner, low, high = node
    done: set[int] = set(starts) if low == 0 else set()
    here, turn = starts, 1
    while turn <= high and here:
        after = _ends(inner, value, here, steps)
        if after == here:
            return done | after  # nothing moves any more, so further turns change nothing either
        if turn >= low:
            if after <= done:
                break
            done |= after
        here, turn = after, turn + 1
    return done


def matches(pattern: str, value: str) -> bool:
    """True when the whole `value` has the form `pattern` (protocol 7.3).

    Values longer than 512 characters match nothing. Raises Rejected `plan-pattern` for a pattern outside
    the syntax above or one that takes more than 200,000 steps.
    """
    node = parse_pattern(pattern)
    return len(value) <= MAX_VALUE and len(value) in _ends(node, value, {0}, [0])


def shortest(pattern: str) -> int:
    """Length in characters of the shortest value of this form; counts the digits that `dice` promises."""

    def length(node: Any) -> int:
        if node[0] == "set":
            return 1
        if node[0] == "alt":
            return min(sum(length(part) for part in branch) for branch in node[1])
        return int(node[2]) * length(node[1])

    return length(parse_pattern(pattern))
