"""verify.py, the one-file verifier in every bundle (protocol 7.10).

It is not generated from the modules here: what a verification needs of them is nearly 900 lines, many of
which only make large draws fast. A citizen should be able to read the file in an evening, so
`standalone.py` is a second, plain implementation that imports nothing from this package. The tests hold
both together: vectors, tampered bundles, and hundreds of random draws must give the same bytes and the same
codes.
"""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def single_file() -> str:
    """The text of verify.py: Python 3.8 or later, standard library only, under 400 lines."""
    return resources.files(__package__).joinpath("standalone.py").read_text(encoding="utf-8")
