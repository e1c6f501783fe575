"""What campaigns add to the shared pages: menu, next steps, what the leader reads before approving."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.accounts.roles import describe
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics import things, uses
from mingcha.planning import lifecycle as draws
from mingcha.planning.campaigns import lifecycle as states
from mingcha.planning.campaigns.facts import RESERVE, SPECIALS_A_YEAR
from mingcha.planning.campaigns.registers import CampaignRegister
from mingcha.planning.campaigns.strata import PUBLIC_STRATA
from mingcha.planning.models import CAMPAIGN_READERS, Campaign, Draw
from mingcha.planning.services.drafting import inspectors_named
from mingcha.web import navigation
from mingcha.web.providers import NextStep, next_steps


def register() -> None:
    """Called once at start-up."""
    navigation.add(
        navigation.Entry(
            code="planning.campaigns",
            label=gettext_lazy("抽查任务"),
            url_name="planning:campaigns-list",
            icon="clipboard-list",
            group="planning",
            order=7,
            roles=CAMPAIGN_READERS,
        )
    )
    uses.register(
        *(SPECIALS_A_YEAR, PUBLIC_STRATA, RESERVE),
        label=gettext_lazy("抽查任务：分层、候补、专项数量"),
        url_name="planning:campaigns-list",
    )
    next_steps.register("planning.campaigns")(_steps)
    describe(states.CAMPAIGN)
    things.register(
        Campaign._meta.label_lower,
        label=gettext_lazy("抽查任务"),
        visible=_visible,
        url=lambda pk: reverse("planning:campaigns-detail", args=[pk]),
        render=_for_approval,
    )


def _visible(viewer: Viewer) -> QuerySet[Campaign]:
    return Campaign.objects.visible_to(viewer)


def _for_approval(viewer: Viewer, pk: int) -> SafeString:
    """Scheme and roster, as on the campaign's own page."""
    campaign = Campaign.objects.visible_to(viewer).select_related("lead_unit").get(pk=pk)
    register = CampaignRegister()
    pairs = [pair for section in register.sections for pair in section.pairs(campaign)]
    return render_to_string(
        "planning/campaign_for_approval.html",
        {**register.detail_values(viewer, campaign), "facts": [pair for pair in pairs if pair[1] != "—"]},
    )


def _steps(officer: Officer) -> Iterator[NextStep]:
    if not officer.has(Role.COORDINATOR):
        return
    begun = Draw.objects.visible_to(officer).filter(campaign=OuterRef("pk")).exclude(state=draws.VOID)
    campaigns = Campaign.objects.visible_to(officer)
    for campaign in campaigns.filter(state=states.DRAFT):
        yield _step(campaign, _("提请批准：%(title)s"), _("核对方案和名单，提请局领导一并批准"), "send")
    for campaign in campaigns.filter(state=states.APPROVED).exclude(Exists(begun)):
        if not inspectors_named(campaign):
            yield _step(campaign, _("拟定抽取：%(title)s"), _("方案已批准，定摇号的时间和地点"), "dices")


def _step(campaign: Campaign, title: str, detail: str, icon: str) -> NextStep:
    return NextStep(
        title=title % {"title": campaign.title},
        detail=detail,
        url=reverse("planning:campaigns-detail", args=[campaign.pk]),
        due=campaign.visit_from,
        icon=icon,
    )
