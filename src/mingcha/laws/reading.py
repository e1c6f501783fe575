"""Reading the plain text of a law: title, history, chapters, articles.

    reading = read(text)
    reading.articles[0].label          # 第一条
    reading.problems                   # what to look at before it is taken over, by line

The text is what is printed, one paragraph a line: pasted from a web page, or the lines of a file. `#`
before a heading and `<!-- … -->` are understood and may be missing. A document without articles whose
parts are numbered 一、二、… is read by those parts. Nothing here touches the database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from mingcha.kernel.chinese_numbers import NUMERAL, read_number, written_number
from mingcha.kernel.citations import article_label

#: Zero-width marks that web pages leave in texts go; brackets become those of the official print, so that
#: two copies of one text do not differ by their typing.
_TIDIED: dict[int, str | None] = {
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\ufeff\u2060")),
    ord("("): "（",
    ord(")"): "）",
}
_ARTICLE = re.compile(
    rf"第(?P<number>{NUMERAL})条(?:之(?P<suffix>[一二三四五六七八九十]+))?(?P<gap>\s*)(?P<body>.*)"
)
_HEADING = re.compile(rf"第(?:{NUMERAL})(?P<level>[编章节])(?:\s+|(?=\S))(?P<title>.+)")
_NUMBERED = re.compile(r"(?P<number>[一二三四五六七八九十]+)(?:、\s*(?P<title>.*)|)")
_APPENDIX = re.compile(r"附[录件](?:[一二三四五六七八九十\d]*)\s*[:：]?")
_CONTENTS = re.compile(r"目\s*录")
_HISTORY = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月|[〔\[（(]\d{4}[〕\]）)]")
#: What goes on where no article begins: "第十七条规定的…", "第七条、第八条…".
_GOES_ON = re.compile(r"[第规、至或和及的所中款项，,。；]")
_MARK = "<!-- INFO END -->"
_LONGEST_HEADING = 40


@dataclass(frozen=True)
class Problem:
    """What a reader should look at: the line of the text, and what is odd there."""

    line: int
    text: str
    #: The text cannot be taken over as it is.
    fatal: bool = False


@dataclass
class ReadArticle:
    """One article as read; `paragraphs` are its lines."""

    number: int
    suffix: int
    line: int
    part: str = ""
    chapter: str = ""
    section: str = ""
    heading: str = ""
    paragraphs: list[str] = field(default_factory=list)

    @property
    def body(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def code(self) -> str:
        """17, or 17.1 for 第十七条之一."""
        return f"{self.number}.{self.suffix}" if self.suffix else str(self.number)

    @property
    def label(self) -> str:
        return article_label(self.number, self.suffix)


@dataclass
class Reading:
    """What a text says of itself, and its articles in order.

    `numbered_parts` tells that it has no articles and was read by its parts 一、二、….
    """

    title: str = ""
    history: list[str] = field(default_factory=list)
    preamble: list[str] = field(default_factory=list)
    articles: list[ReadArticle] = field(default_factory=list)
    appendix: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    numbered_parts: bool = False

    @property
    def usable(self) -> bool:
        """Whether it can be taken over at all."""
        return not any(problem.fatal for problem in self.problems)


@dataclass(frozen=True)
class _Line:
    number: int
    text: str
    marked: bool


def read(text: str) -> Reading:
    """Read a law; what is odd stands in `problems`, by line."""
    lines = list(_lines(text))
    reading = Reading()
    if lines:
        reading.title = lines[0].text.strip("《》")
    body = _head(lines[1:], reading)
    if any(_is_article(line.text, None) for line in body):
        _read_articles(body, reading)
    else:
        reading.numbered_parts = True
        _read_parts(body, reading)
    _check(reading)
    return reading


def _lines(text: str) -> list[_Line]:
    found = []
    for number, raw in enumerate(text.translate(_TIDIED).splitlines(), start=1):
        stripped = raw.strip(" \t\u3000\u00a0")
        plain = stripped.lstrip("#").strip(" \t\u3000\u00a0")
        if plain:
            found.append(_Line(number, plain, stripped.startswith("#")))
    return found


def _head(lines: list[_Line], reading: Reading) -> list[_Line]:
    """Take the lines before the first heading or article; with the mark, those before it are the history."""
    marked = next((place for place, line in enumerate(lines) if line.text == _MARK), None)
    if marked is not None:
        reading.history = [line.text for line in lines[:marked]]
        lines = lines[marked + 1 :]
    for place, line in enumerate(lines):
        if _CONTENTS.fullmatch(line.text):
            continue
        if _heading(line) or _is_article(line.text, None) or _part(line):
            return lines[place:]
        into = reading.history if _HISTORY.search(line.text) and marked is None else reading.preamble
        into.append(line.text)
    return []


def _read_articles(lines: list[_Line], reading: Reading) -> None:
    where = {"编": "", "章": "", "节": ""}
    current: ReadArticle | None = None
    for place, line in enumerate(lines):
        heading = _heading(line)
        if heading:
            level, title = heading
            where[level] = title
            for below in "编章节"["编章节".index(level) + 1 :]:
                where[below] = ""
            continue
        if current is not None and _APPENDIX.fullmatch(line.text):
            reading.appendix = [after.text for after in lines[place:]]
            return
        found = _is_article(line.text, current)
        if found is not None:
            current = ReadArticle(
                number=read_number(found["number"]),
                suffix=read_number(found["suffix"]) if found["suffix"] else 0,
                line=line.number,
                part=where["编"],
                chapter=where["章"],
                section=where["节"],
            )
            reading.articles.append(current)
            if found["body"].strip():
                current.paragraphs.append(found["body"].strip())
        elif current is not None:
            current.paragraphs.append(line.text)


def _read_parts(lines: list[_Line], reading: Reading) -> None:
    current: ReadArticle | None = None
    for line in lines:
        found = _part(line)
        if found is not None:
            title = (found["title"] or "").strip()
            is_heading = line.marked or (len(title) <= _LONGEST_HEADING and "。" not in title)
            current = ReadArticle(
                number=read_number(found["number"]),
                suffix=0,
                line=line.number,
                heading=title if is_heading else "",
                paragraphs=[] if is_heading else [title],
            )
            reading.articles.append(current)
        elif current is not None:
            current.paragraphs.append(line.text)


def _heading(line: _Line) -> tuple[str, str] | None:
    """(编 | 章 | 节, the heading as printed), or None."""
    found = _HEADING.fullmatch(line.text)
    if found is None or len(line.text) > _LONGEST_HEADING or "。" in line.text:
        return None
    start = line.text[: found.start("title")].strip()
    # 总 则 and 第一章　总则 are printed with blanks for the eye only.
    title = re.sub(r"(?<=[\u4e00-\u9fff])[\s\u3000]+(?=[\u4e00-\u9fff])", "", found["title"].strip())
    return found["level"], f"{start} {title}"


def _is_article(text: str, former: ReadArticle | None) -> re.Match[str] | None:
    """The beginning of an article; a sentence that only begins with the name of one is none.

    A blank follows the name of an article. Where it is missing, the number must be the next one and the
    words must not go on like "第十七条规定的…".
    """
    found = _ARTICLE.fullmatch(text)
    if found is None or found["gap"] or not found["body"]:
        return found
    is_next = former is None or read_number(found["number"]) == former.number + 1 or bool(found["suffix"])
    return found if is_next and not _GOES_ON.match(found["body"]) else None


def _part(line: _Line) -> re.Match[str] | None:
    """一、…, or a marked heading that is only a number."""
    found = _NUMBERED.fullmatch(line.text)
    return found if found is not None and (found["title"] is not None or line.marked) else None


def _check(reading: Reading) -> None:
    if not reading.title:
        reading.problems.append(Problem(1, _("没有文字"), fatal=True))
    elif not reading.articles:
        wanted = _("没有找到条文：每一条应另起一行，以“第一条”的样式开头")
        reading.problems.append(Problem(1, wanted, fatal=True))
    seen: set[str] = set()
    expected = ["1"]
    for article in reading.articles:
        name = _name_of(article.code, reading.numbered_parts)
        if article.code in seen:
            reading.problems.append(Problem(article.line, _("%s出现了两次") % name, fatal=True))
        elif article.code not in expected:
            words = {"wanted": _name_of(expected[0], reading.numbered_parts), "found": name}
            odd = _("此处应为%(wanted)s，却是%(found)s") % words
            reading.problems.append(Problem(article.line, odd))
        if not article.body and not article.heading:
            reading.problems.append(Problem(article.line, _("%s没有内容") % name))
        seen.add(article.code)
        expected = [str(article.number + 1), f"{article.number}.{article.suffix + 1}"]


def _name_of(code: str, numbered_parts: bool) -> str:
    number, _dot, suffix = code.partition(".")
    if numbered_parts:
        return _("第%s部分") % written_number(int(number))
    return article_label(int(number), int(suffix or 0))
