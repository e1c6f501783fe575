"""待认领: arrivals with their deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.base.viewers import Officer, Viewer
from mingcha.registry.claim_lifecycle import CLAIM, ClaimFacts
from mingcha.registry.models import REGISTER_READERS, Claim
from mingcha.registry.selectors.claims import with_due_days
from mingcha.registry.services.subjects import SUBJECT_KEEPERS
from mingcha.web.components import Action, days_left, verb_actions
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section
from mingcha.web.templatetags.mingcha import status
from mingcha.web.text import Text

TONES: dict[str, Tone] = {"pending": "warning", "claimed": "success", "declined": "secondary"}


def _left(claim: Claim) -> Any:
    due_on = getattr(claim, "due_on", None)
    if due_on is None or claim.state != Claim.State.PENDING:
        return ""
    words, tone = days_left(due_on, clock.today())
    return status(words, tone)


class ClaimRegister(Register):
    model = Claim
    slug = "claims"
    title = _("认领")
    description = _("新推送来的检查对象：认领，或者说明为什么不属本局监管")
    read_roles = REGISTER_READERS
    columns = (
        "subject",
        Column(
            "roster_id", _("代码或公开编号"), render=lambda claim: claim.subject.roster_id, sortable=False
        ),
        Column("town", _("乡镇街道"), render=lambda claim: claim.subject.town, sortable=False),
        "source",
        "arrived_on",
        Column("due_on", _("到期日"), sortable=False),
        Column("left", _("剩余"), render=_left, sortable=False),
        "state",
    )
    filters = ("state", "arrived_on")
    search_fields = ("subject__name", "subject__credit_code", "source")
    ordering = ("-state", "arrived_on")
    select_related = ("subject",)
    empty_title = _("没有待认领的检查对象")
    empty_text = _("省监管平台推送的名单导入后，或从检查对象页面列入后，会出现在这里。")
    detail_sections = (
        Section(
            _("认领"),
            (
                "subject",
                "source",
                "arrived_on",
                Column("due_on", _("到期日")),
                "state",
                "reason",
                "decided_by",
                "decided_at",
            ),
            icon="inbox",
        ),
    )

    def queryset(self, viewer: Viewer) -> models.QuerySet[Any]:
        return with_due_days(super().queryset(viewer))

    def status(self, instance: Claim) -> tuple[Text, Tone]:
        return instance.get_state_display(), TONES[instance.state]

    def more_list_links(self, viewer: Viewer) -> Sequence[Action]:
        if not (isinstance(viewer, Officer) and viewer.has(*SUBJECT_KEEPERS)):
            return ()
        return (Action(_("一次办多户"), reverse("registry:claims-many"), "list-checks"),)

    def extra_actions(self, viewer: Viewer, instance: Claim) -> Sequence[Action]:
        page = reverse("registry:subjects-detail", args=[instance.subject_id])
        verbs = verb_actions(
            CLAIM,
            state=instance.state,
            roles=viewer.roles,
            facts=ClaimFacts(),
            url_for=lambda row: reverse("registry:claim-decide", args=[instance.pk, row.verb]),
            icons={"claim": "check", "decline": "x"},
        )
        return [*verbs, Action(_("打开检查对象"), page, "building-2")]
