"""Pinyin initials of names: 冀中建筑 → jzjz.

Each character has one initial: that of its most usual reading, as pypinyin's table lists it first, but
for the few of `IN_NAMES`. Words are not parsed: 银行 gives yx, since 行 alone is xíng. Whoever types yh finds
the firm by its characters instead. One look-up a character keeps a million names at a few seconds.
"""

from __future__ import annotations

import unicodedata

from mingcha.registry.search.text import normalise

LONGEST = 200
#: Characters that are read otherwise in the names of firms than by themselves (长城、长安，not 家长).
IN_NAMES = {"长": "c"}


class _Initials(dict[int, str]):
    """Each character's initial as it is compared, looked up once; nothing for what has no reading."""

    def __missing__(self, point: int) -> str:
        found = "".join(map(_initial, normalise(chr(point))))
        self[point] = found
        return found


def _initial(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else ""
    if character in IN_NAMES:
        return IN_NAMES[character]
    from pypinyin.constants import PINYIN_DICT

    readings = str(PINYIN_DICT.get(ord(character), ""))
    first = unicodedata.normalize("NFD", readings)[:1]
    return first if first.isascii() and first.isalpha() else ""


_INITIALS = _Initials()


def initials_of(name: str) -> str:
    """The initials of a name, at most 200; digits and Latin letters stand for themselves."""
    return name.translate(_INITIALS)[:LONGEST]
