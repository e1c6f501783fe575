"""The list of campaigns and the page of one: what it is, where it stands, what to do next, who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.base.events import Thing
from mingcha.base.memo import once
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics.models import Approval
from mingcha.basics.selectors import approvals, attachments
from mingcha.planning import lifecycle as draw_states
from mingcha.planning import selectors, services
from mingcha.planning.campaigns import lifecycle as states
from mingcha.planning.campaigns.facts import draw_for, facts_of, kept_with_inspectors
from mingcha.planning.campaigns.forms import AdHocForm, form_of
from mingcha.planning.campaigns.merging import meetings_of
from mingcha.planning.campaigns.rosters import standings_of, strength_of, table_of, ways_out
from mingcha.planning.dispatch.links import extensions_of, to_dispatches
from mingcha.planning.dispatch.shares import shares_of, units_of, without_head
from mingcha.planning.item_uses import item_values
from mingcha.planning.models import (
    CAMPAIGN_READERS,
    Campaign,
    CampaignTarget,
    Draw,
    DrawTarget,
    SuperiorDrawList,
)
from mingcha.planning.planned_roster import lacking
from mingcha.planning.plans.publishing import subjects_text
from mingcha.planning.roster import Preview
from mingcha.planning.services.campaigns.moving import ROUTE
from mingcha.planning.services.campaigns.superior import DECIDERS
from mingcha.planning.services.drafting import inspectors_named
from mingcha.planning.services.repeating import AGREEING
from mingcha.web.components import Action, verb_actions
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section
from mingcha.web.text import Text

STATE_TONES: dict[str, Tone] = {
    states.DRAFT: "secondary",
    states.SUBMITTED: "warning",
    states.APPROVED: "info",
    states.DRAWN: "info",
    states.DISPATCHED: "info",
    states.CLOSED: "success",
    states.CANCELLED: "danger",
}
#: Not handed on yet: whoever is to confirm can still be appointed.
_BEFORE_DISPATCH = (states.DRAFT, states.SUBMITTED, states.APPROVED)
_ICONS = {"submit": "send", "drop": "ban", "cancel": "ban", "close": "check-check"}


class CampaignRegister(Register):
    model = Campaign
    slug = "campaigns"
    title = _("抽查任务")
    description = _("每一次抽查从哪里来、查什么、查谁、谁批准；没有任务的检查不得实施")
    read_roles = CAMPAIGN_READERS
    write_roles = (Role.COORDINATOR,)
    columns = (
        "title",
        "source",
        Column("state", _("状态")),
        "lead_unit",
        "visit_from",
        "visit_until",
    )
    filters = ("state", "source", "lead_unit")
    search_fields = ("title", "superior_number", "reason")
    search_hint = _("任务名称、上级编号或事由")
    ordering = ("-created_at",)
    form_class = AdHocForm
    detail_template = "planning/campaign_detail.html"
    detail_sections = (
        Section(
            _("方案"),
            (
                "source",
                "superior_number",
                "superior_at",
                "reason",
                Column("subjects", _("抽查对象"), render=lambda one: subjects_text(one) if one.kinds else ""),
                "stratify",
                "directed",
                "manner",
                "manner_reason",
                "unannounced",
                "lead_unit",
                Column("joining", _("参与股室和部门"), render=lambda one: _names(one.joining_units)),
                "visit_from",
                "visit_until",
                "team_size",
                "half_days",
                "approved_at",
                "end_reason",
            ),
            icon="scroll-text",
            only_said=True,
        ),
    )
    empty_title = _("还没有抽查任务")
    empty_text = _("从年度计划的任务开始；上级抽取派发的，导入上级名单。")

    def update(self, actor: Viewer, instance: Campaign, cleaned: dict[str, Any]) -> Campaign:
        return services.campaigns.change_campaign(actor=_officer(actor), campaign=instance, values=cleaned)

    def form_class_for(self, instance: Campaign) -> type[BaseForm]:
        return form_of(instance)

    def may_edit(self, viewer: Viewer, instance: Campaign) -> bool:
        return instance.state == states.DRAFT

    def status(self, instance: Campaign) -> tuple[Text, Tone]:
        return instance.get_state_display(), STATE_TONES[instance.state]

    def list_actions(self, viewer: Viewer) -> Sequence[Action]:
        if not self.allows_writing(viewer):
            return ()
        return (
            Action(
                _("从年度计划立任务"), reverse("planning:campaign-from-plan"), "calendar-range", primary=True
            ),
            Action(_("导入上级抽取名单"), reverse("planning:campaign-superior"), "upload"),
            Action(_("临时任务"), reverse("planning:campaign-ad-hoc"), "plus"),
            Action(_("专项检查"), reverse("planning:campaign-special"), "target"),
        )

    def more_tabs(self, viewer: Viewer, instance: Campaign) -> Sequence[Action]:
        return (Action(_("名单"), reverse("planning:campaign-roster", args=[instance.pk]), "list-checks"),)

    def extra_actions(self, viewer: Viewer, instance: Campaign) -> Sequence[Action]:
        actions = verb_actions(
            states.CAMPAIGN,
            state=instance.state,
            roles=viewer.roles,
            facts=facts_of(instance, seen_of(instance)),
            url_for=lambda row: reverse("planning:campaign-verb", args=[instance.pk, row.verb]),
            icons=_ICONS,
            danger=("drop", "cancel"),
        )
        links = [*_approval_link(viewer, instance), *to_dispatches(viewer, Q(campaign=instance))]
        return [*self._drawing(viewer, instance), *links, *actions]

    def _drawing(self, viewer: Viewer, campaign: Campaign) -> list[Action]:
        """The way to the draw, where there is one to be made."""
        if campaign.state not in states.RUNNING or not self.allows_writing(viewer):
            return []
        address = f"{reverse('planning:draws-create')}?campaign={campaign.pk}"
        standing = campaign.draws.exclude(state__in=draw_states.WITHOUT_RESULT)
        if inspectors_named(campaign):
            return []
        begun = standing.filter(state__in=draw_states.UNFINISHED).order_by("pk").first()
        if begun is not None:
            told = gettext("这次抽取目前为“%(state)s”") % {"state": begun.get_state_display()}
            page = reverse("planning:draws-detail", args=[begun.pk])
            return [Action(_("继续抽取"), page, "dices", primary=True, hint=told)]
        if standing.exists():
            why = _("须写明理由，并由局领导或督导员同意；前一次的结果一直公开")
            return [Action(_("再次抽取"), address, "repeat", hint=why)]
        hint = _("方案已批准：定摇号的时间和地点，核对名单后封存")
        return [Action(_("拟定抽取"), address, "dices", primary=True, hint=hint)]

    def detail_values(self, viewer: Viewer, instance: Campaign) -> Mapping[str, Any]:
        seen = seen_of(instance)
        table = table_of(seen) if seen else None
        strength = strength_of(instance, seen.drawn_total) if seen else None
        return {
            "campaign": instance,
            "facts": self.sections[0].pairs(instance),
            **item_values(viewer, instance),
            "table": table,
            "strength": strength,
            "ways_out": ways_out(instance, strength) if strength else (),
            "standings": standings_of(instance, table.to_draw if table else 0),
            "meetings": meetings_of(viewer, instance, _own_firms(viewer, instance)),
            "draws": _draws(viewer, instance),
            "extensions": extensions_of(viewer, Q(dispatch__campaign=instance)),
            "shares": shares_of(instance),
            "unanswered": without_head(units_of(instance)) if instance.state in _BEFORE_DISPATCH else (),
            "may_share": instance.state not in states.ENDED and self.allows_writing(viewer),
            "papers": attachments.of_thing(Thing.of(instance), viewer),
            "targets": _targets(viewer, instance),
            "named": kept_with_inspectors(instance),
            "unmatched": _unmatched(viewer, instance),
            "may_decide": instance.state == states.DRAFT and bool(viewer.roles & {*DECIDERS}),
            "may_add_paper": instance.state == states.DRAFT and self.allows_writing(viewer),
        }


def seen_of(campaign: Campaign) -> Preview | None:
    """The roster while it is not approved."""
    if campaign.state not in (states.DRAFT, states.SUBMITTED):
        return None
    return once(campaign, "preview", lambda: selectors.preview_of(draw_for(campaign)))


@dataclass(frozen=True)
class DrawRow:
    """One draw of the campaign; how many of its firms lack people, and what this viewer may do about it."""

    draw: Draw
    lacking: int
    may_supplement: bool
    may_agree: bool


def _draws(viewer: Viewer, campaign: Campaign) -> list[DrawRow]:
    rows = []
    draws = Draw.objects.visible_to(viewer).filter(campaign=campaign)
    for draw in draws.select_related("supplements", "repeat_approved_by").order_by("created_at"):
        served = draw.supplemented_by.filter(state__in=draw_states.UNFINISHED).exists()
        short = len(lacking(draw)) if draw.is_complete and not served else 0
        asks = draw.state == draw_states.DRAFT and bool(draw.repeat_reason) and not draw.repeat_approved_by_id
        someone_else = isinstance(viewer, Officer) and viewer.id != draw.created_by_id
        rows.append(
            DrawRow(
                draw,
                short,
                bool(short) and Role.COORDINATOR in viewer.roles,
                asks and someone_else and bool(viewer.roles & {*AGREEING}),
            )
        )
    return rows


def _own_firms(viewer: Viewer, campaign: Campaign) -> set[int]:
    """The firms that are certain to be visited: drawn, or named by a superior."""
    drawn = DrawTarget.objects.visible_to(viewer).filter(draw__campaign=campaign).to_visit()
    named = CampaignTarget.objects.visible_to(viewer).filter(campaign=campaign)
    return {*drawn.values_list("subject_id", flat=True), *named.values_list("subject_id", flat=True)}


def _targets(viewer: Viewer, campaign: Campaign) -> Any:
    """The firms that a superior drew, those about which somebody has to decide first."""
    if not campaign.from_above:
        return ()
    targets = CampaignTarget.objects.visible_to(viewer).filter(campaign=campaign)
    return targets.select_related("decided_by").prefetch_related("inspectors").order_by("-at_cap", "place")


def _unmatched(viewer: Viewer, campaign: Campaign) -> list[str]:
    """What the superior's list calls the firms that are in no register of ours, and so are not inspected."""
    received = SuperiorDrawList.objects.visible_to(viewer).filter(campaign=campaign).first()
    rows = received.rows if received is not None else ()
    return [_called(row) for row in rows if row["subject_id"] is None]


def _called(row: Mapping[str, Any]) -> str:
    """The firm's name, else its code, else where in the list it stands."""
    named: str = row["raw"].get("name") or row["raw"].get("code") or ""
    return named or gettext("第 %(row)d 行") % {"row": row["row"]}


def _names(rows: Any) -> str:
    return "、".join(str(row) for row in rows.all())


def _approval_link(viewer: Viewer, campaign: Campaign) -> list[Action]:
    """The way to the approval, where there is one that this viewer sees."""
    approval = approvals.of_thing(ROUTE, Thing.of(campaign))
    if approval is None or not Approval.objects.visible_to(viewer).filter(pk=approval.pk).exists():
        return []
    waiting = campaign.state == states.SUBMITTED
    address = reverse("basics:approvals-detail", args=[approval.pk])
    link = Action(_("查看审批"), address, "stamp", primary=waiting)
    return [replace(link, hint=_("局领导批准后即可抽取")) if waiting else link]


def _officer(actor: Viewer) -> Officer:
    assert isinstance(actor, Officer)  # noqa: S101  the page admits officers only
    return actor
