"""What the registers of basics share: badges, links, the button that confirms."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from mingcha.base.viewers import Officer, Viewer
from mingcha.basics import things
from mingcha.basics.rules import CONFIRMERS
from mingcha.web.components import Action
from mingcha.web.providers import Tone
from mingcha.web.templatetags.mingcha import status

TONES: dict[str, Tone] = {
    "running": "info",
    "overdue": "danger",
    "met": "success",
    "met_late": "warning",
    "cancelled": "secondary",
    "draft": "secondary",
    "submitted": "info",
    "by_telephone": "warning",
    "approved": "success",
    "returned": "warning",
    "withdrawn": "secondary",
}


def confirmation(row: Any) -> SafeString:
    """已确认 or 待确认, and how well the source was checked."""
    return status(gettext("已确认"), "success") if row.confirmed else status(gettext("待确认"), "warning")


def state_badge(row: Any) -> SafeString:
    return status(row.get_state_display(), TONES[row.state])


def confirm_action(viewer: Viewer, row: Any, url: str) -> list[Action]:
    """The button by which a row stops being 待确认, for those who may."""
    if not row.awaits_confirmation or not isinstance(viewer, Officer) or not viewer.has(*CONFIRMERS):
        return []
    return [
        Action(
            label=gettext("确认"),
            url=url,
            icon="badge-check",
            primary=True,
            post=True,
            needs_reason=True,
            hint=gettext(
                "写明核对的文件，例如“与冀人社发〔2026〕1号原件核对一致”。录入人不能确认自己录入的内容。"
            ),
        )
    ]


def thing_link(row: Any) -> SafeString | str:
    url = things.url_of(row.thing_type, row.thing_id)
    label = row.thing_label or things.label_of(row.thing_type)
    return format_html('<a href="{}">{}</a>', url, label) if url else label
