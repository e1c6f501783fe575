"""Pages of a campaign: how one begins, its verbs, its roster, its papers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from mingcha.base.roles import Role
from mingcha.planning import selectors, services
from mingcha.planning.campaigns.facts import draw_for
from mingcha.planning.campaigns.forms import AdHocForm, ChooseLinesForm, PaperForm, SpecialForm
from mingcha.planning.campaigns.lifecycle import CAMPAIGN
from mingcha.planning.campaigns.merging import meetings_of
from mingcha.planning.campaigns.registers import CampaignRegister
from mingcha.planning.campaigns.rosters import firms_of, people_there, strength_of, table_of, ways_out
from mingcha.planning.campaigns.strata import label_of
from mingcha.planning.models import CAMPAIGN_READERS, Campaign, PlanLine
from mingcha.planning.roster import EXCLUSION_BASES, EXCLUSION_LABELS
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView, perform
from mingcha.web.http import Request, officer
from mingcha.web.verbs import Verb, press, roles_of

REGISTER = CampaignRegister()
#: Firms behind a number that a page shows.
SHOWN = 200
#: What the address says for "can be drawn", which has no reason code.
ELIGIBLE = "eligible"
VERBS = {
    "submit": Verb(
        lambda actor, campaign, reason: services.campaigns.submit(actor=actor, campaign=campaign),
        gettext_lazy("方案和名单已一并提请局领导批准。批准后即可抽取。"),
    ),
    "drop": Verb(
        lambda actor, campaign, reason: services.campaigns.drop(
            actor=actor, campaign=campaign, reason=reason
        ),
        gettext_lazy("任务已撤销。"),
    ),
    "cancel": Verb(
        lambda actor, campaign, reason: services.campaigns.cancel(
            actor=actor, campaign=campaign, reason=reason
        ),
        gettext_lazy("任务已撤销，已公开的抽取保留在登记簿上。"),
    ),
    "close": Verb(
        lambda actor, campaign, reason: services.campaigns.close(
            actor=actor, campaign=campaign, reason=reason
        ),
        gettext_lazy("任务已办结。"),
    ),
}


def campaign_of(request: HttpRequest, pk: int) -> Campaign:
    return get_object_or_404(Campaign.objects.visible_to(officer(request)).select_related("lead_unit"), pk=pk)


def page_of(campaign: Campaign) -> str:
    return reverse("planning:campaigns-detail", args=[campaign.pk])


def crumbs_of(campaign: Campaign, *last: Crumb) -> list[Crumb]:
    return REGISTER.crumbs(Crumb(str(campaign), page_of(campaign)), *last)


@officers(*roles_of(CAMPAIGN, VERBS))
@require_POST
def verb(request: Request, pk: int, name: str) -> HttpResponse:
    return press(request, name, VERBS, campaign_of(request, pk), page_of)


@officers(Role.COORDINATOR)
@require_POST
def from_line(request: Request, pk: int) -> HttpResponse:
    """One press on a task of the plan: a campaign with everything that the task says."""
    lines = PlanLine.objects.visible_to(officer(request)).select_related("plan", "lead_unit")
    line = get_object_or_404(lines, pk=pk)
    return perform(
        request,
        verb=f"planning.campaign-from-line:{pk}",
        run=lambda: services.campaigns.draft_from_plan(actor=officer(request), lines=[line]),
        outcome=page_of,
        done=_("已按计划任务拟定，计划里写明的都已带入。请核对名单，再提请批准。"),
    )


class _Begin(ServiceFormView):
    """What the forms that begin a campaign share."""

    submit_label = gettext_lazy("拟定任务")
    done = gettext_lazy("任务已拟定。请核对名单，再提请批准。")

    def crumbs(self) -> list[Crumb]:
        return REGISTER.crumbs(Crumb(str(self.title)))

    def cancel_url(self) -> str:
        return REGISTER.url("list")

    def outcome(self, result: Campaign) -> str:
        return page_of(result)


class FromPlan(_Begin):
    form_class = ChooseLinesForm
    title = gettext_lazy("从年度计划立任务")
    subtitle = gettext_lazy("计划里写明的事项、对象、分层、比例、股室和时间都会带入，不用再填")
    verb = "planning.campaign_from_plan"

    def perform(self, form: ChooseLinesForm) -> Campaign:
        return services.campaigns.draft_from_plan(
            actor=officer(self.request), lines=list(form.cleaned_data["lines"])
        )


class AdHoc(_Begin):
    form_class = AdHocForm
    title = gettext_lazy("临时任务")
    subtitle = gettext_lazy("计划以外的抽查：写明事由，局领导批准后才能实施")
    verb = "planning.campaign_ad_hoc"
    source = Campaign.Source.AD_HOC

    def perform(self, form: AdHocForm) -> Campaign:
        return services.campaigns.draft_campaign(
            actor=officer(self.request), source=self.source, values=form.cleaned_data
        )


class Special(AdHoc):
    form_class = SpecialForm
    title = gettext_lazy("专项检查")
    subtitle = gettext_lazy("须经评估、县级以上人民政府批准、备案并向社会公布，数量按年度控制")
    verb = "planning.campaign_special"
    source = Campaign.Source.SPECIAL


class AddPaper(ServiceFormView):
    form_class = PaperForm
    title = gettext_lazy("上传文件")
    submit_label = gettext_lazy("上传")
    done = gettext_lazy("文件已保存。")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.campaign = campaign_of(request, kwargs["pk"])
        self.verb = f"planning.campaign-paper:{self.campaign.pk}"

    def crumbs(self) -> list[Crumb]:
        return crumbs_of(self.campaign, Crumb(str(self.title)))

    def cancel_url(self) -> str:
        return page_of(self.campaign)

    def perform(self, form: PaperForm) -> Campaign:
        return services.campaigns.add_paper(
            actor=officer(self.request), campaign=self.campaign, file=form.cleaned_data["file"]
        )

    def outcome(self, result: Campaign) -> str:
        return page_of(result)


def _page(request: HttpRequest, campaign: Campaign, template: str, **values: Any) -> HttpResponse:
    """A page under the campaign's tabs."""
    head = REGISTER.head(officer(request), campaign)
    crumbs = crumbs_of(campaign, Crumb(_("名单")))
    shared = {"crumbs": crumbs, "campaign": campaign, "tab": ""}
    return render(request, template, {**head, **shared, **values})


@officers(*CAMPAIGN_READERS)
@require_GET
def roster(request: Request, pk: int) -> HttpResponse:
    """Strata, who is left out and why, who can go, and whether that suffices, as of now."""
    campaign = campaign_of(request, pk)
    draw = draw_for(campaign)
    seen = selectors.preview_of(draw)
    strength = strength_of(campaign, seen.drawn_total)
    half_days = {person.pk: found for person, found in people_there(campaign)}
    people = [(one, half_days.get(one.inspector.pk, 0)) for one in seen.candidates]
    return _page(
        request,
        campaign,
        "planning/campaign_roster.html",
        table=table_of(seen),
        strength=strength,
        ways_out=ways_out(campaign, strength),
        meetings=meetings_of(officer(request), campaign, {entry.subject_id for entry in seen.entries}),
        people=people,
        specialty=draw.specialty,
    )


@officers(*CAMPAIGN_READERS)
@require_GET
def firms(request: Request, pk: int) -> HttpResponse:
    """Who makes up one number of the table."""
    campaign = campaign_of(request, pk)
    stratum, reason = request.GET.get("stratum", ""), request.GET.get("reason")
    seen = selectors.preview_of(draw_for(campaign))
    wanted = "" if reason == ELIGIBLE else reason
    found = firms_of(seen, stratum, wanted)
    return _page(
        request,
        campaign,
        "planning/campaign_firms.html",
        stratum=label_of(stratum, seen.labels) if stratum else "",
        reason=EXCLUSION_LABELS.get(reason, "") if reason else "",
        basis=EXCLUSION_BASES.get(reason, "") if reason else "",
        eligible=reason == ELIGIBLE,
        rows=[(entry, EXCLUSION_LABELS.get(entry.row.excluded, "")) for entry in found[:SHOWN]],
        total=len(found),
        shown=SHOWN,
    )


from_plan = officers(Role.COORDINATOR)(FromPlan.as_view())
ad_hoc = officers(Role.COORDINATOR)(AdHoc.as_view())
special = officers(Role.COORDINATOR)(Special.as_view())
add_paper = officers(Role.COORDINATOR)(AddPaper.as_view())
