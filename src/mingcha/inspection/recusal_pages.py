"""Where applications for recusal are seen: on the page of an inspection, in a list of their own, at home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.heads import HEADS
from mingcha.accounts.roles import describe
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics import things
from mingcha.basics.selectors import deadlines
from mingcha.inspection import lifecycle as inspections
from mingcha.inspection import recusal_lifecycle as states
from mingcha.inspection.links import page_of
from mingcha.inspection.models import INSPECTION_READERS, Inspection, RecusalApplication
from mingcha.inspection.pages import Part, part
from mingcha.inspection.selectors import heads, is_on_team, stays_away, too_few_go_on, with_people
from mingcha.inspection.services.recusing import OPEN_FOR
from mingcha.planning.dispatch import change_lifecycle as changes
from mingcha.web import navigation
from mingcha.web.components import Action, verb_actions
from mingcha.web.providers import NextStep, Tone, next_steps
from mingcha.web.registers import Column, Register, Section
from mingcha.web.text import Text

APPLICATIONS = _("回避申请")
STATE_TONES: dict[str, Tone] = {
    states.WAITING: "warning",
    states.GRANTED: "success",
    states.REJECTED: "secondary",
    states.ENDED: "secondary",
}
_ICONS = {"grant": "check", "reject": "x"}


@dataclass(frozen=True)
class Answer:
    """What the firm is told of one application: against whom, what was decided, why, when."""

    person: str
    words: str
    decided_at: datetime | None


def answers_of(inspection: Inspection) -> list[Answer]:
    """The applications of a firm about one visit, for the firm itself: no relation and no ground."""
    rows = inspection.recusal_applications.select_related("inspector", "substitute").order_by("received_at")
    stopped = too_few_go_on(inspection)
    return [Answer(one.inspector.name, _words(one, stopped=stopped), one.decided_at) for one in rows]


def _words(one: RecusalApplication, *, stopped: bool) -> str:
    if one.state == states.WAITING:
        return gettext("已收到，由局领导在规定期限内决定；决定以前检查不停止")
    if one.state == states.GRANTED:
        came = gettext("，由%(name)s接替") % {"name": one.substitute.name} if one.substitute else ""
        said = gettext("准予回避%(came)s。%(why)s") % {"came": came, "why": one.answer or ""}
        return said + gettext("检查人员不足两名，这次检查停止。") if stopped else said
    if one.state == states.REJECTED:
        return gettext("不予回避：%(why)s") % {"why": one.answer or "—"}
    return str(one.get_state_display())


class ApplicationRegister(Register):
    model = RecusalApplication
    slug = "recusal-applications"
    title = APPLICATIONS
    description = _("被检查单位申请检查人员回避；由局领导在期限内决定，决定以前不停止检查")
    read_roles = INSPECTION_READERS
    columns = (
        Column("inspection__name", _("检查对象")),
        "inspector",
        "state",
        "how",
        "received_at",
        "decided_at",
    )
    filters = ("state", "how")
    search_fields = ("inspection__name", "inspector__name")
    search_hint = _("检查对象或检查人员")
    ordering = ("-received_at",)
    select_related = ("inspection", "inspector", "substitute", "recorded_by", "decided_by", "change")
    holds_personal_data = True
    detail_template = "inspection/application_detail.html"
    detail_sections = (
        Section(
            _("申请"),
            (
                Column("inspection__name", _("检查对象")),
                "inspector",
                "relation",
                Column("ground", _("事实和理由"), render=lambda one: one.ground),
                Column("applicant", _("申请人"), render=lambda one: one.applicant),
                "how",
                "received_at",
                "recorded_by",
            ),
            icon="shield-off",
        ),
        Section(
            _("决定"),
            (
                "substitute",
                Column("decided_by", _("决定人"), render=lambda one: _decider(one)),
                "decided_at",
                Column("answer", _("告知申请人的理由"), render=lambda one: one.answer),
            ),
            icon="stamp",
        ),
    )
    empty_title = _("没有回避申请")
    empty_text = _("检查人员在检查的页面上登记；企业也可以凭码自己提出。")

    def status(self, instance: RecusalApplication) -> tuple[Text, Tone]:
        return instance.get_state_display(), STATE_TONES[instance.state]

    def extra_actions(self, viewer: Viewer, instance: RecusalApplication) -> Sequence[Action]:
        if _waits_elsewhere(instance):
            # The decision there is the decision here: one press, one place.
            address = reverse("planning:changes-detail", args=[instance.change_id])
            return (Action(_("在更换申请里决定"), address, "arrow-left-right", primary=True),)
        made = verb_actions(
            states.APPLICATION,
            state=instance.state,
            roles=viewer.roles,
            facts=states.ApplicationFacts(),
            url_for=lambda row: reverse(f"inspection:application-{row.verb}", args=[instance.pk]),
            icons=_ICONS,
            danger=("reject",),
        )
        # Each asks for what the firm is told.
        return [replace(action, post=False, needs_reason=False) for action in made]

    def detail_values(self, viewer: Viewer, instance: RecusalApplication) -> Mapping[str, Any]:
        running = deadlines.of_thing(Thing.nameless(instance), viewer)
        return {
            "application": instance,
            "change": instance.change if _waits_elsewhere(instance) else None,
            "terms": [deadlines.shown(one) for one in running],
        }


def _decider(one: RecusalApplication) -> str:
    """Where the rule names the substitute, who decided on that request."""
    who = one.change.decided_by if one.change is not None and one.decided_by is None else one.decided_by
    return str(who or "—")


def _waits_elsewhere(one: RecusalApplication) -> bool:
    return one.change is not None and one.change.state == changes.WAITING


@part("recusal", order=25)
def recusal(viewer: Viewer, inspection: Inspection) -> Part:
    """The button of those who hear an application, and the applications that this viewer may know of."""
    rows = list(
        RecusalApplication.objects.visible_to(viewer)
        .filter(inspection=inspection)
        .select_related("inspector", "substitute")
    )
    hears = isinstance(viewer, Officer) and (
        viewer.has(Role.COORDINATOR, Role.SECTION_HEAD) or is_on_team(viewer, inspection)
    )
    actions = []
    if hears and inspection.state in OPEN_FOR and inspection.enforcing:
        address = reverse("inspection:apply-for-recusal", args=[inspection.pk])
        actions.append(Action(_("登记回避申请"), address, "shield-off"))
    values = {
        "applications": rows,
        "too_few": too_few_go_on(inspection),
        "stays_away": stays_away(viewer, inspection),
    }
    return Part(actions, "inspection/applications_card.html" if any(values.values()) else "", values)


def register() -> None:
    """Called once at start-up."""
    navigation.add(
        navigation.Entry(
            code="inspection.recusal-applications",
            label=APPLICATIONS,
            url_name="inspection:recusal-applications-list",
            icon="shield-off",
            group="inspection",
            order=40,
            roles=(Role.COORDINATOR, Role.OVERSEER, Role.BUREAU_LEADER),
        )
    )
    describe(states.APPLICATION)
    next_steps.register("inspection.recusals")(_steps)
    things.register(
        RecusalApplication,
        label=APPLICATIONS,
        url=lambda pk: reverse("inspection:recusal-applications-detail", args=[pk]),
        gathered=True,
    )


def _steps(officer: Officer) -> Iterator[NextStep]:
    yield from _to_end(officer)
    yield from _to_decide(officer)


def _to_end(officer: Officer) -> Iterator[NextStep]:
    """Visits under way that fewer than two go on with, since somebody must stay away: to be ended."""
    if not officer.has(Role.INSPECTOR, *HEADS):
        return
    seen = Inspection.objects.visible_to(officer).filter(state=inspections.ON_SITE)
    rows = with_people(seen.filter(recusal_applications__state=states.GRANTED).distinct())
    for one in rows.order_by("entered_at"):
        if too_few_go_on(one) and (is_on_team(officer, one) or heads(officer, one)):
            yield NextStep(
                title=gettext("停止检查、登记离开：%(firm)s") % {"firm": one},
                detail=gettext(
                    "有人被准予回避，检查人员不足两名；已经查到的写进记录提交，由股室决定是否另派人再查"
                ),
                url=page_of(one.pk),
                tone="danger",
                icon="shield-off",
            )


def _to_decide(officer: Officer) -> Iterator[NextStep]:
    """What the leader decides here; where the rule names who comes, that request stands at home already."""
    if not officer.has(Role.BUREAU_LEADER, Role.OVERSEER):
        return
    rows = RecusalApplication.objects.visible_to(officer).filter(state=states.WAITING)
    for one in rows.select_related("inspection", "inspector", "change").order_by("received_at"):
        due = _due_of(one, officer)
        late = due is not None and due < clock.today()
        if (_waits_elsewhere(one) or not officer.has(Role.BUREAU_LEADER)) and not late:
            continue
        yield NextStep(
            title=gettext("决定回避申请：%(who)s") % {"who": one},
            detail=gettext("逾期未决定；决定以前检查不停止") if late else gettext("决定以前检查不停止"),
            url=reverse("inspection:recusal-applications-detail", args=[one.pk]),
            due=due,
            tone="danger" if late else "warning",
            icon="shield-off",
        )


def _due_of(one: RecusalApplication, officer: Officer) -> Any:
    found = deadlines.of_thing(Thing.nameless(one), officer).filter(met_on=None).first()
    return found.due_on if found is not None else None
