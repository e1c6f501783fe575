"""What people type into a year's plan: the plan, a line, rates of strata, a superior's list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import Unit
from mingcha.base import clock
from mingcha.basics.selectors import parameters
from mingcha.planning.models import AnnualPlan, LineStratum, PlanLine
from mingcha.planning.plans.items import versions_for
from mingcha.planning.services.plans.drafting import usual_base_day
from mingcha.registry.models import Grading, Industry, Licence, Subject
from mingcha.registry.selectors import facets
from mingcha.web.forms import DateInput, FieldGroup, Form, ModelForm
from mingcha.web.text import Text

NO_GRADE = "none"
_SEPARATORS = str.maketrans({"、": ",", "，": ",", ";": ",", "；": ",", " ": ",", "\n": ","})
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


class _Codes(forms.MultipleChoiceField):
    """Boxes whose ticked codes are kept as one text, separated by commas."""

    widget = _CHECKS

    def clean(self, value: Any) -> str:  # type: ignore[override]
        return ",".join(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return value.split(",") if isinstance(value, str) else value


def _grades(label: Text, system: Grading.System) -> _Codes:
    choices = [*((grade, grade) for grade in Grading.GRADES[system]), (NO_GRADE, _("没有评定"))]
    return _Codes(label=label, choices=choices, required=False)


class LineForm(ModelForm):
    """One line. The rate is typed in per cent and kept in whole basis points."""

    kinds = _Codes(label=_("对象类型"), choices=Subject.Kind.choices, initial=Subject.Kind.ENTERPRISE.value)
    licences = _Codes(label=_("许可备案（有其中之一的）"), choices=Licence.Kind.choices, required=False)
    grades_hrss = _grades(_("守法诚信等级"), Grading.System.HRSS)
    grades_market = _grades(_("市监信用风险等级"), Grading.System.MARKET)
    grades_dispatch = _grades(_("劳务派遣信用等级"), Grading.System.DISPATCH)
    rate = forms.DecimalField(
        label=_("比例（%）"),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(100),
        decimal_places=2,
        initial=Decimal(3),
        help_text=_("按比例抽取时填写；各层向上取整。按守法诚信等级分层的，再乘以各等级的权重"),
    )
    total = forms.IntegerField(label=_("户数"), required=False, min_value=1, help_text=_("按户数抽取时填写"))

    disputes = forms.DecimalField(
        label=_("每百名职工劳动争议不少于（件）"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(100),
        decimal_places=2,
        help_text=_("近12个月的劳动争议案件数÷用工人数×100，例如 1；没有登记用工人数的算不出"),
    )

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
        shown = model_to_dict(line)
        shown |= {name: getattr(line, name).replace(",", "、") for name in ("industries", "towns")}
        return shown | {
            "rate": Decimal(line.rate_bp) / 100,
            "total": line.total or None,
            "disputes": _hundredths(line.disputes_from),
        }

    def clean_industries(self) -> str:
        """Codes that the classification knows, with or without the letter of their section."""
        codes = _parts(self.cleaned_data["industries"].upper())
        wanted = {code for code in codes if code.isalpha()} | {_digits(code) for code in codes}
        known = set(Industry.objects.filter(code__in=wanted - {""}).values_list("code", flat=True))
        unknown = [code for code in codes if (code if code.isalpha() else _digits(code)) not in known]
        if unknown:
            raise forms.ValidationError(
                _("行业分类里没有：%(codes)s。请填 GB/T 4754 的门类字母或代码")
                % {"codes": "、".join(unknown)}
            )
        return ",".join(codes)

    def clean_towns(self) -> str:
        names = _parts(self.cleaned_data["towns"])
        known = {name for name, _label in facets.towns()}
        unknown = [name for name in names if name not in known]
        if unknown:
            raise forms.ValidationError(
                _("名录库里没有这些乡镇街道：%(names)s。现有：%(known)s")
                % {"names": "、".join(unknown), "known": "、".join(sorted(known)[:30]) or "—"}
            )
        return ",".join(names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        mode = cleaned.get("quota_mode")
        if mode == PlanLine.QuotaMode.RATE and not cleaned.get("rate") and "rate" not in self.errors:
            self.add_error("rate", _("按比例抽取时必须填写大于 0 的比例"))
        if mode == PlanLine.QuotaMode.NUMBER and not cleaned.get("total") and "total" not in self.errors:
            self.add_error("total", _("按户数抽取时必须填写户数"))
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("结束日期早于开始日期"))
        low, high = cleaned.get("workers_from"), cleaned.get("workers_until")
        if low is not None and high is not None and high < low:
            self.add_error("workers_until", _("上限小于下限"))
        if cleaned.get("source") == PlanLine.Source.SUPERIOR and not cleaned.get("superior_number"):
            self.add_error("superior_number", _("上级计划的任务请填上级的计划编号"))
        cleaned["rate_bp"] = int((cleaned.pop("rate", None) or Decimal(0)) * 100)
        cleaned["total"] = cleaned.get("total") or 0
        disputes = cleaned.pop("disputes", None)
        cleaned["disputes_from"] = None if disputes is None else int(disputes * 100)
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


def _hundredths(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number) / 100


def _parts(text: str) -> list[str]:
    return list(dict.fromkeys(part for part in text.translate(_SEPARATORS).split(",") if part))


def _digits(code: str) -> str:
    return code[1:] if code[:1].isalpha() else code
