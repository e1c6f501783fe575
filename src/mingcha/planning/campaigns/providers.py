"""What campaigns add to the shared pages: menu, next steps, what the leader reads before approving."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.accounts.roles import describe
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics import things, uses
from mingcha.planning import lifecycle as draws
from mingcha.planning.campaigns import lifecycle as states
from mingcha.planning.campaigns import superior
from mingcha.planning.campaigns.facts import RESERVE, SPECIALS_A_YEAR
from mingcha.planning.campaigns.merging import WITHIN
from mingcha.planning.campaigns.registers import CampaignRegister
from mingcha.planning.campaigns.strata import PUBLIC_STRATA
from mingcha.planning.models import CAMPAIGN_READERS, Campaign, Draw
from mingcha.planning.services.repeating import AGREEING
from mingcha.web import navigation
from mingcha.web.providers import NextStep, next_steps


def register() -> None:
    """Called once at start-up."""
    superior.register()
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
        *(SPECIALS_A_YEAR, PUBLIC_STRATA, RESERVE, WITHIN),
        label=gettext_lazy("抽查任务：分层、候补、专项数量、合并提示"),
        url_name="planning:campaigns-list",
    )
    next_steps.register("planning.campaigns")(_steps)
    describe(states.CAMPAIGN)
    things.register(
        Campaign,
        label=gettext_lazy("抽查任务"),
        url=lambda pk: reverse("planning:campaigns-detail", args=[pk]),
        render=_for_approval,
    )


def _for_approval(viewer: Viewer, pk: int) -> SafeString:
    """Scheme and roster, as on the campaign's own page."""
    campaign = Campaign.objects.visible_to(viewer).select_related("lead_unit").get(pk=pk)
    values = CampaignRegister().detail_values(viewer, campaign)
    return render_to_string("planning/campaign_for_approval.html", {**values})


def _steps(officer: Officer) -> Iterator[NextStep]:
    if officer.has(*AGREEING):
        yield from _attempts(officer)
    if not officer.has(Role.COORDINATOR):
        return
    begun = Draw.objects.visible_to(officer).filter(campaign=OuterRef("pk"))
    begun = begun.exclude(state__in=draws.WITHOUT_RESULT)
    campaigns = Campaign.objects.visible_to(officer)
    for campaign in campaigns.filter(state=states.DRAFT):
        yield _step(campaign, _("提请批准：%(title)s"), _("核对方案和名单，提请局领导一并批准"), "send")
    # What a superior named inspectors for may be handed on before the rest is drawn.
    running = campaigns.filter(state__in=states.RUNNING, visit_until__gte=clock.today())
    for campaign in running.to_draw().exclude(Exists(begun)):
        yield _step(campaign, _("拟定抽取：%(title)s"), _("方案已批准，定摇号的时间和地点"), "dices")


def _attempts(officer: Officer) -> Iterator[NextStep]:
    """Other attempts that wait for a second person (N4)."""
    waiting = Draw.objects.visible_to(officer).filter(state=draws.DRAFT, repeat_approved_by=None)
    for draw in waiting.exclude(repeat_reason="").exclude(campaign=None).exclude(created_by=officer.id):
        yield NextStep(
            title=_("核对再次抽取的理由：%(title)s") % {"title": draw.title},
            detail=draw.repeat_reason,
            url=reverse("planning:campaigns-detail", args=[draw.campaign_id]),
            icon="repeat",
        )


def _step(campaign: Campaign, title: str, detail: str, icon: str) -> NextStep:
    return NextStep(
        title=title % {"title": campaign.title},
        detail=detail,
        url=reverse("planning:campaigns-detail", args=[campaign.pk]),
        due=campaign.visit_from,
        icon=icon,
    )
