"""Basics' own things, so that attachments and approvals can belong to them."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Viewer
from mingcha.basics import things
from mingcha.basics.models import Approval, Deadline
from mingcha.basics.selectors import deadlines


def _deadline_for_approval(viewer: Viewer, pk: int) -> SafeString:
    """What somebody who approves an extension must see: the dates, the rule and the basis of extending."""
    deadline = Deadline.objects.visible_to(viewer).select_related("rule").get(pk=pk)
    extension = deadlines.extension_of(deadline.rule, deadline.started_on)
    values = {"shown": deadlines.shown(deadline), "extension": extension}
    return render_to_string("basics/deadline_for_approval.html", values)


things.register(
    Deadline,
    label=_("期限"),
    url=lambda pk: reverse("basics:deadlines-detail", args=[pk]),
    render=_deadline_for_approval,
)
things.register(
    Approval,
    label=_("审批"),
    url=lambda pk: reverse("basics:approvals-detail", args=[pk]),
)
