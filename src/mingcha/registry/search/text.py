"""How names and codes are compared: what is folded away, and the keys that the index holds.

A word is found where it stands anywhere in a name, a former name or the pinyin initials; or where a code
begins with it; or, from four characters on, where a code ends with it.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

#: From how many characters on the end of a code finds it; fewer would find thousands.
SUFFIX = 4
#: The lengths of code beginnings that have a key; a word in between is looked up by the next shorter one.
PREFIXES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15)
#: Letters, numbers, marks and symbols count; punctuation, brackets, blanks and controls do not.
_COUNTING = "LNMS"


class _Folded(dict[int, str]):
    """Each character as it is compared: half-width, lower case, brackets as nothing."""

    def __missing__(self, point: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(point)).casefold()
        kept = "".join(one for one in folded if unicodedata.category(one)[0] in _COUNTING)
        self[point] = kept
        return kept


_FOLDED = _Folded()


def normalise(text: str) -> str:
    """The text as it is compared; empty when nothing in it counts."""
    return text.translate(_FOLDED)


@dataclass(frozen=True)
class Doc:
    """What the index knows of one subject."""

    id: int
    names: str
    codes: str


def make_doc(subject_id: int, names: Iterable[str], initials: str, codes: Iterable[str]) -> Doc:
    """The document of one subject, from its names (the former ones too), initials and numbers."""
    lines = dict.fromkeys(folded for folded in (*map(normalise, names), initials) if folded)
    numbers = dict.fromkeys(normalise(code).upper() for code in codes if code)
    return Doc(subject_id, "\n".join(lines), "\n".join(f"^{number}$" for number in numbers if number))


@lru_cache(maxsize=200_000)
def _gram(gram: str) -> int:
    """One or two characters as a whole number of 32 bits; other pairs may share it, the text decides."""
    first, second = ord(gram[0]), ord(gram[1]) if len(gram) > 1 else 0
    return (first << 16 | second & 0xFFFF) & 0xFFFFFFFF


def _piece(piece: str) -> int:
    """The beginning (^91) or end (0012$) of a code as a whole number of 32 bits."""
    return zlib.crc32(piece.encode())


def keys_of(doc: Doc) -> set[int]:
    """All keys of a document: characters and pairs of its names, beginnings and ends of its codes."""
    grams: set[str] = set()
    for line in doc.names.split("\n"):
        grams.update(line)
        grams.update([line[at : at + 2] for at in range(len(line) - 1)])
    keys = set(map(_gram, grams))
    for code in doc.codes.split("\n") if doc.codes else ():
        inner = code[1:-1]
        keys.update([_piece(f"^{inner[:length]}") for length in PREFIXES if length <= len(inner)])
        keys.add(_piece(f"{inner[-SUFFIX:]}$"))
    return keys


@dataclass(frozen=True)
class Word:
    """One normalised word that somebody looks for."""

    text: str

    @property
    def code(self) -> str:
        return self.text.upper()

    @property
    def tests(self) -> tuple[tuple[str, str], ...]:
        """(column, what must stand in it): one of them is enough."""
        found = [("names", self.text), ("codes", f"^{self.code}")]
        if len(self.text) >= SUFFIX:
            found.append(("codes", f"{self.code}$"))
        return tuple(found)

    @property
    def alternatives(self) -> tuple[tuple[int, ...], ...]:
        """Sets of keys; a document that passes a test holds all keys of at least one set."""
        text, code = self.text, self.code
        grams = [text[at : at + 2] for at in range(len(text) - 1)] or [text]
        longest = max(length for length in PREFIXES if length <= len(code))
        found = [tuple(sorted(set(map(_gram, grams)))), (_piece(f"^{code[:longest]}"),)]
        if len(text) >= SUFFIX:
            found.append((_piece(f"{code[-SUFFIX:]}$"),))
        return tuple(found)


def words_of(text: str) -> list[Word] | None:
    """The words to look for, each once; None when something was typed of which nothing counts."""
    folded = dict.fromkeys(word for word in map(normalise, text.split()) if word)
    if not folded and text.strip():
        return None
    return [Word(word) for word in folded]
