"""What coming in, leaving and the notice add to the page of an inspection."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics.selectors import attachments
from mingcha.inspection import lifecycle as states
from mingcha.inspection.models import Entry, Inspection, VisitPackage
from mingcha.inspection.pages import Part, part
from mingcha.inspection.selectors import heads, is_on_team
from mingcha.inspection.services.issuing import ISSUERS
from mingcha.inspection.services.noticing import PURPOSE
from mingcha.web.components import Action


@part("door", order=10)
def door(viewer: Viewer, inspection: Inspection) -> Part:
    """The code to show, the notice, who came in and when they left."""
    entry = Entry.objects.filter(inspection=inspection).prefetch_related("people").first()
    issue = VisitPackage.objects.standing().filter(inspection=inspection).first()
    shows = issue is not None and issue.expires_at > clock.now() and is_on_team(viewer, inspection)
    values = {
        "inspection": inspection,
        "entry": entry,
        "issue": issue,
        "shows_code": shows,
        "papers": attachments.of_thing(Thing.of(inspection), viewer).filter(purpose=PURPOSE),
    }
    anything = entry is not None or issue is not None or inspection.notice_number
    return Part(
        _actions(viewer, inspection, entry, issue), "inspection/door_card.html" if anything else "", values
    )


def _actions(
    viewer: Viewer, inspection: Inspection, entry: Entry | None, issue: VisitPackage | None
) -> Sequence[Action]:
    if not isinstance(viewer, Officer) or inspection.state in states.AHEAD[:-1]:
        return []
    goes, pk = is_on_team(viewer, inspection), inspection.pk
    actions = []
    valid = issue is not None and issue.expires_at > clock.now()
    unscanned = entry is not None and entry.awaits_scan
    if unscanned and goes:
        actions.append(Action(_("补扫"), reverse("inspection:make-up", args=[pk]), "scan", primary=True))
    if inspection.state == states.ON_SITE and (goes or _ends(viewer, inspection)):
        address = reverse("inspection:leave", args=[pk])
        actions.append(Action(_("登记离开"), address, "log-out", primary=not unscanned))
    if inspection.state == states.READY and goes and valid:
        actions.append(Action(_("亮码"), reverse("inspection:show-code", args=[pk]), "qr-code", primary=True))
    if inspection.state == states.READY and goes:
        actions.append(Action(_("登记入企"), reverse("inspection:enter", args=[pk]), "log-in"))
    over = inspection.state == states.READY and inspection.visit_until < clock.today()
    if inspection.state in (states.READY, states.ON_SITE) and viewer.has(*ISSUERS) and not over:
        actions.append(_issue(pk, again=valid))
    if inspection.notice_number:
        actions.append(Action(_("检查通知书"), reverse("inspection:notice", args=[pk]), "file-text"))
    return actions


def _ends(viewer: Viewer, inspection: Inspection) -> bool:
    """Whether the head may say that the team has left: on a later day, when nobody of the team has."""
    came = inspection.entered_at
    return came is not None and clock.day_of(came) < clock.today() and heads(viewer, inspection)


def _issue(pk: int, *, again: bool) -> Action:
    address = reverse("inspection:issue", args=[pk])
    if again:
        return Action(
            _("重新下发资料包"),
            address,
            "rotate-ccw",
            post=True,
            hint=_("手机丢失、人员变动时用；以前的码即刻作废"),
            values=(("anew", "1"),),
        )
    return Action(
        _("下发资料包"),
        address,
        "package",
        primary=True,
        post=True,
        hint=_("通知书取得文号，签出检查码；出发以前办"),
    )
