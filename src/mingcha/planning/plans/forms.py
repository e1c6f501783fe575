"""What people type into a year's plan: the plan, a line, rates of strata, a superior's list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import Unit
from mingcha.base import clock
from mingcha.basics.selectors import parameters
from mingcha.planning.models import AnnualPlan, LineStratum, PlanLine
from mingcha.planning.plans.items import versions_for
from mingcha.planning.scope_forms import ScopedForm, shown_of
from mingcha.planning.services.plans.drafting import usual_base_day
from mingcha.web.forms import DateInput, FieldGroup, Form, ModelForm

_CHECKS = forms.CheckboxSelectMultiple


class PlanForm(ModelForm):
    """The plan as a whole."""

    class Meta:
        model = AnnualPlan
        fields = ["year", "title", "base_day", "grounds", "shortage_way"]
        widgets = {"base_day": DateInput(), "grounds": forms.Textarea, "shortage_way": forms.Textarea}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.initial:
            today = clock.today()
            year = today.year + (1 if today.month >= 10 else 0)
            title = _("%(year)d 年度“双随机、一公开”抽查工作计划") % {"year": year}
            self.initial = {"year": year, "title": title, "base_day": usual_base_day(year)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        year, day = cleaned.get("year"), cleaned.get("base_day")
        if year and day and day.year != year:
            self.add_error("base_day", _("基准日不在计划的年度内"))
        return cleaned


class ChangePlanForm(PlanForm):
    """A draft that is there already keeps its year."""

    class Meta(PlanForm.Meta):
        fields = ["title", "base_day", "grounds", "shortage_way"]


class LineForm(ScopedForm):
    """One line."""

    groups = (
        FieldGroup(_("任务"), ("name", "items", "source", "superior_number")),
        FieldGroup(_("抽谁"), ("kinds", "directed")),
        FieldGroup(
            _("缩小范围"),
            (
                "licences",
                "industries",
                "towns",
                "workers_from",
                "workers_until",
                "tags",
                "records",
                "grades_hrss",
                "grades_market",
                "grades_dispatch",
                "disputes",
                "complaints_from",
            ),
            folded=True,
            hint=_("不填的不限，填了几项的须都符合。三套等级各管各的，不互相折算"),
        ),
        FieldGroup(_("抽多少"), ("stratify", "quota_mode", "rate", "total", "avoid_seen")),
        FieldGroup(_("什么时候、由谁"), ("first_day", "last_day", "lead_unit", "joining_units")),
        FieldGroup(_("怎样检查"), ("manner", "manner_reason", "team_size", "half_days")),
        FieldGroup(_("专项检查"), ("special", "special_approval"), folded=True),
    )

    class Meta:
        model = PlanLine
        fields = [
            "name",
            "items",
            "source",
            "superior_number",
            "directed",
            "special",
            "special_approval",
            "kinds",
            "licences",
            "industries",
            "towns",
            "workers_from",
            "workers_until",
            "tags",
            "records",
            "grades_hrss",
            "grades_market",
            "grades_dispatch",
            "complaints_from",
            "stratify",
            "quota_mode",
            "rate",
            "total",
            "avoid_seen",
            "first_day",
            "last_day",
            "lead_unit",
            "joining_units",
            "manner",
            "manner_reason",
            "team_size",
            "half_days",
        ]
        widgets = {
            "items": _CHECKS,
            "tags": _CHECKS,
            "joining_units": _CHECKS,
            "quota_mode": forms.RadioSelect,
            "manner": forms.RadioSelect,
            "first_day": DateInput(),
            "last_day": DateInput(),
        }
        help_texts = {
            "industries": _("GB/T 4754 的门类字母或代码，多个用顿号隔开，例如：C、47、7263"),
            "towns": _("与名录库中的名称一致，多个用顿号隔开"),
            "items": _("只列出已公布、在施行期内的事项"),
            "complaints_from": _("近12个月的投诉举报件数；件数不明的不在范围内，冻结后写明有多少户"),
            "manner_reason": _("事项可以非现场检查、却要入企的，写明理由"),
        }

    def __init__(
        self, *args: Any, plan: AnnualPlan, proposed: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].queryset = versions_for(plan.year)  # type: ignore[attr-defined]
        open_units: Any = self.fields["lead_unit"]
        open_units.queryset = Unit.objects.open()
        self.fields["joining_units"].queryset = Unit.objects.open()  # type: ignore[attr-defined]
        if not self.initial:
            half_days = parameters.value("VISIT_HALF_DAYS").as_int()
            self.initial = {
                "first_day": date(plan.year, 3, 1),
                "last_day": date(plan.year, 11, 30),
                "half_days": half_days,
                "team_size": parameters.value("MIN_INSPECTORS").as_int(),
                **(proposed or {}),
            }

    @staticmethod
    def initial_of(line: PlanLine) -> dict[str, Any]:
        """What the form shows of a line that is to be changed."""
        return shown_of(line)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("结束日期早于开始日期"))
        if cleaned.get("source") == PlanLine.Source.SUPERIOR and not cleaned.get("superior_number"):
            self.add_error("superior_number", _("上级计划的任务请填上级的计划编号"))
        return cleaned


class RatesForm(Form):
    """A rate of its own for each stratum, in per cent; empty for the line's."""

    def __init__(self, *args: Any, strata: list[LineStratum], rates: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.strata = strata
        for place, stratum in enumerate(strata):
            own = rates.get(stratum.code)
            self.fields[f"s{place}"] = forms.DecimalField(
                label=stratum.label,
                required=False,
                min_value=Decimal(0),
                max_value=Decimal(100),
                decimal_places=2,
                initial=None if own is None else Decimal(own) / 100,
                help_text=_("%(n)d 户，可抽 %(free)d 户；不填的按 %(rate)s%%")
                % {"n": stratum.population, "free": stratum.available, "rate": stratum.rate_bp / 100},
                widget=forms.NumberInput(attrs={"class": "form-control", "step": "0.01"}),
            )

    def rates(self) -> dict[str, int | None]:
        """Stratum → basis points, None where the line's rate holds."""
        values = (self.cleaned_data[f"s{place}"] for place in range(len(self.strata)))
        return {
            stratum.code: None if value is None else int(value * 100)
            for stratum, value in zip(self.strata, values, strict=True)
        }


class SuperiorListForm(Form):
    file = forms.FileField(
        label=_("上级计划清单"),
        help_text=_(
            "Excel 或 CSV，列名如：抽查计划编号、任务名称、抽查类型、抽查对象、发起部门、起止时间、抽查事项"
        ),
    )
