"""What happens in the law library. `LawTextAdded` is what other apps react to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from mingcha.base.events import Event
from mingcha.kernel.refusal import gettext_noop as _

FIELD_LABELS: Mapping[str, str] = {
    "articles": _("条数"),
    "changed": _("变动的条文"),
    "from": _("施行日期"),
    "last_day": _("最后适用日期"),
    "rank": _("效力位阶"),
    "repealed": _("废止依据"),
    "source": _("来源"),
    "text": _("版本"),
    "title": _("名称"),
}


class LawsEvent(Event):
    """An event of the law library."""

    field_labels: ClassVar[Mapping[str, str]] = FIELD_LABELS


class LawEntered(LawsEvent):
    code: ClassVar[str] = "laws.entered"
    label: ClassVar[str] = _("录入法律法规")


class LawChanged(LawsEvent):
    code: ClassVar[str] = "laws.changed"
    label: ClassVar[str] = _("修改法律法规名称")


@dataclass(frozen=True, kw_only=True)
class LawTextAdded(LawsEvent):
    """A law has a new text. `changed` names the articles that say something else than before, as "17" or
    "17.1", also those that came or went; nothing for a law's first text."""

    code: ClassVar[str] = "laws.text_added"
    label: ClassVar[str] = _("录入法规文本")

    law_id: int
    text_id: int
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LawRepealed(LawsEvent):
    """A law has no text from the day after `last_day` on."""

    code: ClassVar[str] = "laws.repealed"
    label: ClassVar[str] = _("登记法规废止")

    law_id: int
    text_id: int
