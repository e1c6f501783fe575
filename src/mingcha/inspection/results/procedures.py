"""The short procedures inside a record: attempts to reach the firm, and checks of what looked abnormal (S9).

    attempt:<id>:day|way|outcome      `<id>` of a new one is new1, new2 … until it is kept
    attempt:<id>:struck               it does not count: entered by mistake
    attempt:<id>:proof|sha256         the file of a new one
    check:<kind>:reason|people|contracts|insured|arrears|explanation|verified|conclusion

Until they are submitted they are rows (`services.proving`); from then on the record says what holds, a
correction changes it, and the rows follow (`services.procedures`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base import clock
from mingcha.inspection.form.fields import MOST_PERSONS, Field, is_day, is_long_text
from mingcha.inspection.models import AbnormalCheck, ContactAttempt, Inspection
from mingcha.inspection.results.reasons import OF_CHECKS, reasons_of
from mingcha.web.text import Text

#: An attempt or a check as a record has it.
Line = Mapping[str, Any]
ATTEMPT, CHECK, NEW = "attempt", "check", "new"
#: Begins the id of an attempt that a record has and no row any more.
GONE: Final = "gone"
ATTEMPT_PARTS: Final = ("day", "way", "outcome", "struck")
HEADS: Final = ("people", "contracts", "insured")
CHECK_PARTS: Final = ("reason", *HEADS, "arrears", "explanation", "verified", "conclusion")
#: Which figures a kind of check looks at.
FIGURES: Final[Mapping[str, tuple[str, ...]]] = {
    AbnormalCheck.Kind.BUSINESS: (),
    AbnormalCheck.Kind.LABOUR: ("people", "contracts"),
    AbnormalCheck.Kind.INSURANCE: ("people", "insured", "arrears"),
}
WAYS: Final[Mapping[str, Any]] = dict(ContactAttempt.Way.choices)
KINDS: Final[Mapping[str, Any]] = dict(AbnormalCheck.Kind.choices)
CONCLUSIONS: Final[Mapping[str, Any]] = dict(AbnormalCheck.Conclusion.choices)
#: Without them there is no check at all.
_NEEDED: Final = ("reason", "explanation", "verified", "conclusion")
_MOST_FEN = 10**15


def codes_of(words: Mapping[str, Any]) -> dict[str, str]:
    """Word → code."""
    return {str(word): code for code, word in words.items()}


def is_field(name: str) -> bool:
    """Whether a field of a correction is of a short procedure."""
    return name.partition(":")[0] in (ATTEMPT, CHECK)


def parts_of(kind: str) -> tuple[str, ...]:
    """What a check of this kind says."""
    return tuple(part for part in CHECK_PARTS if part not in (*HEADS, "arrears") or part in FIGURES[kind])


def fields_of(attempts: Iterable[Line], new: int) -> dict[str, Field]:
    """Name → field of everything that can be corrected, with places for so many new attempts."""
    ids = [one["id"] for one in attempts]
    found: dict[str, Field] = {}
    for place, key in enumerate([*ids, *(f"{NEW}{number}" for number in range(1, new + 1))], start=1):
        parts = ATTEMPT_PARTS if key in ids else (*ATTEMPT_PARTS[:-1], "proof", "sha256")
        found |= {f"{ATTEMPT}:{key}:{part}": _attempt_field(part, place) for part in parts}
    for kind in KINDS:
        found |= {f"{CHECK}:{kind}:{part}": _check_field(kind, part) for part in parts_of(kind)}
    return found


def _attempt_field(part: str, place: int) -> Field:
    label = _("第 %(n)d 次联系的%(what)s") % {"n": place, "what": attempt_words(part)}
    if part == "day":
        return Field(label, is_day, _("日期，如 2026-11-23"))
    if part == "way":
        return Field(label, lambda value: value in WAYS, "、".join(map(str, WAYS.values())), WAYS)
    if part == "struck":
        return Field(label, lambda value: value is True, _("是或不填"))
    if part == "proof":
        return Field(label, lambda value: isinstance(value, int), _("上传的凭证"))
    return Field(label, is_long_text, _("文字"))


def _check_field(kind: str, part: str) -> Field:
    label = _("%(kind)s核查的%(what)s") % {"kind": KINDS[kind], "what": CHECK_WORDS[part]}
    if part in HEADS:
        return Field(
            label,
            lambda value: type(value) is int and 0 <= value <= MOST_PERSONS,
            _("人数，0 至 999999 的整数"),
        )
    if part == "arrears":
        return Field(label, lambda value: type(value) is int and 0 <= value <= _MOST_FEN, _("金额"))
    if part == "conclusion":
        words = "、".join(map(str, CONCLUSIONS.values()))
        return Field(label, lambda value: value in CONCLUSIONS, words, CONCLUSIONS)
    if part == "reason":
        known = {word: word for word in reasons_of(OF_CHECKS[kind])}
        return Field(label, lambda value: value in known, "、".join(known), known)
    return Field(label, is_long_text, _("文字"))


def attempt_words(part: str) -> str:
    """What a part of an attempt is called."""
    return {
        "day": _("日期"),
        "way": _("方式"),
        "outcome": _("经过"),
        "struck": _("登记有误，不作数"),
        "proof": _("凭证"),
        "sha256": _("凭证的摘要"),
    }[part]


#: What a part of a check is called.
CHECK_WORDS: Final[Mapping[str, Text]] = {
    "reason": gettext_lazy("情形"),
    "people": gettext_lazy("实际在岗人数"),
    "contracts": gettext_lazy("签订劳动合同人数"),
    "insured": gettext_lazy("参保人数"),
    "arrears": gettext_lazy("欠缴社会保险费（元）"),
    "explanation": gettext_lazy("企业的说明"),
    "verified": gettext_lazy("核实情况"),
    "conclusion": gettext_lazy("结论"),
}


def read(attempts: Sequence[Line], checks: Sequence[Line], name: str) -> Any:
    """What a field holds in the record, None for nothing."""
    group, key, part = name.split(":")
    rows, by = (attempts, "id") if group == ATTEMPT else (checks, "kind")
    return next((one.get(part) for one in rows if one.get(by) == key), None)


def corrected(
    attempts: Sequence[Line], checks: Sequence[Line], proposed: Mapping[str, Any]
) -> tuple[list[Line], list[Line]]:
    """Both lists with these fields read otherwise: struck attempts gone, new ones and new checks added."""
    tried = {one["id"]: dict(one) for one in attempts}
    looked = {one["kind"]: dict(one) for one in checks}
    for name, value in proposed.items():
        group, key, part = name.split(":")
        if group == ATTEMPT:
            tried.setdefault(key, {"id": key})[part] = value
        else:
            looked.setdefault(key, {"kind": key} | dict.fromkeys(CHECK_PARTS))[part] = value
    kept = [one for one in tried.values() if not one.get("struck")]
    return sorted(kept, key=lambda one: str(one.get("day"))), list(looked.values())


def listed_on(inspection: Inspection) -> date:
    """The day since which the visit is listed: no attempt to reach the firm for it is older."""
    return clock.day_of(inspection.created_at)


def lacking(attempts: Iterable[Line], checks: Iterable[Line], begun: date, today: date) -> Iterator[str]:
    """What is not whole in them, each in words; a visit was listed on the day `begun`."""
    for one in attempts:
        if not all(one.get(part) for part in ("day", "way", "outcome", "sha256")):
            yield _("联系情况的日期、方式、经过和凭证要写全")
        elif not begun.isoformat() <= one["day"] <= today.isoformat():
            yield _("联系日期 %(day)s 不在检查列出（%(begun)s）以后、今天以前") % {
                "day": one["day"],
                "begun": begun.isoformat(),
            }
    for one in checks:
        if not all(one.get(part) for part in _NEEDED):
            yield _("%(kind)s核查的情形、企业的说明、核实情况和结论要写全") % {
                "kind": KINDS.get(one["kind"], one["kind"])
            }


def figures_of(check: Line) -> Iterator[tuple[str, str]]:
    """What a check says, as it is read, without its kind and reason."""
    for part in CHECK_PARTS[1:]:
        if check.get(part) is not None:
            yield str(CHECK_WORDS[part]), said(part, check[part])


def said(part: str, value: Any) -> str:
    """A value as people read it; a code that is no longer known reads as itself."""
    if value is None:
        return ""
    if part == "arrears":
        return f"{value / 100:,.2f}"
    if part == "struck":
        return _("是")
    words = {"way": WAYS, "conclusion": CONCLUSIONS}.get(part, {})
    return str(words.get(value, value))


def rows_of(attempts: Sequence[Line], checks: Sequence[Line]) -> Iterator[dict[str, str]]:
    """Everything in them that a correction may change, one row a field."""
    for place, one in enumerate(attempts, start=1):
        for part in ATTEMPT_PARTS[:-1]:
            yield {
                "field": f"{ATTEMPT}:{one.get('id', place)}:{part}",
                "what": _("联系情况的%(what)s") % {"what": attempt_words(part)},
                "said": said(part, one.get(part)),
            }
    for one in checks:
        for part in CHECK_PARTS:
            yield {
                "field": f"{CHECK}:{one['kind']}:{part}",
                "what": _("%(kind)s核查的%(what)s")
                % {"kind": KINDS.get(one["kind"], one["kind"]), "what": CHECK_WORDS[part]},
                "said": said(part, one.get(part)),
            }
