"""What two versions of an item differ in, told in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.items.content import Content, Exemption, Material, Outcome, Point
from mingcha.items.vocabulary import Answer, Body, Manner, Result, Way, labels
from mingcha.registry.models import Subject
from mingcha.web.text import Text


@dataclass(frozen=True)
class Difference:
    """One thing that changed; `before` or `after` is empty where it came or went."""

    what: str
    before: str
    after: str


def differences(old: Content, new: Content) -> list[Difference]:
    """Everything in which the new content differs from the old one, in the order of the page."""
    found = [
        Difference(str(label), shown(old), shown(new)) for label, shown in _FACTS if shown(old) != shown(new)
    ]
    found += _lists(gettext("检查依据"), old.bases, new.bases, str)
    found += _lists(gettext("检查要点"), old.points, new.points, point_text)
    found += _lists(gettext("材料"), old.materials, new.materials, material_text)
    found += _lists(gettext("检查结果与处置"), old.outcomes, new.outcomes, outcome_text)
    found += _lists(gettext("容错情形"), old.exemptions, new.exemptions, exemption_text)
    found += _lists(gettext("原文未入库的依据"), old.unverified, new.unverified, str)
    return found


_FACTS: tuple[tuple[Text, Callable[[Content], str]], ...] = (
    (_("事项名称"), lambda c: c.name),
    (_("抽查类别"), lambda c: c.family),
    (_("事项类别"), lambda c: gettext("重点检查事项") if c.key else gettext("一般检查事项")),
    (_("检查对象类型"), lambda c: labels(Subject.Kind, c.kinds)),
    (_("检查对象说明"), lambda c: c.kinds_note),
    (_("检查方式"), lambda c: labels(Manner, c.manners)),
    (_("所需业务专长"), lambda c: c.specialty),
    (_("执法主体"), lambda c: f"{c.body_name}（{labels(Body, [c.body])}）"),
    (_("年度频次上限（次）"), lambda c: str(c.cap or "")),
    (_("抽查比例和频次说明"), lambda c: c.ratio_note),
)


def point_text(point: Point) -> str:
    """A check point in full."""
    lines = [
        point.question,
        gettext("标准：%(text)s") % {"text": point.standard},
        gettext("回答：%(text)s") % {"text": labels(Answer, [point.answer])},
        gettext("依据：%(text)s") % {"text": "、".join(point.bases)},
        gettext("后果：%(text)s") % {"text": point.consequence},
    ]
    if point.choices:
        lines.append(gettext("选项：%(text)s") % {"text": "；".join(point.choices)})
    if point.consequence_bases:
        lines.append(gettext("后果依据：%(text)s") % {"text": "、".join(point.consequence_bases)})
    if point.off_site:
        lines.append(gettext("凭数据即可核查"))
    return "\n".join(lines)


def material_text(row: Material) -> str:
    """A material in full."""
    held = gettext("（本局已掌握：%(holder)s）") % {"holder": row.holder} if row.held_by_bureau else ""
    return f"{row.name}{held} {row.why}".strip()


def outcome_text(row: Outcome) -> str:
    """A result with its ways forward."""
    ways = labels(Way, row.ways)
    note = f"（{row.note}）" if row.note else ""
    return f"{labels(Result, [row.result])}：{ways}{note}"


def exemption_text(row: Exemption) -> str:
    """A case of 容错 in full."""
    text = f"{row.condition}（{'、'.join(row.bases)}）" if row.bases else row.condition
    if row.except_when:
        text += gettext("；不适用：%(except)s") % {"except": row.except_when}
    return text


def _lists(what: str, old: Sequence[Any], new: Sequence[Any], text: Callable[[Any], str]) -> list[Difference]:
    """What came, went or was reworded, matched by place within each stretch that differs."""
    before, after = [text(row) for row in old], [text(row) for row in new]
    found: list[Difference] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone, come = before[a:b], after[c:d]
        for place in range(max(len(gone), len(come))):
            found.append(
                Difference(
                    what,
                    gone[place] if place < len(gone) else "",
                    come[place] if place < len(come) else "",
                )
            )
    return found
