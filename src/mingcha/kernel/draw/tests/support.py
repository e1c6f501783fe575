"""Shared helpers: the vectors, small draws built from rows, and running the command line."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from mingcha.kernel.draw import (
    InspectorRow,
    Recusal,
    Revealed,
    RosterRow,
    Source,
    read_bundle,
    reveal,
    seal,
)
from mingcha.kernel.draw.pairing import Pairing, Target

VECTORS = Path(__file__).parent / "vectors"
SOURCE_ROOT = Path(__file__).parents[4]
STANDALONE = Path(__file__).parents[1] / "standalone.py"
DICE = Source("dice", "1", "[0-9]{20}")


def vector(name: str) -> dict[str, bytes]:
    return read_bundle(str(VECTORS / name))


def write_files(directory: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return directory


def digits(number: int) -> str:
    return f"{number:020d}"


def roster(per_stratum: Mapping[str, int], **fields: Any) -> list[RosterRow]:
    """Rows E000…, strata in turn; `fields` replace weight, skill or excluded."""
    rows = []
    for code, count in per_stratum.items():
        for _ in range(count):
            base = {"weight": 1, "skill": "", "excluded": "", **fields}
            rows.append(RosterRow(id=f"E{len(rows):03}", stratum=code, **base))
    return rows


def draw(
    rows: Iterable[RosterRow],
    quota: Mapping[str, Any],
    *,
    number: int = 1,
    inspectors: Iterable[InspectorRow] = (),
    recusals: Iterable[Recusal] = (),
    **options: Any,
) -> Revealed:
    sealed = seal(
        draw_id="130111-T-2026-0001", title="试", quota=quota, entropy=[DICE], roster=rows,
        inspectors=inspectors, recusals=recusals, **options,
    )  # fmt: skip
    return reveal(sealed.files, [digits(number)])


def random_bundle(seed: int) -> dict[str, bytes]:
    """A small complete draw with everything that can vary, the same for the same seed."""
    r = random.Random(seed)
    strata = ["A", "B", "C.1", "d_2"][: r.randint(1, 4)]
    skills = ["", "ldjc", "sbjh", "lwpq"][: r.randint(1, 4)]
    rows = [
        RosterRow(
            f"E{n:03}", r.choice(strata), r.randint(1, 16), r.choice(skills), r.choice(["", "", "", "NEW"])
        )
        for n in range(r.randint(0, 40))
    ]
    count = r.randint(0, 7)
    people = [
        InspectorRow(
            f"I{n:03}", tuple(s for s in skills if s and r.random() < 0.5), r.choice([0, 1, 2, 3, 5, 9])
        )
        for n in range(count)
    ]
    pairs = [Recusal(f"E{r.randint(0, 45):03}", f"I{r.randint(0, 8):03}") for _ in range(r.randint(0, 25))]
    quota: dict[str, Any] = {"base": r.choice(["all", "eligible"])}
    kind = r.choice(["rate", "fixed", "total", "total-bp"])
    if kind == "rate":
        quota.update(
            mode="rate", bp={s: r.randint(0, 6000) for s in strata}, min={strata[0]: r.randint(0, 3)}
        )
    elif kind == "fixed":
        quota.update(mode="fixed", k={s: r.randint(0, 6) for s in strata})
    else:
        quota.update(mode="total", factor={s: r.randint(0, 4) for s in strata})
        quota.update({"k": r.randint(0, 20)} if kind == "total" else {"bp": r.randint(0, 10000)})
    return draw(
        rows, quota, number=seed, inspectors=people, recusals=pairs, per_target=r.randint(0, 3),
        reserve_pct=r.choice([0, 25, 100]), weighting=r.choice(["none", "w16"]),
    ).files  # fmt: skip


def pair(
    inspectors: Sequence[InspectorRow],
    targets: Sequence[Target],
    recusals: Iterable[Recusal] = (),
    per_target: int = 2,
    key: str = "00" * 16,
) -> Pairing:
    return Pairing(key, inspectors, targets, recusals, per_target).run()


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command line in a bare environment: nothing installed is visible except the standard library."""
    environment = {"PYTHONPATH": str(SOURCE_ROOT), "PATH": os.environ["PATH"], "LC_ALL": "C"}
    command = [sys.executable, "-S", "-m", "mingcha.kernel.draw", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False)


def run_standalone(*arguments: str, file: Path = STANDALONE) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-I", "-S", str(file), *arguments]
    return subprocess.run(command, capture_output=True, timeout=60, check=False)
