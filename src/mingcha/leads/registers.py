"""The list of leads and the page of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.base.viewers import Officer, Viewer
from mingcha.leads import lifecycle as states
from mingcha.leads import services
from mingcha.leads.facts import facts_of
from mingcha.leads.forms import LeadForm
from mingcha.leads.models import LEAD_HANDLERS, LEAD_KEEPERS, LEAD_READERS, Lead
from mingcha.leads.page import actions_of, story_of
from mingcha.leads.selectors import late, owed, with_due_days
from mingcha.web.components import Action, days_left
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section
from mingcha.web.registers.filters import RegisterFilterSet
from mingcha.web.templatetags.mingcha import status
from mingcha.web.text import Text

STATE_TONES: dict[str, Tone] = {
    states.PENDING: "warning",
    states.ASKED: "warning",
    states.ACCEPTED: "info",
    states.UNDER_WAY: "info",
    states.CLOSED: "success",
}
#: What the filters of the list say in an address.
OPEN, MINE, LATE, UNASSIGNED, OWED = "open", "mine", "late", "unassigned", "owed"


class LeadFilters(RegisterFilterSet):
    """Which leads want something: the filter that the next steps lead to."""

    work = django_filters.ChoiceFilter(
        label=_("办理情况"),
        choices=[
            (OPEN, _("还没有办结")),
            (MINE, _("由我承办，还没有办结")),
            (UNASSIGNED, _("没有承办人")),
            (LATE, _("已超期")),
            (OWED, _("要答复、反馈并送达")),
        ],
        empty_label=_("全部"),
        method="by_work",
    )

    def by_work(self, rows: QuerySet[Any], name: str, asked: str) -> QuerySet[Any]:
        if asked == LATE:
            return late(rows)
        if asked == OWED:
            return owed(rows)
        open_ones = rows.filter(state__in=states.OPEN)
        if asked == MINE:
            return open_ones.filter(handler=self.request.viewer.id)
        return open_ones.filter(handler=None) if asked == UNASSIGNED else open_ones


def _left(lead: Lead) -> Any:
    due_on = getattr(lead, "next_due", None)
    if due_on is None:
        return ""
    words, tone = days_left(due_on, clock.today())
    return status(words, tone)


class LeadRegister(Register):
    model = Lead
    slug = "leads"
    prefix = ""
    title = _("线索")
    description = _("投诉、举报、转办交办、数据线索和企业申请：不经抽取的检查只能由此产生")
    read_roles = LEAD_READERS
    write_roles = LEAD_KEEPERS
    form_class = LeadForm
    holds_personal_data = True
    columns = (
        "number",
        Column(
            "subject",
            _("检查对象"),
            render=lambda lead: lead.firm_name,
            order_by=("subject__name", "subject_text"),
        ),
        "kind",
        "channel",
        "state",
        "unit",
        Column("handler__name", _("承办人")),
        "received_on",
        Column("next_due", _("期限"), render=_left, order_by=("next_due",)),
    )
    filters = ("state", "kind", "channel", "unit", "received_on")
    filterset_class = LeadFilters
    search_fields = ("number", "subject__name", "subject__credit_code", "subject_text", "reference")
    search_hint = _("编号、单位名称、信用代码或来文编号")
    ordering = ("-received_on",)
    select_related = ("subject", "unit", "handler", "item", "registered_by", "merged_into", "proposed_by")
    detail_template = "leads/lead_detail.html"
    detail_sections = (
        Section(
            _("反映的情况"),
            (
                Column(
                    "subject",
                    _("检查对象"),
                    render=lambda lead: lead.firm_name if lead.subject else _("还没有认定"),
                ),
                "subject_text",
                "what",
                "persons",
                "amount",
                "violation_from",
                Column(
                    "violation_until",
                    _("违法行为终了日期"),
                    render=lambda lead: lead.violation_until or _("还在持续，或不明"),
                ),
                "item",
            ),
            icon="message-square",
            only_said=True,
        ),
        Section(
            _("来源和办理"),
            (
                "kind",
                "channel",
                "received_on",
                "late_why",
                "reference",
                "due_on",
                "unit",
                "handler",
                "jurisdiction",
                "state_since",
                "outcome",
                "closed_on",
                "merged_into",
                "registered_at",
                "registered_by",
            ),
            icon="inbox",
            only_said=True,
        ),
    )
    empty_title = _("还没有线索")
    empty_text = _("窗口、电话、12345、欠薪线索平台、来信、其他部门转来的，都在这里登记。")

    def queryset(self, viewer: Viewer) -> QuerySet[Any]:
        return with_due_days(super().queryset(viewer))

    def status(self, instance: Lead) -> tuple[Text, Tone]:
        return instance.get_state_display(), STATE_TONES.get(instance.state, "secondary")

    def list_actions(self, viewer: Viewer) -> Sequence[Action]:
        links = []
        if self.allows_writing(viewer):
            links.append(Action(_("登记线索"), reverse("leads:lead-register"), "plus", primary=True))
        if viewer.roles & {*map(str, LEAD_HANDLERS)}:
            links.append(Action(_("查投诉人"), reverse("leads:complainant-search"), "search"))
        return links

    def may_edit(self, viewer: Viewer, instance: Lead) -> bool:
        facts = facts_of(instance, viewer)
        return states.LEAD.preview(instance.state, "change", viewer.roles, facts).allowed

    def update(self, actor: Officer, instance: Lead, cleaned: dict[str, Any]) -> Lead:
        return services.change_lead(actor=actor, lead=instance, values=cleaned)

    def extra_actions(self, viewer: Viewer, instance: Lead) -> Sequence[Action]:
        return actions_of(viewer, instance)

    def detail_values(self, viewer: Viewer, instance: Lead) -> Mapping[str, Any]:
        return story_of(viewer, instance)
