"""How names and codes are compared: what is folded away, and the terms that the index holds.

A word is found where it stands anywhere in a name, a former name or the pinyin initials; or where a code
begins with it; or, from four characters on, where a code ends with it. A single letter or digit stands
nearly everywhere, so it is found only where initials or a code begin with it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from operator import add

from mingcha.base import limits

#: From how many characters on the end of a code finds it; fewer would find thousands.
SUFFIX = 4
#: The lengths of code beginnings that are terms; a word in between is looked up by the next shorter one.
PREFIXES = (2, 3, 4, 6, 8, 10, 12, 15)
_PAIR = 2
#: Letters, numbers, marks and symbols count; punctuation, brackets, blanks, controls and the symbols of
#: ASCII (+ = $ …) do not.
_COUNTING = "LNMS"


class _Folded(dict[int, str]):
    """Each character as it is compared: half-width, lower case, brackets as nothing."""

    def __missing__(self, point: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(point)).casefold()
        kept = "".join(one for one in folded if _counts(one))
        self[point] = kept
        return kept


def _counts(character: str) -> bool:
    if character.isascii():
        return character.isalnum()
    return unicodedata.category(character)[0] in _COUNTING


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
    lines = list(dict.fromkeys(folded for folded in map(normalise, names) if folded))
    if initials:
        lines.append(initials)  # the last line, also where it repeats a name of Latin letters
    numbers = dict.fromkeys(normalise(code).upper() for code in codes if code)
    return Doc(subject_id, "\n".join(lines), "\n".join(f"^{number}$" for number in numbers if number))


def terms_of(doc: Doc) -> set[str]:
    """What the index holds of a document: characters and pairs of its names, pieces of its codes."""
    terms: set[str] = set()
    first, *others = doc.names.split("\n")
    for line in (first, *others):
        if not line.isascii():
            terms.update(line)
        terms.update(map(add, line, line[1:]))
    terms.update(_initial(line) for line in others if line[0].isascii())
    for code in doc.codes.split("\n") if doc.codes else ():
        inner = code[1:-1]
        terms.update([_beginning(inner, length) for length in PREFIXES if length <= len(inner)])
        terms.update([_end(inner), _first(inner)])
    return terms


def _initial(line: str) -> str:
    """The first letter of initials as a term; no pair of a name and no piece of a code looks like it."""
    return f"i{line[0]}i"


def _first(code: str) -> str:
    """The first character of a code as a term, as unlike the others."""
    return f"c{code[0]}c"


def _beginning(code: str, length: int) -> str:
    """A piece of a code as a term; it is longer than any pair of a name."""
    return f"p{code[:length]}"


def _end(code: str) -> str:
    return f"s{code[-SUFFIX:]}"


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
        # Initials are the last line; a name of Latin letters has initials that begin as it does.
        found = [("names", f"\n{self.text}" if self.single else self.text), ("codes", f"^{self.code}")]
        if len(self.text) >= SUFFIX:
            found.append(("codes", f"{self.code}$"))
        return tuple(found)

    @property
    def exact(self) -> bool:
        """Whether terms alone tell: whoever holds all terms of a set passes a test."""
        return len(self.text) <= _PAIR

    @property
    def single(self) -> bool:
        """Whether it is one letter or digit, which only stands for a beginning."""
        return len(self.text) == 1 and self.text.isascii()

    @property
    def alternatives(self) -> tuple[frozenset[str], ...]:
        """Sets of terms; a document that passes a test holds all terms of at least one set."""
        text, code = self.text, self.code
        if self.single:
            return frozenset([_initial(text)]), frozenset([_first(code)])
        if len(text) == 1:
            return (frozenset(text),)
        longest = max(length for length in PREFIXES if length <= len(code))
        found = [frozenset(map(add, text, text[1:])), frozenset([_beginning(code, longest)])]
        if len(text) >= SUFFIX:
            found.append(frozenset([_end(code)]))
        return tuple(found)


def words_of(text: str) -> list[Word] | None:
    """The words to look for, each once; None when something was typed of which nothing counts.

    Of very many words only the first are looked for (`limits`), as in every register.
    """
    folded = dict.fromkeys(
        word for word in map(normalise, text.split()[: limits.limit("search_words")]) if word
    )
    if not folded and text.strip():
        return None
    return [Word(word) for word in folded]
