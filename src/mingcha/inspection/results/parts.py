"""What the result adds to the page of an inspection: buttons and cards (`pages.part`)."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.inspection import lifecycle as states
from mingcha.inspection.lifecycle import INSPECTION
from mingcha.inspection.models import AbnormalCheck, Inspection, RecordVersion
from mingcha.inspection.pages import Part, part
from mingcha.inspection.results import lifecycles
from mingcha.inspection.results.publishing import TYPE
from mingcha.inspection.results.record import changes, record_of
from mingcha.inspection.results.reviewers import REVIEWERS, reviews
from mingcha.inspection.services.correcting import ASKERS
from mingcha.inspection.services.notifying import NOTIFIERS
from mingcha.inspection.services.proving import OPEN, PROVERS
from mingcha.inspection.services.publicising import PUBLISHERS, something_to_publish
from mingcha.inspection.services.recording import draft_and_facts
from mingcha.publication import selectors as publications
from mingcha.publication.difference import Difference
from mingcha.publication.lifecycle import PREPARED
from mingcha.web.components import Action, verb_actions


@part("proof", order=40)
def proof(viewer: Viewer, inspection: Inspection) -> Part:
    """Attempts to reach the firm, checks of what looks abnormal, letters to others."""
    values = {
        "attempts": list(inspection.attempts.select_related("proof", "recorded_by")),
        "checks": list(inspection.checks.select_related("recorded_by")),
        "referrals": list(inspection.referrals.all()),
        "inspection": inspection,
    }
    actions = list(_proving(viewer, inspection))
    shown = any(values[name] for name in ("attempts", "checks", "referrals"))
    return Part(actions, "inspection/results/proof.html" if shown else "", values)


@part("result", order=50)
def result(viewer: Viewer, inspection: Inspection) -> Part:
    """Submitting, reviewing, correcting, telling the firm; every version of the record."""
    versions = list(inspection.records.select_related("made_by").order_by("-number"))
    notices = list(inspection.result_notices.select_related("record").order_by("-id"))
    corrections = list(inspection.corrections.select_related("asked_by"))
    values = {
        "inspection": inspection,
        "versions": _with_changes(versions),
        "notices": notices,
        "corrections": corrections,
    }
    return Part(
        list(_acting(viewer, inspection, bool(versions))),
        "inspection/results/result.html" if versions else "",
        values,
    )


def _proving(viewer: Viewer, inspection: Inspection) -> Iterator[Action]:
    if not _has(viewer, *PROVERS) or inspection.state not in OPEN or not inspection.enforcing:
        return
    yield Action(_("登记联系情况"), reverse("inspection:add-attempt", args=[inspection.pk]), "phone-missed")
    if inspection.state in states.UNDER_WAY:
        for kind in AbnormalCheck.Kind:
            yield Action(
                _("登记%(kind)s核查") % {"kind": kind.label},
                reverse("inspection:record-check", args=[inspection.pk, kind.value]),
                "search-check",
            )


def _acting(viewer: Viewer, inspection: Inspection, recorded: bool) -> Iterator[Action]:
    if inspection.state == states.RECORDING:
        _record, facts = draft_and_facts(inspection, viewer)
        yield from verb_actions(
            INSPECTION,
            state=inspection.state,
            roles=viewer.roles,
            facts=facts,
            url_for=lambda row: reverse("inspection:submit", args=[inspection.pk]),
            icons={"submit": "send"},
        )
    if recorded:
        yield Action(_("检查笔录"), reverse("inspection:record", args=[inspection.pk]), "file-text")
    if inspection.state == states.TO_REVIEW and _has(viewer, *REVIEWERS) and reviews(viewer, inspection):
        yield Action(
            _("审核"), reverse("inspection:review", args=[inspection.pk]), "clipboard-check", primary=True
        )
    if inspection.state in states.STANDING:
        yield from _afterwards(viewer, inspection)


def _afterwards(viewer: Viewer, inspection: Inspection) -> Iterator[Action]:
    """What follows once a result stands."""
    if _has(viewer, *PUBLISHERS) and reviews(viewer, inspection):
        if publications.series(TYPE.code, Thing.nameless(inspection)).filter(state=PREPARED).exists():
            yield Action(_("公示检查结果"), reverse("inspection:to-publish"), "megaphone", primary=True)
        elif something_to_publish(inspection):
            yield Action(
                _("重新提交公示"),
                reverse("inspection:prepare-again", args=[inspection.pk]),
                "megaphone",
                post=True,
                hint=_("公示审核时退回、已撤下，或者更正以后还没有公示的，确认无误后再提交"),
            )
    if _has(viewer, *NOTIFIERS):
        yield Action(
            _("检查结果告知书"),
            reverse("inspection:issue-result-notice", args=[inspection.pk]),
            "mail",
            post=True,
        )
    if _has(viewer, *ASKERS) and not inspection.corrections.filter(state=lifecycles.ASKED).exists():
        yield Action(_("申请更正"), reverse("inspection:ask-correction", args=[inspection.pk]), "pencil")


def _with_changes(versions: list[RecordVersion]) -> list[tuple[RecordVersion, Difference | None]]:
    """Each version, the newest first, with what reads otherwise than in the one before."""
    if not versions:
        return []
    records = [record_of(one) for one in versions]
    pairs = zip(versions, records, [*records, None][1:], strict=True)
    return [(one, changes(before, after) if before is not None else None) for one, after, before in pairs]


def _has(viewer: Viewer, *roles: Role) -> bool:
    return isinstance(viewer, Officer) and viewer.has(*roles)
