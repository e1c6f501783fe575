"""Approval routes and approvals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics import things
from mingcha.basics.entries import READERS
from mingcha.basics.forms import STEPS, RouteForm
from mingcha.basics.lifecycles import APPROVAL
from mingcha.basics.models import Approval, ApprovalRoute
from mingcha.basics.models.approvals import ApprovalState
from mingcha.basics.registers.common import TONES, state_badge, thing_link
from mingcha.basics.rules import acting_roles
from mingcha.basics.selectors import approvals, attachments, deadlines
from mingcha.basics.services import routes
from mingcha.web.components import Action, verb_actions
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section


def _steps(route: ApprovalRoute) -> str:
    return " → ".join(step.label for step in route.steps.all())


class RouteRegister(Register):
    """Who approves what."""

    model = ApprovalRoute
    slug = "routes"
    title = _("审批路线")
    description = _("谁审批什么；修改只影响以后提请的审批")
    read_roles = READERS
    write_roles = (Role.ADMINISTRATOR,)
    columns = (
        "label",
        "kind",
        Column("steps", _("环节"), render=_steps, sortable=False),
        "emergency_allowed",
        "basis",
        "active",
    )
    filters = ("active",)
    search_fields = ("label", "kind", "basis")
    ordering = ("kind",)
    prefetch = ("steps__unit", "steps__deputy")
    form_class = RouteForm
    detail_template = "basics/route_detail.html"

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> ApprovalRoute:
        return routes.set_route(actor=actor, **cleaned)

    def update(self, actor: Viewer, instance: ApprovalRoute, cleaned: dict[str, Any]) -> ApprovalRoute:
        return routes.set_route(actor=actor, **{**cleaned, "kind": instance.kind})

    def initial(self, instance: ApprovalRoute) -> dict[str, Any]:
        shown = super().initial(instance)
        for place, step in enumerate(instance.steps.all()[:STEPS], start=1):
            shown |= {
                f"role_{place}": step.role,
                f"step_{place}": step.label,
                f"reach_{place}": step.reach,
                f"unit_{place}": step.unit_id,
                f"deputy_{place}": step.deputy_id,
            }
        return shown

    def may_edit(self, viewer: Viewer, instance: ApprovalRoute) -> bool:
        return len(instance.steps.all()) <= STEPS


_ICONS = {
    "submit": "send",
    "approve": "check",
    "return": "undo-2",
    "withdraw": "circle-x",
    "telephone": "phone",
}


class ApprovalRegister(Register):
    """Approvals: proposed by, decided by or overseen by the officer."""

    model = Approval
    slug = "approvals"
    prefix = "approvals/records/"
    title = _("审批记录")
    description = _("您提请的、经您办理的和您可以查看的审批")
    columns = (
        Column("route__label", _("审批事项")),
        Column("thing_label", _("对象"), render=thing_link),
        "proposed_by",
        "submitted_at",
        Column("state", _("状态"), render=state_badge),
        "emergency",
    )
    filters = ("route", "state", "emergency", "submitted_at")
    search_fields = ("thing_label", "route__label")
    ordering = ("-created_at",)
    select_related = ("route",)
    prefetch = ("steps__decided_by", "steps__decided_for", "steps__recorded_by", "steps__unit")
    detail_sections = (
        Section(
            _("审批"),
            (
                Column("route__label", _("审批事项")),
                Column("route__basis", _("依据")),
                Column("thing_label", _("对象"), render=thing_link),
                "summary",
                "proposed_by",
                "unit",
                "submitted_at",
                Column("state", _("状态"), render=state_badge),
                "decided_at",
            ),
            "stamp",
        ),
    )
    detail_template = "basics/approval_detail.html"

    def status(self, instance: Approval) -> tuple[str, Tone]:
        return str(instance.get_state_display()), TONES[instance.state]

    def detail_values(self, viewer: Viewer, instance: Approval) -> Mapping[str, Any]:
        return {
            "content": things.rendered(instance.thing_type, viewer, instance.thing_id),
            "steps": instance.steps.all(),
            "attachments": attachments.of_thing(Thing.of(instance), viewer),
            "make_up": deadlines.open_for(Thing.of(instance)).first(),
        }

    def extra_actions(self, viewer: Viewer, instance: Approval) -> Sequence[Action]:
        """Only what concerns this person: the proposer's verbs for the proposer, the step's for its taker."""
        facts = approvals.facts(instance, viewer)
        wanted = {"submit", "telephone", "withdraw"} if facts.is_proposer else set()
        if facts.elsewhere:
            wanted -= {"withdraw"}
        if facts.may_take_step:
            wanted |= {"approve", "return"}
        if not facts.emergency_allowed:
            wanted -= {"telephone"}
        actions = []
        for action, row in zip(
            verb_actions(
                APPROVAL,
                state=instance.state,
                roles=acting_roles(viewer),
                facts=facts,
                url_for=lambda row: reverse(f"basics:approvals-{row.verb}", args=[instance.pk]),
                icons=_ICONS,
                danger=("return", "withdraw"),
            ),
            APPROVAL.verbs(instance.state, acting_roles(viewer)),
            strict=True,
        ):
            if row.verb == "telephone":
                action = Action(label=action.label, url=action.url, icon=action.icon)
            if row.verb in wanted:
                actions.append(action)
        return [*actions, *_paper_actions(viewer, instance, facts.is_proposer)]


def _paper_actions(viewer: Viewer, approval: Approval, is_proposer: bool) -> list[Action]:
    """Printing the sheet, and bringing the signed one back."""
    if approval.state in (ApprovalState.DRAFT, ApprovalState.WITHDRAWN, ApprovalState.RETURNED):
        return []
    made = [
        Action(
            label=gettext("打印审批表"),
            url=reverse("basics:approvals-print", args=[approval.pk]),
            icon="printer",
        )
    ]
    if is_proposer or (isinstance(viewer, Officer) and viewer.has(Role.COORDINATOR)):
        url = reverse("basics:approvals-paper", args=[approval.pk])
        made.append(Action(label=gettext("回传签字原件"), url=url, icon="scan-line"))
    return made
