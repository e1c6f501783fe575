"""The files beside those that decide a draw: names, chains, evidence (protocol 7.10).

Nobody's result depends on them, and so a changed one leaves the result as it is; but it is said. The names
are another matter: a firm without a credit code stands on the roster under a number of the bureau's own, and
who that is says names.csv alone. A plan that seals their digest (`names_sha256`) is held to it.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

from .errors import Rejected
from .files import read_file, regular_file
from .replay import INPUTS
from .roster import BLOCK
from .text import shown

NAMES = "evidence/names.csv"
SUMS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  ((?:evidence/)?[^/\\\x00-\x1f]+)")


def beside(directory: str, plan: bytes) -> list[str]:
    """What is to be said of these files, a sentence each; `plan` is plan.json, known to be valid.

    Raises Rejected `names-digest` where the names are not those that were sealed, otherwise as `read_file`.
    """
    found = Path(directory)
    names = _digest(found, NAMES)
    if names is not None:
        check_names(plan, names)
    return [f"注意：{_plain(name)} 与 {SUMS} 不一致，被改动过或没有下载完整" for name in _differing(found)]


def check_names(plan: bytes, digest: str) -> None:
    """Raise Rejected `names-digest` unless the names have the digest that the valid `plan` seals, if any."""
    if json.loads(plan).get("names_sha256") not in (None, digest):
        raise Rejected("names-digest", f"{NAMES} 的摘要与方案不一致")


def _plain(name: str) -> str:
    return name if name.isprintable() else shown(name)


def _differing(directory: Path) -> list[str]:
    """Files that are not as SHA256SUMS lists them; itself where a line of it cannot be read.

    What decides the draw, or is kept from the public, may be absent.
    """
    listed = read_file(directory.joinpath(SUMS)) or b""
    differing = []
    for line in filter(None, listed.decode("utf-8", "replace").split("\n")):
        fits = _LINE.fullmatch(line)
        digest = _digest(directory, fits[2]) if fits else None
        if fits is None:
            differing.append(SUMS)
        elif fits[2] not in INPUTS if digest is None else digest != fits[1]:
            differing.append(fits[2])
    return differing


def _digest(directory: Path, name: str) -> str | None:
    """SHA-256 of a file, read in pieces; None where there is none."""
    path = regular_file(directory, name)
    if path is None:
        return None
    found = sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(BLOCK):
                found.update(piece)
    except OSError:
        raise Rejected("file-unreadable", f"{shown(name)} 无法读取") from None
    return found.hexdigest()
