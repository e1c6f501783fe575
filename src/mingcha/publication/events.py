"""What happens to a publication. The content never stands in the chain, its digest does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingcha.base.events import Event
from mingcha.kernel.refusal import gettext_noop as _

FIELD_LABELS = {
    "type": _("类别"),
    "rows": _("条数"),
    "digest": _("内容摘要"),
    "version": _("版本"),
    "number": _("公示编号"),
    "from": _("公示开始"),
    "until": _("公示到期"),
    "state": _("状态"),
    "by": _("新版"),
}


class PublicationEvent(Event):
    """An event of one publication."""

    field_labels = FIELD_LABELS


@dataclass(frozen=True, kw_only=True)
class PublicationPrepared(PublicationEvent):
    code = "publication.prepared"
    label = _("提交公示审核")


@dataclass(frozen=True, kw_only=True)
class PublicationPublished(PublicationEvent):
    """`type_code` and the thing (`about_type`, `about_id`) are for handlers of the app that prepared it."""

    code = "publication.published"
    label = _("公示")

    type_code: str
    about_type: str = ""
    about_id: int = 0
    from_day: date


@dataclass(frozen=True, kw_only=True)
class PublicationReturned(PublicationEvent):
    code = "publication.returned"
    label = _("公示退回")

    type_code: str
    about_type: str = ""
    about_id: int = 0


@dataclass(frozen=True, kw_only=True)
class PublicationSuperseded(PublicationEvent):
    code = "publication.superseded"
    label = _("公示由新版代替")


@dataclass(frozen=True, kw_only=True)
class PublicationWithdrawn(PublicationEvent):
    code = "publication.withdrawn"
    label = _("撤下公示")

    type_code: str
    about_type: str = ""
    about_id: int = 0
