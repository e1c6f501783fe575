"""The list of years' plans and the page of one: the sums before anybody signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.events import Thing
from mingcha.base.memo import once
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics.models import Approval
from mingcha.basics.selectors import approvals, parameters
from mingcha.planning import services
from mingcha.planning.models import PLAN_READERS, AnnualPlan, PlanLine
from mingcha.planning.plans import lifecycle as states
from mingcha.planning.plans import publishing
from mingcha.planning.plans.arithmetic import UPPER, Sums, sums_of, warnings_of
from mingcha.planning.plans.bases import Touched, touched_lines
from mingcha.planning.plans.facts import facts_of, is_stale
from mingcha.planning.plans.forms import ChangePlanForm, PlanForm
from mingcha.planning.plans.people import Manpower, manpower_of
from mingcha.planning.services.plans.moving import ROUTE
from mingcha.publication import selectors as publications
from mingcha.web.components import Action, verb_actions
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section
from mingcha.web.text import Text

STATE_TONES: dict[str, Tone] = {
    states.DRAFT: "secondary",
    states.SUBMITTED: "warning",
    states.APPROVED: "info",
    states.PUBLISHED: "success",
    states.SUPERSEDED: "secondary",
    states.STOPPED: "danger",
}
_ICONS = {"submit": "send", "drop": "ban", "stop": "ban"}


class PlanRegister(Register):
    model = AnnualPlan
    slug = "plans"
    title = _("年度抽查计划")
    description = _("全年抽查什么、抽谁、抽多少、谁去；批准以前先把账算清")
    read_roles = PLAN_READERS
    write_roles = (Role.COORDINATOR,)
    columns = ("year", "title", "version", Column("state", _("状态")), "base_day", "published_at")
    filters = ("year", "state")
    search_fields = ("title",)
    search_hint = _("计划名称")
    ordering = ("-year", "-version")
    form_class = PlanForm
    create_label = _("起草年度计划")
    detail_template = "planning/plan_detail.html"
    detail_sections = (
        Section(
            _("计划"),
            (
                "year",
                "base_day",
                "grounds",
                "shortage_way",
                "change_reason",
                "approved_at",
                "published_at",
                "end_reason",
            ),
            icon="scroll-text",
            only_said=True,
        ),
    )
    empty_title = _("还没有年度计划")
    empty_text = _("年度计划由综合经办起草，局领导批准后自动向社会公布。")

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> AnnualPlan:
        return services.plans.draft_plan(actor=_officer(actor), values=cleaned)

    def update(self, actor: Viewer, instance: AnnualPlan, cleaned: dict[str, Any]) -> AnnualPlan:
        return services.plans.change_plan(actor=_officer(actor), plan=instance, values=cleaned)

    def form_class_for(self, instance: AnnualPlan) -> type[BaseForm]:
        return ChangePlanForm

    def may_edit(self, viewer: Viewer, instance: AnnualPlan) -> bool:
        return instance.state == states.DRAFT

    def status(self, instance: AnnualPlan) -> tuple[Text, Tone]:
        return instance.get_state_display(), STATE_TONES[instance.state]

    def more_tabs(self, viewer: Viewer, instance: AnnualPlan) -> Sequence[Action]:
        return (
            Action(_("人员"), reverse("planning:plan-people", args=[instance.pk]), "users"),
            Action(_("进度"), reverse("planning:plan-progress", args=[instance.pk]), "chart-line"),
            Action(_("基准名单"), reverse("planning:plan-base", args=[instance.pk]), "lock"),
            Action(_("版本"), reverse("planning:plan-versions", args=[instance.pk]), "files"),
        )

    def extra_actions(self, viewer: Viewer, instance: AnnualPlan) -> Sequence[Action]:
        sums, manpower = _computed(instance)
        actions = [*self._drafting(viewer, instance)]
        actions += verb_actions(
            states.PLAN,
            state=instance.state,
            roles=viewer.roles,
            facts=facts_of(instance, sums, manpower),
            url_for=lambda row: reverse("planning:plan-verb", args=[instance.pk, row.verb]),
            icons=_ICONS,
            danger=("drop", "stop"),
        )
        if instance.state == states.PUBLISHED and self.allows_writing(viewer):
            address = reverse("planning:plan-new-version", args=[instance.pk])
            actions.insert(
                0,
                Action(
                    _("调整计划，另立新版"),
                    address,
                    "copy-plus",
                    post=True,
                    needs_reason=True,
                    hint=_("原版继续有效，直到新版批准公布"),
                ),
            )
        return [*_approval_link(viewer, instance), *actions]

    def _drafting(self, viewer: Viewer, plan: AnnualPlan) -> Sequence[Action]:
        if plan.state != states.DRAFT or not self.allows_writing(viewer):
            return ()
        fresh = plan.lines.exists() and not _stale(plan)
        return (
            Action(_("添加任务"), reverse("planning:plan-line-create", args=[plan.pk]), "plus"),
            Action(_("一业一查套餐"), reverse("planning:plan-packages", args=[plan.pk]), "layers"),
            Action(_("导入上级计划"), reverse("planning:plan-superior", args=[plan.pk]), "upload"),
            Action(
                _("重新冻结基准") if fresh else _("冻结基准"),
                reverse("planning:plan-freeze", args=[plan.pk]),
                "lock",
                post=True,
                primary=not fresh,
                hint=_("按基准日计算企业总数和各项任务的户数，并留存名单"),
            ),
        )

    def detail_values(self, viewer: Viewer, instance: AnnualPlan) -> Mapping[str, Any]:
        sums, manpower = _computed(instance)
        lines = list(
            instance.lines.select_related("plan", "lead_unit").prefetch_related(
                "items__item", "strata", "tags"
            )
        )
        touched = touched_lines(lines)
        return {
            "plan": instance,
            "sums": sums,
            "manpower": manpower,
            "share": publishing.coverage_text(sums) if sums else "",
            "lines": [_shown(line, sums, touched.get(line.pk, ())) for line in lines],
            "touched": [one for found in touched.values() for one in found],
            "too_many": warnings_of(instance),
            "upper": parameters.value(UPPER),
            "unapproved": [line for line in lines if line.special and not line.special_approval],
            "early": bool(sums and sums.base.frozen_at.date() < sums.base.base_day),
            "publication_slug": publishing.TYPE.slug,
            "publication": publications.current(publishing.TYPE.code, publishing.series_of(instance)),
        }


def _shown(line: PlanLine, sums: Sums | None, touched: Sequence[Touched]) -> dict[str, Any]:
    """One row of the table of lines."""
    return {
        "line": line,
        "subjects": publishing.subjects_text(line),
        "ratio": publishing.ratio_text(line),
        "population": sum(stratum.population for stratum in line.strata.all()),
        "quota": sums.quota_by_line.get(line.pk, 0) if sums else None,
        "touched": touched,
        "stale": line.plan.state == states.DRAFT and is_stale(line),
    }


def _computed(plan: AnnualPlan) -> tuple[Sums | None, Manpower]:
    """Sums and people."""
    sums = once(plan, "sums", lambda: sums_of(plan))
    return sums, once(plan, "manpower", lambda: manpower_of(plan, sums.quota_by_line if sums else {}))


def _stale(plan: AnnualPlan) -> bool:
    return any(is_stale(line) for line in plan.lines.all())


def _approval_link(viewer: Viewer, plan: AnnualPlan) -> list[Action]:
    """The way to the approval, where there is one that this viewer sees."""
    approval = approvals.of_thing(ROUTE, Thing.of(plan))
    if approval is None or not Approval.objects.visible_to(viewer).filter(pk=approval.pk).exists():
        return []
    address = reverse("basics:approvals-detail", args=[approval.pk])
    waiting = plan.state == states.SUBMITTED
    link = Action(_("查看审批"), address, "stamp", primary=waiting)
    return [replace(link, hint=_("局领导批准后自动公布")) if waiting else link]


def _officer(actor: Viewer) -> Officer:
    assert isinstance(actor, Officer)  # noqa: S101  the page admits officers only
    return actor
