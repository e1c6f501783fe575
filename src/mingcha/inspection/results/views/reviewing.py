"""The reviewer's page: the record, its proof, what is unusual; two buttons and nothing to edit."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.lifecycle import INSPECTION
from mingcha.inspection.links import page_of
from mingcha.inspection.models import Evidence, Inspection
from mingcha.inspection.results import papers
from mingcha.inspection.results.record import changes, record_of
from mingcha.inspection.results.reviewers import REVIEWERS, review_facts
from mingcha.inspection.results.unusual import unusual
from mingcha.inspection.views.common import crumbs_of, inspection_of
from mingcha.web.access import officers
from mingcha.web.components import verb_actions
from mingcha.web.http import Request, officer
from mingcha.web.reveal import is_revealed
from mingcha.web.verbs import Verb, press, roles_of

VERBS = {
    "pass": Verb(
        lambda actor, inspection, reason: services.pass_review(actor=actor, inspection=inspection),
        gettext_lazy("已审核通过，等待公示。"),
    ),
    "return": Verb(
        lambda actor, inspection, reason: services.return_(actor=actor, inspection=inspection, reason=reason),
        gettext_lazy("已退回补正，检查人员的待办里会出现。"),
    ),
}
_ICONS = {"pass": "check-check", "return": "undo-2"}


@officers(*REVIEWERS)
@require_GET
def review(request: Request, pk: int) -> HttpResponse:
    """Everything the reviewer judges by."""
    inspection = inspection_of(request, pk)
    versions = list(inspection.records.order_by("-number")[:2])
    if inspection.state != states.TO_REVIEW or not versions:
        raise Http404
    viewer = officer(request)
    paper = papers.record_paper(inspection, versions[0], whole=is_revealed(request, inspection))
    files = Evidence.objects.visible_to(viewer).filter(inspection=inspection, attachment__isnull=False)
    values = {
        "inspection": inspection,
        "paper": paper,
        "crumbs": crumbs_of(inspection, _("审核")),
        "unusual": unusual(inspection, versions[0], paper.record),
        "difference": changes(record_of(versions[1]), paper.record) if len(versions) > 1 else None,
        "files": files.select_related("attachment", "point").order_by("taken_at", "id"),
        "actions": verb_actions(
            INSPECTION,
            state=inspection.state,
            roles=viewer.roles,
            facts=review_facts(inspection, viewer),
            url_for=lambda row: reverse("inspection:review-verb", args=[pk, row.verb]),
            icons=_ICONS,
            danger=("return",),
        ),
    }
    return render(request, "inspection/results/review.html", values)


@officers(*roles_of(INSPECTION, VERBS))
@require_POST
def verb(request: Request, pk: int, name: str) -> HttpResponse:
    """Pass or give back."""
    return press(request, name, VERBS, inspection_of(request, pk), _outcome)


def _outcome(result: Inspection) -> str:
    return page_of(result.pk)
