"""What firms do, and what is done about it. No firm is named, and nothing of what it said."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from mingcha.base.events import Event, Moved


@dataclass(frozen=True, kw_only=True)
class ComplaintReceived(Event):
    """A firm complained of a visit; of which, only the overseer reads."""

    code = "enterprise.complaint_received"
    label = _("收到企业投诉")


@dataclass(frozen=True, kw_only=True)
class ComplaintHandled(Moved):
    """The overseer wrote down what was done about a complaint."""

    code = "enterprise.complaint_handled"
    label = _("处理企业投诉")


@dataclass(frozen=True, kw_only=True)
class CodeChecked(Event):
    """Six digits were looked up for a firm on the telephone or at the counter."""

    code = "enterprise.code_checked"
    label = _("核对入企码")
    field_labels = {"found": _("是否查到")}
