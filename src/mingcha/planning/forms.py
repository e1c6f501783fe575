"""What people type while a draw goes through its life."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.basics.selectors import parameters
from mingcha.planning.campaigns.lifecycle import DRAWABLE
from mingcha.planning.models import Campaign, Draw
from mingcha.web.forms import DateInput, Form, ModelForm, dress

DIGITS = 20
#: How many reserves there usually are, in per cent.
RESERVE = "DRAW_RESERVE_PCT"


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


class DrawForm(ModelForm):
    """Draft a draw of a campaign: what was approved comes with it, here stands only how it is drawn."""

    class Meta:
        model = Draw
        fields = [
            "campaign",
            "title",
            "visit_from",
            "visit_until",
            "reveal_at",
            "reveal_place",
            "mode",
            "reserve_pct",
            "capacity",
            "specialty",
            "repeat_reason",
        ]
        widgets = {
            "visit_from": DateInput(),
            "visit_until": DateInput(),
            "reveal_at": MomentInput(),
            "mode": forms.RadioSelect,
        }
        help_texts = {
            "campaign": _("只列出已批准的任务；事项、范围、分层和比例都按批准的方案"),
            "visit_from": _("在批准的检查时间之内"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "campaign" in self.fields:
            campaigns: Any = self.fields["campaign"]
            campaigns.required = True
            campaigns.queryset = Campaign.objects.filter(state__in=DRAWABLE)
        self.fields["specialty"].empty_label = _("按所选事项的要求")  # type: ignore[attr-defined]
        # On-site visits are normally unannounced (design §6); rows of before were open.
        self.fields["mode"].initial = Draw.Mode.SEALED

    @staticmethod
    def first_values(campaign: Campaign) -> dict[str, Any]:
        """What a draw of a campaign begins with."""
        first = min(max(campaign.visit_from, clock.today()), campaign.visit_until)
        return {
            "title": campaign.title,
            "campaign": campaign.pk,
            "visit_from": first,
            "visit_until": campaign.visit_until,
            "reserve_pct": parameters.value(RESERVE).as_int(),
            "mode": Draw.Mode.SEALED if campaign.on_site and campaign.unannounced else Draw.Mode.OPEN,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("visit_from"), cleaned.get("visit_until")
        if first and last and last < first:
            self.add_error("visit_until", _("检查结束日期早于开始日期"))
        return cleaned


class ChangeDrawForm(DrawForm):
    """A draft keeps its campaign."""

    class Meta(DrawForm.Meta):
        fields = [name for name in DrawForm.Meta.fields if name != "campaign"]


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
