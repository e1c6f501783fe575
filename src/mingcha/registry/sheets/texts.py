"""Plain texts, lists joined by 、, telephone numbers, yes and no, and words out of a fixed set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from mingcha.registry.sheets.model import Fault, Parse, Parsed
from mingcha.registry.sheets.normalise import clean, half_width, is_placeholder, name_form, tidy

_BETWEEN_CHINESE: Final = re.compile(r"(?<=[^\x00-\x7f]) +(?=[^\x00-\x7f])")
_SEPARATORS: Final = re.compile(r"[、,，;；/|\n]+|\s{2,}")
_PHONE: Final = re.compile(
    r"(?:\+?86[- ]?)?1[3-9]\d{9}"
    r"|(?:\(?0\d{2,3}\)?[- ]?)?[2-9]\d{6,7}(?:[-转]\d{1,6})?"
    r"|[48]00[- ]?\d{3}[- ]?\d{4}|123\d\d"
)
_YES: Final = frozenset(["是", "有", "y", "yes", "true", "1", "√", "✓", "✔", "对", "本局", "计入"])
_NO: Final = frozenset(["否", "无", "没有", "n", "no", "false", "0", "×", "✗", "非本局", "不计入", "不是"])


def parse_name(longest: int) -> Parse:
    """A name of at most `longest` characters; blanks between Chinese characters are dropped."""

    def parse(text: str) -> Parsed:
        name = tidy(text)
        if " " in name:
            name = _BETWEEN_CHINESE.sub("", name)
        if is_placeholder(name):
            return Parsed()
        if len(name) > longest:
            return Parsed("", (_too_long(len(name), longest),))
        return Parsed(name)

    return parse


def parse_text(longest: int, cut: bool = False) -> Parse:
    """A text of at most `longest` characters; `cut`: a longer one is shortened and warned about."""

    def parse(text: str) -> Parsed:
        kept = tidy(text)
        if is_placeholder(kept):
            return Parsed()
        if len(kept) > longest:
            if not cut:
                return Parsed("", (_too_long(len(kept), longest),))
            reason = _("共%(length)s个字，只保留前%(longest)s个字") % {
                "length": len(kept),
                "longest": longest,
            }
            return Parsed(kept[:longest], (Fault(reason),))
        return Parsed(kept)

    return parse


def parse_list(text: str) -> Parsed:
    """Several words in one cell, however separated, joined by 、 without repetition."""
    parts = (clean(part) for part in _SEPARATORS.split(text))
    return Parsed("、".join(dict.fromkeys(part for part in parts if not is_placeholder(part))))


def parse_phone(text: str) -> Parsed:
    """A telephone number, or several; what does not look like one is kept and warned about."""
    kept = half_width(clean(text))
    if is_placeholder(kept):
        return Parsed()
    if len(kept) > 60:
        return Parsed("", (_too_long(len(kept), 60),))
    parts = [part.strip() for part in re.split(r"[、,;/]|\s{1,}(?=[01])|或", kept) if part.strip()]
    if all(_PHONE.fullmatch(part) for part in parts):
        return Parsed("、".join(parts))
    return Parsed(kept, (Fault(_("不像电话号码，请核对")),))


def parse_yes_no(text: str) -> Parsed:
    """是/否 in the ways people write it: true, false, or nothing."""
    word = half_width(clean(text)).lower()
    if word in _YES or word in _NO:
        return Parsed(word in _YES)
    return Parsed() if is_placeholder(word) else Parsed("", (Fault(_("请填写“是”或“否”"), "error"),))


def parse_choice(words: Mapping[str, str], allowed: str, unknown: str = "error") -> Parse:
    """A word of a fixed set. `words` maps what people write (in `name_form`) to what is stored.

    Whole words come first; then the longest word that is part of the text. `allowed` is told to the reader;
    `unknown` is the severity of a word that nobody knows.
    """
    by_length = sorted(words, key=len, reverse=True)

    def parse(text: str) -> Parsed:
        cleaned = clean(text)
        word = name_form(cleaned)
        if word in words:
            return Parsed(words[word])
        if is_placeholder(cleaned):
            return Parsed()
        for known in by_length:
            if len(known) > 1 and known in word:
                return Parsed(words[known])
        reason = _("不是已知的填法，可填：%(allowed)s") % {"allowed": allowed}
        return Parsed("", (Fault(reason, "error" if unknown == "error" else "warning"),))

    return parse


def choice_words(meanings: Mapping[str, str]) -> dict[str, str]:
    """Stored value → words separated by blanks, turned round for `parse_choice`."""
    return {name_form(word): value for value, words in meanings.items() for word in (value, *words.split())}


def _too_long(length: int, longest: int) -> Fault:
    params = {"length": length, "longest": longest}
    return Fault(_("共%(length)s个字，最多%(longest)s个字，请核对是否错列") % params, "error")
