"""The fields of a form: their names, their words, and what they may hold.

point:<check point>:answer|facts|persons|amount|value
item:<item version>:result|note
present:name|post|phone
told:certificates|rights|recusal|notice|notice_how
firm:statement|agrees
sign:firm|refused|witness|<inspector>
record:on_paper
result:category|reasons|reason
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.inspection.models import EntryPerson, Inspection
from mingcha.inspection.selectors import with_people
from mingcha.items.models import CheckPoint, ItemVersion
from mingcha.items.vocabulary import Answer, Result
from mingcha.kernel.forms import Scalar
from mingcha.kernel.refusal import Refusal, gettext_noop
from mingcha.registry.models import Inspector
from mingcha.web.text import Text

#: The device of whoever copies a handwritten record; no phone calls itself so.
DESK: Final = "desk"
OK, BAD, NA = "ok", "bad", "na"
ANSWERS: Final[Mapping[str, Text]] = {
    OK: gettext_lazy("符合"),
    BAD: gettext_lazy("不符合"),
    NA: gettext_lazy("不适用"),
}
YES, NO, PARTLY, NONE, ASKED = "yes", "no", "partly", "none", "asked"
TOLD: Final[Mapping[str, Text]] = {YES: gettext_lazy("已告知"), NO: gettext_lazy("没有告知")}
SHOWN: Final[Mapping[str, Text]] = {YES: gettext_lazy("已出示"), NO: gettext_lazy("没有出示")}
RECUSAL: Final[Mapping[str, Text]] = {
    NONE: gettext_lazy("不申请回避"),
    ASKED: gettext_lazy("申请回避"),
}
#: How the notice came to the firm. At the door, where the code was shown or the licence scanned, goes without
#: saying (`reading.form_of`).
AT_DOOR, BEFORE, NOT_SERVED = "door", "before", "none"
SERVED: Final[Mapping[str, Text]] = {
    AT_DOOR: gettext_lazy("当场出示并交付"),
    BEFORE: gettext_lazy("此前已送达"),
    NOT_SERVED: gettext_lazy("没有出具"),
}
AGREES: Final[Mapping[str, Text]] = {
    YES: gettext_lazy("属实"),
    PARTLY: gettext_lazy("部分属实"),
    NO: gettext_lazy("不属实"),
}
#: Persons, at most what the register of subjects knows of.
MOST_PERSONS = 999_999
LONGEST, LINE = 4000, 200
_AMOUNT = re.compile(r"(0|[1-9]\d{0,12})\.\d\d")
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,12})(\.\d{1,4})?")
#: What no text holds: control characters but tab and line feed, and halves of characters.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

Check = Callable[[Scalar], bool]


@dataclass(frozen=True)
class Field:
    """A field that this form has: its words, what it accepts, and how that is told to who typed otherwise.

    `choices` are the words of its codes, where it has codes.
    """

    label: str
    accepts: Check
    expected: str
    choices: Mapping[str, Text] = field(default_factory=dict)

    def words(self, value: Scalar) -> str:
        """A value as people read it."""
        return _("（空）") if value in (None, "") else str(self.choices.get(str(value), value))


@dataclass(frozen=True)
class Layout:
    """What an inspection asks: its items with their points, and its team, 主检 first.

    `came` are the ids of those who were there: who was not, signs nothing. Empty before the entry.
    """

    versions: tuple[ItemVersion, ...]
    points: tuple[CheckPoint, ...]
    team: tuple[Inspector, ...]
    came: frozenset[int] = frozenset()

    @property
    def signers(self) -> tuple[Inspector, ...]:
        """Who of the team signs the record."""
        return tuple(one for one in self.team if not self.came or one.pk in self.came)

    def points_of(self, version: ItemVersion) -> tuple[CheckPoint, ...]:
        return tuple(point for point in self.points if point.version_id == version.pk)

    @property
    def lead(self) -> Inspector | None:
        """主检: decides where two values stand."""
        return self.team[0] if self.team else None

    def number_of(self, point: CheckPoint) -> int:
        """Its number on this form, from 1 through all items."""
        return self.points.index(point) + 1


def layout_of(inspection: Inspection) -> Layout:
    """What this inspection asks, in a fixed number of queries."""
    found = with_people(Inspection.objects.filter(pk=inspection.pk)).get()
    items = inspection.items.select_related("version__item").order_by("version__item__code")
    versions = tuple(one.version for one in items)
    points = CheckPoint.objects.filter(version__in=[version.pk for version in versions])
    order = {version.pk: place for place, version in enumerate(versions)}
    asked = sorted(points, key=lambda point: (order[point.version_id], point.position))
    came = EntryPerson.objects.filter(entry__inspection=inspection.pk).values_list("inspector", flat=True)
    return Layout(versions, tuple(asked), tuple(found.team), frozenset(came))


def fields_of(layout: Layout) -> dict[str, Field]:
    """Every field of the form by name. What is not among them is not on this form."""
    made: dict[str, Field] = {}
    for number, point in enumerate(layout.points, start=1):
        made.update(_point_fields(point, _("第 %(number)d 项“%(question)s”") % _asked(number, point)))
    for version in layout.versions:
        made[f"item:{version.pk}:result"] = _choice(_("%(item)s的结果") % {"item": version.name}, _RESULTS)
        made[f"item:{version.pk}:note"] = _text(_("%(item)s的说明") % {"item": version.name})
    for person in layout.team:
        made[f"sign:{person.pk}"] = _evidence(_("%(name)s的签名") % {"name": person.name})
    return made | _common_fields()


def check(known: Mapping[str, Field], name: str, value: Scalar) -> Refusal | None:
    """Why a value cannot stand in a field, None when it can. None, for erased, can stand everywhere."""
    asked = known.get(name)
    if asked is None:
        return Refusal(
            "form.no_field",
            gettext_noop("这次检查的表上没有这一栏：%(name)s"),
            _BASIS,
            gettext_noop("请重新预载这次检查；原来填写的内容可以下载保存"),
            {"name": name[:60]},
        )
    if value is None or asked.accepts(value):
        return None
    return Refusal(
        "form.value",
        gettext_noop("“%(label)s”填写的内容不能用"),
        _BASIS,
        gettext_noop("应填：%(expected)s"),
        {"label": asked.label, "expected": asked.expected},
    )


def served_text(code: str, how: str, entered: str) -> str:
    """How the notice was served, in words; `entered` is when they came in, and served it at the door."""
    at_door = _("入企时 %(at)s") % {"at": entered} if code == AT_DOOR and entered else ""
    more = "；".join(part for part in (at_door, how.strip()) if part)
    return f"{SERVED[code]}（{more}）" if more else str(SERVED[code])


_BASIS = gettext_noop("本局方案二（三）3：事实清楚、证据确凿")
_RESULTS: Final[Mapping[str, Text]] = {code: Result(code).label for code in Result.values}


def _asked(number: int, point: CheckPoint) -> dict[str, object]:
    return {"number": number, "question": point.question}


def _point_fields(point: CheckPoint, label: str) -> dict[str, Field]:
    about = f"point:{point.pk}"
    made = {
        f"{about}:answer": _choice(label, ANSWERS),
        f"{about}:facts": _text(_("%(point)s的事实") % {"point": label}),
        f"{about}:persons": Field(
            _("%(point)s的人数") % {"point": label}, _is_count, _("人数，0 至 999999 的整数")
        ),
        f"{about}:amount": Field(_("%(point)s的金额") % {"point": label}, _is_amount, _("元，如 1234.50")),
    }
    if point.answer != Answer.YES_NO:
        made[f"{about}:value"] = _value_field(point, label)
    return made


def _value_field(point: CheckPoint, label: str) -> Field:
    label = _("%(point)s的答案") % {"point": label}
    if point.answer == Answer.CHOICE:
        return _choice(label, {line: line for line in point.choice_lines})
    if point.answer == Answer.COUNT:
        return Field(label, _is_count, _("0 至 999999 的整数"))
    if point.answer == Answer.MONEY:
        return Field(label, _is_amount, _("元，如 1234.50"))
    if point.answer == Answer.NUMBER:
        return Field(label, _is_number, _("数字，如 12 或 0.5"))
    if point.answer == Answer.DATE:
        return Field(label, is_day, _("日期，如 2026-11-23"))
    return _text(label)


def _common_fields() -> dict[str, Field]:
    return {
        "present:name": _line(_("在场人姓名")),
        "present:post": _line(_("在场人职务")),
        "present:phone": _line(_("在场人电话")),
        "told:certificates": _choice(_("出示执法证件"), SHOWN),
        "told:rights": _choice(_("告知权利义务"), TOLD),
        "told:recusal": _choice(_("是否申请回避"), RECUSAL),
        "told:notice": _choice(_("检查通知书的送达"), SERVED),
        "told:notice_how": _line(_("送达的时间、方式，或者没有出具的原因")),
        "firm:statement": _text(_("被检查单位的陈述")),
        "firm:agrees": _choice(_("对记录的意见"), AGREES),
        "sign:firm": _evidence(_("被检查单位的签名")),
        "sign:refused": _text(_("拒绝签名的情况")),
        "sign:witness": _line(_("见证人")),
        "record:on_paper": _evidence(_("纸质笔录")),
        "result:category": _choice(_("检查结果"), _RESULTS),
        "result:reasons": _text(_("结果的情形"), 500),
        "result:reason": _text(_("结果的具体情形"), 500),
    }


def _choice(label: Text, choices: Mapping[str, Text]) -> Field:
    words = "、".join(str(text) for text in choices.values())
    return Field(str(label), lambda value: isinstance(value, str) and value in choices, words, choices)


def _text(label: str, longest: int = LONGEST) -> Field:
    expected = _("文字，不超过 %(longest)d 字，不含控制字符") % {"longest": longest}
    return Field(label, lambda value: _is_text(value, longest), expected)


def _line(label: str) -> Field:
    return _text(label, LINE)


def _evidence(label: str) -> Field:
    return Field(label, _is_uuid, _("已经登记的签名或照片"))


def _is_text(value: Scalar, longest: int) -> bool:
    return isinstance(value, str) and len(value) <= longest and not _UNPRINTABLE.search(value)


def is_long_text(value: Scalar) -> bool:
    """Whether it is a text of the longest kind, without control characters."""
    return _is_text(value, LONGEST)


def _is_count(value: Scalar) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_PERSONS


def _is_amount(value: Scalar) -> bool:
    return isinstance(value, str) and _AMOUNT.fullmatch(value) is not None


def _is_number(value: Scalar) -> bool:
    return isinstance(value, str) and _NUMBER.fullmatch(value) is not None


def is_day(value: Scalar) -> bool:
    """Whether it is a day, as in 2026-11-23."""
    try:
        return isinstance(value, str) and len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_uuid(value: Scalar) -> bool:
    try:
        return isinstance(value, str) and str(uuid.UUID(value)) == value
    except ValueError:
        return False
