"""The list of draws, the form that drafts one, and the page of one draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.memo import once
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.planning import lifecycle, roster, selectors, services, trials
from mingcha.planning.campaigns.lifecycle import RUNNING
from mingcha.planning.campaigns.strata import label_of
from mingcha.planning.dispatch.links import to_dispatches
from mingcha.planning.forms import ChangeDrawForm, DrawForm
from mingcha.planning.item_uses import item_values
from mingcha.planning.models import (
    DRAW_READERS,
    PAIRING_READERS,
    Campaign,
    DigitsAttempt,
    Draw,
    DrawTarget,
    TrialDraw,
)
from mingcha.planning.pairing_explained import explained
from mingcha.planning.replayed import spared
from mingcha.planning.roster import EXCLUSION_LABELS, Preview
from mingcha.planning.services.trials import TRIERS
from mingcha.web.components import Action, verb_actions
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section

STATE_TONES: dict[str, Tone] = {
    lifecycle.DRAFT: "secondary",
    lifecycle.SEALED: "info",
    lifecycle.REVEALED: "warning",
    lifecycle.KEPT: "warning",
    lifecycle.DRAWN: "success",
    lifecycle.VOID: "danger",
    lifecycle.DROPPED: "secondary",
}
VERB_PAGES = {
    "seal": "planning:draw-seal",
    "enter_digits": "planning:draw-digits",
    "return_digits": "planning:draw-return",
    "confirm_digits": "planning:draw-confirm",
    "open": "planning:draw-open",
    "use_fallback": "planning:draw-fallback",
    "void": "planning:draw-void",
    "abandon": "planning:draw-abandon",
    "drop": "planning:draw-drop",
}
VERB_ICONS = {
    "seal": "lock",
    "enter_digits": "dices",
    "return_digits": "undo-2",
    "confirm_digits": "check-check",
    "open": "lock-open",
    "use_fallback": "shuffle",
    "void": "ban",
    "abandon": "ban",
    "drop": "ban",
}
#: Verbs whose button only opens a page with a form.
WITH_FORM = ("enter_digits", "confirm_digits")
EXCLUDED_SHOWN = 200


class DrawRegister(Register):
    model = Draw
    slug = "draws"
    title = _("抽取")
    description = _("拟定、封存、摇号、抽取，每一次都留在公开登记簿上")
    read_roles = DRAW_READERS
    write_roles = (Role.COORDINATOR,)
    columns = (
        "title",
        "number",
        Column("state", _("状态")),
        "reveal_at",
        "visit_from",
        "visit_until",
    )
    filters = ("state",)
    search_fields = ("number", "title", "items")
    search_hint = _("抽取编号、名称或事项")
    ordering = ("-created_at",)
    form_class = DrawForm
    create_label = _("拟定抽取")
    detail_template = "planning/draw_detail.html"
    detail_sections = (
        Section(
            _("抽取方案"),
            (
                "campaign",
                Column("subject_kinds", _("抽取范围"), render=lambda draw: draw.kinds_text),
                Column("quota", _("抽取规则"), render=lambda draw: draw.quota_text),
                Column("reserve_pct", _("候补"), render=lambda draw: f"{draw.reserve_pct}%"),
                "per_target",
                "capacity",
                "specialty",
                "visit_from",
                "visit_until",
                "reveal_at",
                "reveal_place",
                Column("source", _("随机来源"), render=lambda draw: draw.source_text),
                Column("fallback", _("备用来源"), render=lambda draw: draw.fallback_text),
                "fallback_reason",
                "mode",
                "open_by",
                "repeat_reason",
            ),
            icon="scroll-text",
            only_said=True,
        ),
    )

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> Draw:
        campaign = cleaned.pop("campaign")
        return services.plan_draw(actor=_officer(actor), campaign=campaign, values=cleaned)

    def update(self, actor: Viewer, instance: Draw, cleaned: dict[str, Any]) -> Draw:
        return services.change_draw(actor=_officer(actor), draw=instance, values=cleaned)

    def form_class_for(self, instance: Draw) -> type[BaseForm]:
        return ChangeDrawForm

    def first_values(self, viewer: Viewer, asked: Mapping[str, str]) -> dict[str, Any]:
        """A draw of a campaign begins with what was approved."""
        wanted = asked.get("campaign", "")
        campaigns = Campaign.objects.visible_to(viewer).filter(state__in=RUNNING)
        found = campaigns.filter(pk=wanted).first() if wanted.isascii() and wanted.isdigit() else None
        if found is None:
            return {}
        when = {"reveal_at": selectors.proposed_moment(), "reveal_place": selectors.usual_place(viewer)}
        return DrawForm.first_values(found) | when

    def may_edit(self, viewer: Viewer, instance: Draw) -> bool:
        return instance.state == lifecycle.DRAFT

    def status(self, instance: Draw) -> tuple[str, Tone]:
        return instance.get_state_display(), STATE_TONES[instance.state]

    def extra_actions(self, viewer: Viewer, instance: Draw) -> Sequence[Action]:
        seen = _preview(instance)
        facts = selectors.facts_of(instance, seen)
        actions = verb_actions(
            lifecycle.DRAW_LIFECYCLE,
            state=instance.state,
            roles=viewer.roles,
            facts=facts,
            url_for=lambda row: reverse(VERB_PAGES[row.verb], args=[instance.pk]),
            icons=VERB_ICONS,
            danger=("void", "abandon", "drop"),
        )
        if not instance.fallback_source or instance.uses_fallback:
            actions = [action for action in actions if action.verb != "use_fallback"]
        if seen is not None:
            actions = [replace(a, values=(("roster_digest", roster.digest_of(seen)),)) for a in actions]
        if instance.state == lifecycle.REVEALED:
            kept = selectors.kept_from_confirming(instance, _officer(viewer))
            actions = [replace(action, refusals=action.refusals + kept) for action in actions]
        actions = [replace(action, post=False) if action.verb in WITH_FORM else action for action in actions]
        tried = _try_out(viewer, instance, facts)
        return [*actions, *tried, *to_dispatches(viewer, Q(draw=instance)), *_to_campaign(instance)]

    def detail_values(self, viewer: Viewer, instance: Draw) -> Mapping[str, Any]:
        viewer = _officer(viewer)
        seen = _preview(instance)
        attempts = DigitsAttempt.objects.visible_to(viewer).filter(draw=instance)
        return {
            "draw": instance,
            "may_hold_secret": viewer.has(Role.OVERSEER) and instance.mode == Draw.Mode.SEALED,
            "may_pair": bool(viewer.roles & {*PAIRING_READERS}),
            "pairing": explained(instance, viewer),
            "spared": spared(instance) if instance.is_complete else (),
            "preview": seen,
            "strata": _strata(seen) if seen else (),
            "excluded": _excluded(seen) if seen else (),
            "targets": _targets(viewer, instance, DrawTarget.Kind.DRAWN),
            "reserves": _targets(viewer, instance, DrawTarget.Kind.RESERVE),
            **item_values(viewer, instance),
            "attempts": attempts.select_related("entered_by", "returned_by"),
            "trials": TrialDraw.objects.visible_to(viewer).filter(draw=instance).select_related("made_by"),
        }


def _officer(actor: Viewer) -> Officer:
    assert isinstance(actor, Officer)  # noqa: S101  the page admits officers only
    return actor


def _preview(draw: Draw) -> Preview | None:
    """What would be sealed, while it is a draft."""
    if draw.state != lifecycle.DRAFT:
        return None
    return once(draw, "preview", lambda: selectors.preview_of(draw))


def _try_out(viewer: Viewer, draw: Draw, facts: lifecycle.DrawFacts) -> list[Action]:
    """The button for a trial of a draft: in the demo, for those who draft."""
    if not settings.DEMO or draw.state != lifecycle.DRAFT or not viewer.roles & {*TRIERS}:
        return []
    address, hint = reverse("trials:try", args=[draw.pk]), _("看看会抽出什么：不占编号、不公开、不作数")
    return [
        Action(_("试抽"), address, "flask-conical", post=True, hint=hint, refusals=trials.obstacles(facts))
    ]


def _to_campaign(draw: Draw) -> list[Action]:
    if draw.campaign is None:
        return []
    return [
        Action(_("抽查任务"), reverse("planning:campaigns-detail", args=[draw.campaign_id]), "clipboard-list")
    ]


def _strata(seen: Preview) -> list[tuple[str, int, int, int]]:
    return [
        (label_of(stratum, seen.labels), rows, seen.eligible[stratum], seen.to_draw[stratum])
        for stratum, rows in seen.rows.items()
    ]


def _excluded(seen: Preview) -> list[tuple[str, str, str]]:
    return [
        (entry.name, entry.row.id, str(EXCLUSION_LABELS[entry.row.excluded]))
        for entry in seen.excluded[:EXCLUDED_SHOWN]
    ]


def _targets(viewer: Viewer, draw: Draw, kind: str) -> Any:
    rows = DrawTarget.objects.visible_to(viewer).filter(draw=draw, kind=kind)
    return rows.prefetch_related("members__person__inspector").order_by("seq")
