"""Histories of forms for both implementations, and what the kernel makes of them."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

from mingcha.kernel.forms import Op, Scalar, Sight, merge, seen, sight

#: Kept with the code: what both implementations gave when they were agreed on.
GOLDEN = Path(__file__).parent / "vectors" / "forms.json"
#: How far some had come, once.
EARLY = {"phone-a": 2, "phone-Z": 1}
VALUES: tuple[Scalar, ...] = (None, 0, 1, "1", "", "符合", "𠮷", "\uffe5", "a\nb", '"')


def history(seed: int) -> list[Op]:
    """What three phones wrote that now and then heard of each other, as they would send it."""
    chance = Random(seed)
    seen: dict[str, dict[tuple[str, int], Op]] = {name: {} for name in ("phone-a", "phone-b", "phone-Z")}
    count = dict.fromkeys(seen, 0)
    written: list[Op] = []
    for _ in range(chance.randrange(1, 18)):
        who = chance.choice(sorted(seen))
        if chance.random() < 0.4:
            seen[who] |= seen[chance.choice(sorted(seen))]
        field = chance.choice(("point:1:answer", "point:2:facts", "𠮷", "\uffe5"))
        count[who] += 1
        parents = frozenset(op.id for op in merge(seen[who].values()).heads(field))
        op = Op(who, count[who], field, chance.choice(VALUES), parents)
        seen[who][op.id] = op
        written.append(op)
    chance.shuffle(written)
    return written[: chance.randrange(1, len(written) + 1)]


def plain(ops: list[Op]) -> list[dict[str, Any]]:
    """The changes as JSON has them."""
    return [
        {
            "client": op.client,
            "seq": op.seq,
            "field": op.field,
            "value": op.value,
            "parents": [list(one) for one in sorted(op.parents)],
        }
        for op in ops
    ]


def answer(ops: list[Op]) -> dict[str, Any]:
    """What the kernel makes of them."""
    form = merge(ops)
    return {
        "fields": list(form.fields),
        "conflicts": list(form.conflicts()),
        "heads": [[list(op.id) for op in form.heads(name)] for name in form.fields],
        "values": [list(form.values(name)) for name in form.fields],
        "single": [form.value(name) for name in form.fields],
        "text": form.text,
        "upto": dict(sorted(sight(ops).upto.items())),
        "early": seen(ops, Sight(EARLY, "")).text,
    }


def case(seed: int) -> dict[str, Any]:
    ops = history(seed)
    return {"ops": plain(ops), "form": answer(ops)}


def write_golden() -> None:
    """Make the kept file anew; only when the rule itself has been changed on purpose."""
    cases = [json.dumps(case(seed), ensure_ascii=False) for seed in range(30)]
    GOLDEN.write_text("[\n" + ",\n".join(cases) + "\n]\n", encoding="utf-8")
