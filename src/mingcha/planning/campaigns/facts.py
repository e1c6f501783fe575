"""The facts that the guards of a campaign look at, and its roster before there is a draw."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.viewers import System
from mingcha.basics.selectors import attachments, parameters
from mingcha.planning import lifecycle as draws
from mingcha.planning.campaigns import strata
from mingcha.planning.campaigns.lifecycle import CANCELLED, DRAFT, CampaignFacts
from mingcha.planning.models import Campaign, CampaignTarget, Draw
from mingcha.planning.plans.lifecycle import PUBLISHED
from mingcha.planning.roster import Preview
from mingcha.planning.services.drafting import take_over, wanted_specialty

SPECIALS_A_YEAR = "SPECIAL_CAMPAIGNS_A_YEAR"
RESERVE = "DRAW_RESERVE_PCT"
_BELOW_A_COUNTY = re.compile("([乡镇](人民)?政府|街道(办事处|办)?)$")
#: Cities whose own name ends like a town's, as people write them without 市.
_CITY = re.compile("^([^省]+省)?(景德镇|新乡|萍乡|宁乡|桐乡)(人民)?政府$")
_REMARK = re.compile("[（(][^（）()]*[）)]$")
_ASKING = System(purpose="campaign")


def draw_for(campaign: Campaign) -> Draw:
    """The draw that the campaign would begin with; not saved."""
    draw = Draw(
        title=campaign.title,
        visit_from=campaign.visit_from,
        visit_until=campaign.visit_until,
        mode=Draw.Mode.SEALED if campaign.unannounced and campaign.on_site else Draw.Mode.OPEN,
        reserve_pct=parameters.value(RESERVE).as_int(),
        specialty=wanted_specialty(campaign.item_versions.select_related("specialty")),
    )
    take_over(draw, campaign)
    return draw


def facts_of(campaign: Campaign, seen: Preview | None) -> CampaignFacts:
    """What the guards depend on; `seen` is the roster while the campaign is a draft."""
    open_draws = campaign.draws.filter(state__in=draws.UNFINISHED).count()
    if campaign.state != DRAFT or seen is None:
        return CampaignFacts(open_draws=open_draws, undrawn=_undrawn(campaign))
    versions = list(campaign.item_versions.select_related("item"))
    out = [str(v) for v in versions if not v.in_force(campaign.visit_from, campaign.visit_until)]
    off_site = bool(versions) and all(version.possible_off_site for version in versions)
    named = kept_with_inspectors(campaign)
    public = strata.is_publishable(campaign.stratify)
    return CampaignFacts(
        today=clock.today(),
        visit_until=campaign.visit_until,
        source_missing=_source_missing(campaign),
        without=_special_lacks(campaign),
        specials=_specials_of_the_year(campaign),
        special_limit=parameters.value(SPECIALS_A_YEAR).as_int(),
        items=len(versions),
        items_out="、".join(out),
        outside_lines=_outside_lines(campaign),
        has_lead=campaign.lead_unit_id is not None,
        on_site_unexplained=campaign.on_site and off_site and not campaign.manner_reason.strip(),
        secret_strata="" if public else str(campaign.get_stratify_display()),
        eligible=sum(seen.eligible.values()) + named,
        to_draw=seen.drawn_total + named,
        people=len(seen.available),
        team_size=campaign.team_size,
        undecided=undecided(campaign),
        open_draws=open_draws,
    )


def kept_with_inspectors(campaign: Campaign) -> int:
    """A superior's firms whose inspectors it named too: visited without a draw of ours."""
    if not campaign.from_above:
        return 0
    targets = CampaignTarget.objects.visible_to(_ASKING).filter(campaign=campaign)
    return targets.kept().with_inspectors().count()


def _undrawn(campaign: Campaign) -> int:
    """A superior's firms that wait for a draw nobody has begun: those with named inspectors went ahead of
    them. After the last day none can be made; the reason for which the campaign is ended says why."""
    begun = campaign.draws.exclude(state__in=draws.WITHOUT_RESULT).exists()
    if not campaign.from_above or begun or clock.today() > campaign.visit_until:
        return 0
    targets = CampaignTarget.objects.visible_to(_ASKING).filter(campaign=campaign, inspectors=None)
    return targets.kept().count()


def undecided(campaign: Campaign) -> int:
    """A superior's firms at their cap about which nobody has decided."""
    targets = CampaignTarget.objects.visible_to(_ASKING).filter(campaign=campaign, at_cap=True)
    return targets.filter(decision=CampaignTarget.Decision.OPEN).count()


def summary_of(campaign: Campaign, seen: Preview) -> str:
    """Scheme and roster in two sentences, for whoever approves."""
    return _(
        "%(source)s：%(title)s。名单 %(rows)d 户，可以抽取 %(eligible)d 户，将抽取 %(draw)d 户；"
        "%(first)s 至 %(last)s %(manner)s，每户 %(team)d 人。"
    ) % {
        "source": campaign.get_source_display(),
        "title": campaign.title,
        "rows": len(seen.entries) + kept_with_inspectors(campaign),
        "eligible": sum(seen.eligible.values()),
        "draw": seen.drawn_total,
        "first": campaign.visit_from.isoformat(),
        "last": campaign.visit_until.isoformat(),
        "manner": campaign.get_manner_display(),
        "team": campaign.team_size,
    }


def _source_missing(campaign: Campaign) -> str:
    if campaign.source == Campaign.Source.AD_HOC and not campaign.reason.strip():
        return _("临时任务的事由")
    if campaign.source == Campaign.Source.SPECIAL and not campaign.reason.strip():
        return _("专项检查针对的突出问题")
    if campaign.source == Campaign.Source.PLAN and not campaign.plan_lines.exists():
        return _("年度计划中的任务")
    return ""


def _special_lacks(campaign: Campaign) -> tuple[str, ...]:
    """Which of the five steps of a special inspection are not shown (E10); a superior has taken its own."""
    if not campaign.special or campaign.from_above:
        return ()
    papers = attachments.of_thing(Thing.of(campaign), _ASKING).exists()
    steps = (
        (campaign.assessment, _("必要性评估")),
        _government(campaign.approved_by.strip()),
        (campaign.approval_number, _("批准文号")),
        (campaign.filed, _("备案机关和日期")),
        (campaign.announced, _("公布的时间和地方")),
        ("yes" if papers else "", _("批准文件的扫描件（附件）")),
    )
    return tuple(label for text, label in steps if not text.strip())


def _government(named: str) -> tuple[str, str]:
    """The government, or nothing where it is below a county's: that approves no special inspection (E10).
    Beside it what is lacking then."""
    plain = _REMARK.sub("", named).strip()
    if _BELOW_A_COUNTY.search(plain) and not _CITY.search(plain):
        return "", _("县级以上人民政府的批准（填写的“%(named)s”不是县级以上人民政府）") % {"named": named}
    return named, _("批准的县级以上人民政府")


def _specials_of_the_year(campaign: Campaign) -> int:
    """The bureau's own special campaigns of the year, this one apart; cancelled ones do not count."""
    if not campaign.special or campaign.from_above:
        return 0
    year = campaign.visit_from.year
    others = Campaign.objects.visible_to(_ASKING).filter(special=True, visit_from__year=year)
    others = others.exclude(source=Campaign.Source.SUPERIOR)
    return others.exclude(pk=campaign.pk).exclude(state__in=(DRAFT, CANCELLED)).count()


def _outside_lines(campaign: Campaign) -> str:
    """In what a campaign of the plan leaves the plan, in words."""
    found = []
    for line in campaign.plan_lines.select_related("plan"):
        if line.plan.state != PUBLISHED:
            found.append(_("任务“%(line)s”所在的计划已经不是现行计划") % {"line": line})
        if not line.first_day <= campaign.visit_from <= campaign.visit_until <= line.last_day:
            found.append(
                _("“%(line)s”的时间是 %(first)s 至 %(last)s")
                % {"line": line, "first": line.first_day, "last": line.last_day}
            )
    return "；".join(found)
