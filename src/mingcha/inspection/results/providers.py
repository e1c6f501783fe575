"""What results add to the shared pages: menu, next steps, approvals, parameters, protection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.db.models import Count, Min
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from mingcha.accounts.roles import describe
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics import media, things, uses
from mingcha.basics.selectors import approvals
from mingcha.basics.services import attachments
from mingcha.inspection import lifecycle as states
from mingcha.inspection import terms
from mingcha.inspection.links import page_of
from mingcha.inspection.models import (
    INSPECTION_READERS,
    Correction,
    Inspection,
    RecordVersion,
    Referral,
    ResultNotice,
)
from mingcha.inspection.results import announcing, lifecycles, publishing, reasons, unusual
from mingcha.inspection.results.freezing import LEAST_FACTS, TRIES
from mingcha.inspection.results.registers import difference_of
from mingcha.inspection.results.reviewers import REVIEWERS, waiting_for, who_had_part
from mingcha.inspection.results.waiting import due_dates, letters_to_send, to_serve, waits_to_be_published
from mingcha.inspection.services.announcing import hold as hold_of_notice
from mingcha.inspection.services.common import hold
from mingcha.inspection.services.correcting import ROUTE
from mingcha.inspection.services.notifying import NOTIFIERS
from mingcha.inspection.services.proving import PROOF
from mingcha.inspection.services.publicising import PUBLISHERS
from mingcha.ledger.protection import append_only
from mingcha.publication import types
from mingcha.web import navigation
from mingcha.web.providers import NextStep, next_steps

#: Reviews and letters that stand one by one on a home page; the register shows the rest.
SHOWN = 10
CORRECTIONS, REFERRALS = gettext_lazy("检查结果更正"), gettext_lazy("抄告")


def register() -> None:
    """Called once at start-up."""
    for code, label, icon, order in (
        ("corrections", CORRECTIONS, "pencil", 30),
        ("referrals", REFERRALS, "send", 40),
    ):
        navigation.add(
            navigation.Entry(
                code=f"inspection.{code}",
                label=label,
                url_name=f"inspection:{code}-list",
                icon=icon,
                group="inspection",
                order=order,
                roles=INSPECTION_READERS,
            )
        )
    describe(lifecycles.CORRECTION)
    describe(lifecycles.REFERRAL)
    attachments.declare(
        attachments.Purpose(PROOF, gettext_noop("核查的凭证"), (*media.PAPERS, *media.PICTURES))
    )
    types.register(replace(publishing.TYPE, hold=hold))
    types.register(replace(announcing.TYPE, hold=hold_of_notice))
    _say_what_is_used()
    next_steps.register("inspection.results")(_steps)
    things.register(
        Correction,
        label=CORRECTIONS,
        url=lambda pk: reverse("inspection:corrections-detail", args=[pk]),
        render=_for_approval,
    )
    things.register(
        Referral,
        label=REFERRALS,
        url=lambda pk: reverse("inspection:referrals-detail", args=[pk]),
    )
    things.register(
        ResultNotice,
        label=gettext_lazy("检查结果告知书"),
        url=lambda pk: reverse("inspection:result-notice", args=[pk]),
    )
    append_only(RecordVersion)
    approvals.bar(ROUTE, who_had_part)


def _say_what_is_used() -> None:
    page = "inspection:inspections-list"
    for code in reasons.ALL:
        uses.register(code, label=gettext_lazy("检查结果：情形的字典"), url_name=page)
    for code in unusual.PARAMETERS:
        uses.register(code, label=gettext_lazy("审核检查结果：提示异常的记录"), url_name=page)
    uses.register(TRIES, label=gettext_lazy("检查结果：认定失联"), url_name=page)
    uses.register(LEAST_FACTS, label=gettext_lazy("检查结果：认定不配合检查"), url_name=page)
    uses.register(publishing.PERSON_KINDS, label=gettext_lazy("公示检查结果：公示期限"), url_name=page)


def _for_approval(viewer: Viewer, pk: int) -> SafeString:
    """What reads otherwise, and why, as on the page of the request."""
    correction = Correction.objects.visible_to(viewer).select_related("inspection", "of").get(pk=pk)
    values = {"correction": correction, "difference": difference_of(correction)}
    return render_to_string("inspection/results/correction_for_approval.html", values)


def _steps(officer: Officer) -> Iterator[NextStep]:
    if officer.has(Role.INSPECTOR, Role.COORDINATOR):
        yield from _to_submit(officer)
    if officer.has(*REVIEWERS):
        yield from _to_review(officer)
    if officer.has(*PUBLISHERS):
        yield from _to_publish(officer)
    if officer.has(*NOTIFIERS):
        yield from _to_tell(officer)


def _to_submit(officer: Officer) -> Iterator[NextStep]:
    """Visits whose record is not submitted: to those who were there, and to a coordinator all as one."""
    rows = Inspection.objects.visible_to(officer).filter(state=states.RECORDING)
    own = list(rows.mine(officer).order_by("left_at")) if officer.has(Role.INSPECTOR) else []
    dues = due_dates([one.pk for one in own[:SHOWN]], terms.RECORD_ENTRY)
    for one in own[:SHOWN]:
        yield NextStep(
            title=_("提交检查记录：%(firm)s") % {"firm": one},
            detail=_("核对检查表，选定结果后提交审核"),
            url=page_of(one.pk),
            due=dues.get(one.pk),
            icon="send",
        )
    yield from _rest(len(own), _("还有 %(n)d 件检查记录没有提交"), _listed(states.RECORDING), "send")
    if officer.has(Role.COORDINATOR) and (count := rows.count()):
        yield NextStep(
            title=_("%(n)d 户的检查记录还没有提交") % {"n": count},
            detail=_("请提醒检查人员；手写的笔录可以代为录入"),
            url=_listed(states.RECORDING),
            due=min(
                due_dates(list(rows.values_list("pk", flat=True)), terms.RECORD_ENTRY).values(), default=None
            ),
            icon="send",
            count=count,
        )


def _to_review(officer: Officer) -> Iterator[NextStep]:
    waiting = waiting_for(officer)
    rows = Inspection.objects.visible_to(officer).filter(pk__in=waiting[:SHOWN])
    dues = due_dates(waiting[:SHOWN], terms.RESULT_REVIEW)
    for one in rows.order_by("submitted_at", "pk"):
        yield NextStep(
            title=_("审核检查结果：%(firm)s") % {"firm": one},
            detail=_("看检查笔录、证据和异常提示，通过或退回"),
            url=reverse("inspection:review", args=[one.pk]),
            due=dues.get(one.pk),
            tone="warning",
            icon="clipboard-check",
        )
    listed = _listed(states.TO_REVIEW)
    yield from _rest(len(waiting), _("还有 %(n)d 件检查结果等待审核"), listed, "clipboard-check")


def _rest(found: int, words: str, url: str, icon: str) -> Iterator[NextStep]:
    """What does not stand one by one: nothing that waits is on no list (N9)."""
    more = found - SHOWN
    if more > 0:
        yield NextStep(title=words % {"n": more}, url=url, icon=icon, count=more)


def _listed(state: str) -> str:
    """The register of inspections, narrowed to a state."""
    return f"{reverse('inspection:inspections-list')}?state={state}"


def _to_publish(officer: Officer) -> Iterator[NextStep]:
    count, due = waits_to_be_published(officer)
    if count:
        yield NextStep(
            title=_("公示 %(n)d 件检查结果") % {"n": count},
            detail=_("审核已经通过，一次公示；期限从检查结束起算"),
            url=reverse("inspection:to-publish"),
            due=due,
            tone="warning",
            icon="megaphone",
            count=count,
        )


def _to_tell(officer: Officer) -> Iterator[NextStep]:
    """The firm by 告知书, other authorities by letter: who was there, or the coordinator."""
    untold = to_serve(officer)
    if not officer.has(Role.COORDINATOR):
        untold = untold.mine(officer)
    found = untold.aggregate(n=Count("pk"), first=Min("pk"))
    count, first = found["n"], found["first"]
    if count:
        yield NextStep(
            title=_("%(n)d 户还没有送达检查结果告知书") % {"n": count},
            detail=_("在检查的页面上制作告知书，送达后登记"),
            url=page_of(first),
            icon="mail",
            count=count,
        )
    letters = letters_to_send(officer)
    for letter in letters.order_by("made_at")[:SHOWN]:
        yield NextStep(
            title=(_("发出更正告知函 %(number)s") if letter.follows_id else _("发出抄告函 %(number)s"))
            % {"number": letter},
            detail=_("抄告%(to)s：%(firm)s")
            % {"to": letter.to_name or letter.get_to_display(), "firm": letter.inspection},
            url=reverse("inspection:referrals-detail", args=[letter.pk]),
            icon="send",
        )
    register = f"{reverse('inspection:referrals-list')}?state={lifecycles.DRAFTED}"
    yield from _rest(letters.count(), _("还有 %(n)d 份抄告函没有发出"), register, "send")
