"""What people type while a draw goes through its life."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.items.selectors import on_the_list
from mingcha.planning.models import Draw, PlanLine
from mingcha.planning.plans.lifecycle import PUBLISHED
from mingcha.registry.models import Subject
from mingcha.web.forms import DateInput, Form, ModelForm, dress

DIGITS = 20
#: What the form proposes as the time for the visits.
USUAL_WINDOW = timedelta(days=30)


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


class DrawForm(ModelForm):
    """Draft a draw. The ratio is typed in per cent and kept in whole basis points, never in floats."""

    subject_kinds = forms.MultipleChoiceField(
        label=_("抽取范围"),
        choices=Subject.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Subject.Kind.ENTERPRISE],
    )
    rate = forms.DecimalField(
        label=_("抽取比例（%）"),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(100),
        decimal_places=2,
        initial=Decimal(3),
        help_text=_("按比例抽取时填写。企业年度抽查比例不低于 3%（本局方案二（三）1）"),
    )
    total = forms.IntegerField(
        label=_("总户数"), required=False, min_value=1, help_text=_("按总户数抽取时填写")
    )

    class Meta:
        model = Draw
        fields = [
            "title",
            "plan_line",
            "item_versions",
            "subject_kinds",
            "quota_mode",
            "rate",
            "total",
            "reserve_pct",
            "per_target",
            "capacity",
            "specialty",
            "visit_from",
            "visit_until",
            "reveal_at",
            "reveal_place",
            "mode",
            "repeat_reason",
        ]
        widgets = {
            "visit_from": DateInput(),
            "visit_until": DateInput(),
            "reveal_at": MomentInput(),
            "quota_mode": forms.RadioSelect,
            "mode": forms.RadioSelect,
            "item_versions": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines: Any = self.fields["plan_line"]
        lines.queryset = PlanLine.objects.filter(plan__state=PUBLISHED).select_related("plan")
        lines.empty_label = _("不按年度计划")
        self.fields["item_versions"].queryset = on_the_list()  # type: ignore[attr-defined]
        self.fields["specialty"].empty_label = _("按所选事项的要求")  # type: ignore[attr-defined]
        # On-site visits are normally unannounced (design §6); rows of before were open.
        self.fields["mode"].initial = Draw.Mode.SEALED
        if not self.initial:
            tomorrow = clock.today() + timedelta(days=1)
            self.initial = {"visit_from": tomorrow, "visit_until": tomorrow + USUAL_WINDOW}

    @staticmethod
    def first_values(line: PlanLine) -> dict[str, Any]:
        """What a draw for a line of the year's plan begins with."""
        first = max(line.first_day, clock.today() + timedelta(days=1))
        return {
            "title": line.name,
            "plan_line": line.pk,
            "item_versions": list(line.items.values_list("pk", flat=True)),
            "subject_kinds": list(line.kind_codes),
            "quota_mode": Draw.QuotaMode.TOTAL,
            "total": sum(line.strata.values_list("quota", flat=True)),
            "per_target": line.team_size,
            "visit_from": first,
            "visit_until": max(line.last_day, first),
        }

    @staticmethod
    def initial_of(draw: Draw) -> dict[str, Any]:
        """What the form shows of a draft that is to be changed."""
        shown = model_to_dict(draw)
        rate = Decimal(draw.rate_bp) / 100
        return shown | {"subject_kinds": draw.kinds, "rate": rate, "total": draw.total or None}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        mode = cleaned.get("quota_mode")
        if mode == Draw.QuotaMode.RATE and not cleaned.get("rate") and "rate" not in self.errors:
            self.add_error("rate", _("按比例抽取时必须填写大于 0 的比例"))
        if mode == Draw.QuotaMode.TOTAL and not cleaned.get("total") and "total" not in self.errors:
            self.add_error("total", _("按总户数抽取时必须填写户数"))
        first, last = cleaned.get("visit_from"), cleaned.get("visit_until")
        if first and last and last < first:
            self.add_error("visit_until", _("检查结束日期早于开始日期"))
        cleaned["subject_kinds"] = ",".join(cleaned.get("subject_kinds", []))
        cleaned["rate_bp"] = int((cleaned.pop("rate", None) or Decimal(0)) * 100)
        cleaned["total"] = cleaned.get("total") or 0
        return cleaned


class DigitsForm(Form):
    """Twenty boxes, one a ball, in the order they were drawn; and who watched."""

    witnesses = forms.CharField(
        label=_("见证人"),
        max_length=200,
        help_text=_("姓名和身份，例如：张三（企业代表）、李四（职工代表）、王五（纪检）"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for position in range(1, DIGITS + 1):
            ball = forms.RegexField(
                label=_("第 %(position)s 个球") % {"position": position},
                regex=r"^[0-9]$",
                max_length=1,
                widget=forms.TextInput(
                    attrs={"inputmode": "numeric", "autocomplete": "off", "class": "mc-ball"}
                ),
                error_messages={
                    "required": _("第 %(position)s 个球还没有填") % {"position": position},
                    "invalid": _("第 %(position)s 个球应是 0–9 的一个数字") % {"position": position},
                },
            )
            dress(ball)
            self.fields[f"d{position}"] = ball

    @property
    def balls(self) -> list[forms.BoundField]:
        return [self[f"d{position}"] for position in range(1, DIGITS + 1)]

    def digits(self) -> str:
        """The twenty digits of a valid form."""
        return "".join(self.cleaned_data[f"d{position}"] for position in range(1, DIGITS + 1))


class ConfirmForm(Form):
    compared = forms.BooleanField(label=_("我已对照现场摇出的号码球，逐位核对无误"))
