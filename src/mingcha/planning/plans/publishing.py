"""What the public reads of a plan: the columns that counties publish (domain §2.4), each with its basis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base.events import Thing
from mingcha.kernel.ratios import percent_text, share_text
from mingcha.planning.models import AnnualPlan, LineStratum, PlanLine
from mingcha.planning.models.scopes import Scoped
from mingcha.planning.plans.arithmetic import Sums
from mingcha.publication.types import Field, PublicationType
from mingcha.registry.models import Licence

_PLAN = gettext_lazy("本局方案二（三）1：年度抽查工作计划及时向社会公开公示")
_E5 = gettext_lazy("国办发〔2024〕54号四：检查方式")
_E3 = gettext_lazy("国办发〔2024〕54号三：检查事项公布")

TYPE = PublicationType(
    code="annual-plan",
    label=gettext_lazy("年度抽查计划"),
    slug="annual-plan",
    basis=gettext_lazy("《优化营商环境条例》第五十四条；本局方案二（三）1"),
    fields=(
        Field("number", gettext_lazy("抽查计划编号"), _PLAN, kind="text"),
        Field("name", gettext_lazy("任务名称"), _PLAN, kind="text"),
        Field("directed", gettext_lazy("抽查类型"), _PLAN, kind="text"),
        Field("subjects", gettext_lazy("抽查对象"), _PLAN, kind="text"),
        Field("lead", gettext_lazy("发起部门"), _PLAN, kind="text"),
        Field("joining", gettext_lazy("参与部门"), _PLAN, kind="text"),
        Field("quota", gettext_lazy("抽查比例（数量）"), _PLAN, kind="text"),
        Field("manner", gettext_lazy("检查方式"), _E5, kind="text"),
        Field("period", gettext_lazy("起止时间"), _PLAN, kind="text"),
        Field("items", gettext_lazy("抽查事项"), _E3, kind="list"),
        Field("source", gettext_lazy("来源"), _PLAN, kind="text"),
    ),
    row_key="number",
    description=gettext_lazy("全年抽查什么、抽查谁、抽多少、由谁来抽、什么时候抽"),
    does_not_show=(
        gettext_lazy("计划只说抽多少，不说抽到谁：谁被抽中，由封存的名单和当众摇出的号码决定"),
        gettext_lazy("接到投诉举报、线索的检查不在计划之内，另行审批"),
    ),
    order=20,
)


def series_of(plan: AnnualPlan) -> Thing:
    """The first version of the year: all versions are one series of publications."""
    first = AnnualPlan.objects.filter(year=plan.year).order_by("version").first() or plan
    return Thing(type=first._meta.label_lower, id=first.pk, label=first.title)


def rows_of(plan: AnnualPlan) -> list[dict[str, Any]]:
    """The published rows, in the plan's order."""
    lines = plan.lines.select_related("plan", "lead_unit").prefetch_related("items", "joining_units", "tags")
    return [row_of(line) for line in lines.order_by("number")]


def row_of(line: PlanLine) -> dict[str, Any]:
    """One line as the public reads it."""
    return {
        "number": line.code,
        "name": line.name,
        "directed": _("定向") if line.directed else _("不定向"),
        "subjects": subjects_text(line),
        "lead": line.lead_unit.name if line.lead_unit else "",
        "joining": "、".join(unit.name for unit in line.joining_units.all()),
        "quota": quota_text(line),
        "manner": str(line.get_manner_display()),
        "period": f"{line.first_day.isoformat()} — {line.last_day.isoformat()}",
        "items": [item.name for item in line.items.all()],
        "source": str(line.get_source_display()),
    }


def subjects_text(line: Scoped) -> str:
    """At whom a line aims, in words."""
    conditions = [
        _("持有：%(what)s") % {"what": _labels(Licence.Kind, line.licence_codes)} if line.licences else "",
        _("行业：%(what)s") % {"what": "、".join(line.industry_codes)} if line.industries else "",
        _("乡镇街道：%(what)s") % {"what": "、".join(line.town_names)} if line.towns else "",
        _workers_text(line),
        _("标签：%(what)s") % {"what": "、".join(str(tag) for tag in line.tags.all())}
        if line.tags.all()
        else "",
        str(line.get_records_display()) if line.records else "",
        _grades_text(_("守法诚信等级"), line.grades_hrss),
        _grades_text(_("市监信用风险等级"), line.grades_market),
        _grades_text(_("劳务派遣信用等级"), line.grades_dispatch),
        *_cases_texts(line),
    ]
    said = "；".join(condition for condition in conditions if condition)
    return f"{line.kinds_text}（{said}）" if said else line.kinds_text


def _workers_text(line: Scoped) -> str:
    if line.workers_from is not None and line.workers_until is not None:
        return _("用工 %(first)d–%(last)d 人") % {"first": line.workers_from, "last": line.workers_until}
    if line.workers_from is not None:
        return _("用工 %(n)d 人以上") % {"n": line.workers_from}
    return _("用工 %(n)d 人以下") % {"n": line.workers_until} if line.workers_until is not None else ""


def _cases_texts(line: Scoped) -> list[str]:
    """How many disputes and complaints of twelve months it asks for."""
    said = []
    if line.disputes_from is not None:
        said.append(_("近12个月每百名职工劳动争议 %(n)s 件以上") % {"n": f"{line.disputes_from / 100:g}"})
    if line.complaints_from is not None:
        said.append(_("近12个月投诉举报 %(n)d 件以上") % {"n": line.complaints_from})
    return said


def _grades_text(system: str, grades: str) -> str:
    """The grades of one system, always with the system's name (N12)."""
    named = grades.replace("none", _("未评")).replace(",", "、")
    return f"{system}：{named}" if grades else ""


def quota_text(line: PlanLine) -> str:
    """ "3%（30 户）"; with strata of different rates, each of them."""
    strata = list(line.strata.all())
    households = _("%(n)d 户") % {"n": sum(stratum.quota for stratum in strata)}
    if line.quota_mode == PlanLine.QuotaMode.NUMBER:
        return households
    if len(_rates(line, strata)) == 1:
        return f"{ratio_text(line)}（{households}）"
    parts = "，".join(f"{stratum.label} {share_text(stratum.rate_bp)}" for stratum in strata)
    return f"{parts}（{households}）"


def ratio_text(line: PlanLine) -> str:
    """The rate in short: "3%", "每层 3%", "各层 0.9%–9%"; empty where a number is split."""
    if line.quota_mode == PlanLine.QuotaMode.NUMBER:
        return ""
    strata = list(line.strata.all())
    rates = _rates(line, strata)
    least, most = share_text(rates[0]), share_text(rates[-1])
    if len(rates) > 1:
        return _("各层 %(least)s–%(most)s") % {"least": least, "most": most}
    return _("每层 %(rate)s") % {"rate": most} if len(strata) > 1 else most


def _rates(line: PlanLine, strata: Sequence[LineStratum]) -> list[int]:
    """The different rates of its strata, lowest first; the line's own before they are known."""
    return sorted({stratum.rate_bp for stratum in strata} or {line.rate_bp})


def coverage_text(sums: Sums) -> str:
    """The certain coverage in per cent, rounded down: 2.96 % is not shown as 3 %."""
    return percent_text(sums.coverage.least, sums.base.enterprises, 2, rounding="down")


def summary_of(plan: AnnualPlan, sums: Sums | None) -> str:
    """The plan in two sentences: how many enterprises there are, how many are reached."""
    if sums is None:
        return plan.grounds
    return _(
        "基准日 %(day)s 全区企业 %(n)d 户；按不低于 %(rate)s 计，至少抽查 %(floor)d 户。"
        "本计划共 %(lines)d 项任务、%(drawn)d 户次，其中不同的企业 %(least)d 户以上（%(share)s）。"
    ) % {
        "day": sums.base.base_day.isoformat(),
        "n": sums.base.enterprises,
        "rate": share_text(sums.floor_rate.as_int()),
        "floor": sums.floor,
        "lines": len(sums.quota_by_line),
        "drawn": sums.drawn,
        "least": sums.coverage.least,
        "share": coverage_text(sums),
    }


def _labels(choices: Any, codes: tuple[str, ...]) -> str:
    return "、".join(str(choices(code).label) for code in codes)
