"""Citations of law: 《劳动合同法》第十七条第一款第（三）项.

`parse` finds every citation in a text that people have written, in Chinese or Arabic figures, with or
without the marks around the name of the law; `str()` of one is its official form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mingcha.kernel.chinese_numbers import NUMERAL, read_number, written_number

__all__ = ["Citation", "article_label", "parse"]


@dataclass(frozen=True, order=True)
class Citation:
    """One place in a law: article (条), and within it paragraph (款) and clause (项) where they are named.

    law        as it was cited, without 《》; empty where the text names none
    suffix     1 for 第十七条之一; 0 for the article itself
    paragraph  0 for the article as a whole
    clause     0 for the paragraph as a whole
    """

    law: str
    article: int
    suffix: int = 0
    paragraph: int = 0
    clause: int = 0

    def __post_init__(self) -> None:
        if self.article < 1 or min(self.suffix, self.paragraph, self.clause) < 0:
            raise ValueError(f"not a place in a law: {self.article}, {self.paragraph}, {self.clause}")

    @property
    def article_code(self) -> str:
        """The article as "17" or "17.1", for keys and anchors."""
        return f"{self.article}.{self.suffix}" if self.suffix else str(self.article)

    @property
    def place(self) -> str:
        """The place without the law: 第十七条第一款第（三）项."""
        written = article_label(self.article, self.suffix)
        if self.paragraph:
            written += f"第{written_number(self.paragraph)}款"
        if self.clause:
            written += f"第（{written_number(self.clause)}）项"
        return written

    def __str__(self) -> str:
        return f"《{self.law}》{self.place}" if self.law else self.place


def article_label(number: int, suffix: int = 0) -> str:
    """第十七条, or 第十七条之一 with suffix 1."""
    label = f"第{written_number(number)}条"
    return f"{label}之{written_number(suffix)}" if suffix else label


_LEVELS = {"条": 1, "款": 2, "项": 3}
_ATOM = rf"(?:[（(]\s*(?:{NUMERAL})\s*[）)]|(?:{NUMERAL}))"
_TO = "[至到~－—–-]+"
_TOKEN = re.compile(
    # 《…》, and names that themselves hold 〈…〉 or <…>
    r"《(?P<law>[^《》]+)》"
    # 第十七条之一, 第14、67条, 第3和第4项, 第七至九条
    rf"|第\s*(?P<numbers>{_ATOM}(?:\s*(?:[、,，和及或]|以及|{_TO})\s*第?\s*{_ATOM})*)\s*"
    rf"(?P<level>[条款项])(?:之(?P<suffix>[一二三四五六七八九十]+|[0-9]{{1,2}}))?"
    # （一）项, and （一） right after an article or paragraph
    r"|[（(](?P<bare>[一二三四五六七八九十]{1,3}|[0-9]{1,2}(?=[）)]\s*项))[）)]\s*项?"
)
_ATOMS = re.compile(rf"(?P<to>{_TO})|(?P<number>{NUMERAL})")
_RANGE = re.compile(rf"\s*{_TO}\s*\Z")
_JOINED = re.compile(r"\s*的?\s*\Z")
_ENDINGS = "法|条例|规定|办法|细则|决定|规则|通知|意见|解释"
_NAME = re.compile(rf"(?P<name>[^《》，。；;、：:（()）\s]*(?:{_ENDINGS}))\s*(?:[（(][^（()）]*[）)])?\s*\Z")
_LEADING = re.compile(r"(?:依据|根据|按照|依照|参照|违反|适用|以及|或者|[和及与或的为是])")
_JOINT = re.compile(r"(?<=[法例定则])(?:以及|或者|[和及与])")
#: Words that point back at a law that was named before.
_SAME = re.compile(r"[本该同上前述]{0,3}(?:法律?|条例|规定|办法|细则|决定|规则|通知|意见|解释)")


def parse(text: str) -> list[Citation]:
    """Every citation in `text`, in order; none for a text without any.

    Lists ("第十七条、第十九条") and ranges ("第七条至第二十条") become one citation an article; a range does
    not know of articles such as 第七条之一. A law that is named once holds until another one is named.
    """
    found: list[Citation] = []
    # `here` is the place that a 款 or 项 belongs to; another law takes it away.
    here: Citation | None = None
    law, end, level = "", 0, 0
    for token in _TOKEN.finditer(text):
        between = text[end : token.start()]
        if token["law"]:
            law, here, end, level = _bare(token["law"]), None, token.end(), 0
            continue
        depth = _LEVELS[token["level"]] if token["level"] else 3
        joined = level > 0 and bool(_JOINED.match(between))
        if (depth > 1 and here is None) or (token["bare"] and not joined):
            continue
        if depth == 1:
            law = _named(between) or law
        if joined and depth > max(level, 1):
            # 第十七条 was only the beginning of 第十七条第一款.
            found.pop()
        base = here if here is not None and depth > 1 else Citation(law, 1)
        ranged = here is not None and depth == level and bool(_RANGE.match(between))
        start = _number_at(here, depth) + 1 if here is not None and ranged else None
        suffix = read_number(token["suffix"]) if token["suffix"] else 0
        for number in _numbers(token["numbers"] or token["bare"], start):
            here = _at(base, depth, number, suffix)
            found.append(here)
        end, level = token.end(), depth
    return found


def _numbers(text: str, start: int | None) -> Iterator[int]:
    """The numbers of "14、67" or "七至九"; with `start`, the range that began there is filled up."""
    last, ranged = start, start is not None
    for atom in _ATOMS.finditer(text):
        if atom["to"]:
            last, ranged = (last or 0) + 1, True
            continue
        number = read_number(atom["number"])
        if ranged and last is not None and last < number:
            yield from range(last, number)
        yield number
        last, ranged = number, False


def _number_at(citation: Citation, depth: int) -> int:
    return (citation.article, citation.paragraph, citation.clause)[depth - 1]


def _at(base: Citation, depth: int, number: int, suffix: int) -> Citation:
    if depth == 1:
        return Citation(base.law, number, suffix)
    if depth == 2:
        return replace(base, paragraph=number, clause=0)
    return replace(base, clause=number)


def _bare(name: str) -> str:
    """The name of a law without blanks and inner marks: <劳动合同法>实施条例 is 劳动合同法实施条例."""
    return re.sub(r"[\s<>〈〉]", "", name)


def _named(between: str) -> str:
    """The law that stands without 《》 right before 第…条; empty when none does."""
    found = _NAME.search(between)
    if found is None:
        return ""
    name = _JOINT.split(found["name"])[-1]
    while (leading := _LEADING.match(name)) is not None:
        name = name[leading.end() :]
    return "" if _SAME.fullmatch(name) else name
