"""What the plan's pages draw."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mingcha.planning.plans.people import Manpower
from mingcha.planning.plans.progress import Progress
from mingcha.web.charts import Chart, Series


def _month(number: int) -> str:
    return _("%(month)d 月") % {"month": number}


def months_of_work(manpower: Manpower) -> Chart:
    """Team half-days needed and there, month by month."""
    months = manpower.months
    return Chart(
        title=_("各月需要和现有的双人半天"),
        unit=_("双人半天"),
        label=_("月份"),
        labels=[_month(month.number) for month in months],
        series=[
            Series(_("需要（按工作日平均）"), [month.needed for month in months]),
            Series(_("现有"), [month.have for month in months]),
        ],
    )


def coverage_by_month(progress: Progress) -> Chart:
    """Different enterprises checked by the end of each month, beside plan and floor."""
    months = progress.months
    return Chart(
        title=_("各月底累计完成检查的企业"),
        unit=_("户"),
        label=_("月份"),
        labels=[_month(month.month) for month in months],
        series=[
            Series(_("已完成"), [month.done for month in months], "line"),
            Series(_("按任务时间应完成"), [month.planned for month in months], "line"),
            Series(_("全年下限"), [progress.floor] * len(months), "limit"),
        ],
    )
