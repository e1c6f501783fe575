"""What people type while a draw goes through its life."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.planning import entropy
from mingcha.planning.campaigns.facts import draw_for
from mingcha.planning.campaigns.lifecycle import RUNNING
from mingcha.planning.models import Campaign, Delivery, Draw, Witness
from mingcha.planning.services.digits import Present
from mingcha.web.forms import DateInput, FieldGroup, Form, ModelForm, dress

#: Balls of the room and numbers of 快乐8: both are twenty.
BALLS = 20
WITNESS_ROWS = 5
#: What need not be typed, because the campaign says it.
FROM_CAMPAIGN = ("title", "visit_from", "visit_until")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


class DrawForm(ModelForm):
    """Draft a draw of a campaign: what was approved comes with it, here stands only how it is drawn."""

    groups = (
        FieldGroup(_("抽什么"), ("campaign", "title", "visit_from", "visit_until")),
        FieldGroup(_("派谁去"), ("reserve_pct", "capacity", "specialty")),
        FieldGroup(
            _("号码从哪里来"),
            ("source", "source_issue", "reveal_at", "reveal_place", "mode", "repeat_reason"),
        ),
        FieldGroup(
            _("备用来源"),
            ("fallback_source", "fallback_issue", "fallback_at"),
            folded=True,
            hint=_("快乐8停开、改期，或者现场摇不成时用；不事先写明，就只能作废另抽"),
        ),
    )

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
            "source",
            "source_issue",
            "fallback_source",
            "fallback_issue",
            "fallback_at",
            "reserve_pct",
            "capacity",
            "specialty",
            "repeat_reason",
        ]
        widgets = {
            "visit_from": DateInput(),
            "visit_until": DateInput(),
            "reveal_at": MomentInput(),
            "fallback_at": MomentInput(),
            "source": forms.RadioSelect,
            "mode": forms.RadioSelect,
        }
        help_texts = {
            "campaign": _("只列出已批准的任务；事项、范围、分层和比例都按批准的方案"),
            "visit_from": _("在批准的检查时间之内；不填的按任务"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "campaign" in self.fields:
            campaigns: Any = self.fields["campaign"]
            campaigns.required = True
            campaigns.queryset = Campaign.objects.filter(state__in=RUNNING)
            for name in FROM_CAMPAIGN:
                self.fields[name].required = False
        self.fields["specialty"].empty_label = _("按所选事项的要求")  # type: ignore[attr-defined]
        second: Any = self.fields["fallback_source"]
        second.choices = [("", _("不设备用来源")), *Draw.Source.choices]
        # On-site visits are normally unannounced (design §6); rows of before were open.
        self.fields["mode"].initial = Draw.Mode.SEALED

    @staticmethod
    def first_values(campaign: Campaign) -> dict[str, Any]:
        """What a draw of a campaign begins with."""
        proposed = draw_for(campaign)
        first = min(max(proposed.visit_from, clock.today()), proposed.visit_until)
        names = ("title", "visit_until", "reserve_pct", "mode")
        said = {name: getattr(proposed, name) for name in names}
        return {**said, "campaign": campaign.pk, "visit_from": first}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (campaign := cleaned.get("campaign")) is not None:
            said = self.first_values(campaign)
            cleaned |= {name: said[name] for name in FROM_CAMPAIGN if cleaned.get(name) in (None, "")}
        self._check_issue(cleaned, "source", "source_issue")
        self._check_issue(cleaned, "fallback_source", "fallback_issue")
        timeless = cleaned.get("fallback_source") and not cleaned.get("fallback_at")
        if timeless and "fallback_at" not in self.errors:
            self.add_error("fallback_at", _("设了备用来源，就要写明它的时间"))
        first, last = cleaned.get("visit_from"), cleaned.get("visit_until")
        if first and last and last < first:
            self.add_error("visit_until", _("检查结束日期早于开始日期"))
        return cleaned

    def _check_issue(self, cleaned: dict[str, Any], source: str, issue: str) -> None:
        """A lottery needs its issue; dice have none."""
        if cleaned.get(source) != Draw.Source.KL8:
            cleaned[issue] = ""
        elif not cleaned.get(issue) and issue not in self.errors:
            self.add_error(issue, _("用快乐8，就要写明是哪一期（七位期号）"))


class ChangeDrawForm(DrawForm):
    """A draft keeps its campaign."""

    class Meta(DrawForm.Meta):
        fields = [name for name in DrawForm.Meta.fields if name != "campaign"]


class SupplementForm(ChangeDrawForm):
    """A draw of inspectors alone, for firms that are drawn already."""

    class Meta(DrawForm.Meta):
        fields = [name for name in ChangeDrawForm.Meta.fields if name not in ("reserve_pct", "repeat_reason")]

    @staticmethod
    def first_values_of(draw: Draw) -> dict[str, Any]:
        """As the draw that it supplements, from today on."""
        first = min(max(draw.visit_from, clock.today()), draw.visit_until)
        return {
            "title": gettext("%(title)s（补充抽取）") % {"title": draw.title[:90]},
            "visit_from": first,
            "visit_until": draw.visit_until,
            "reveal_place": draw.reveal_place,
            "mode": draw.mode,
            "source": draw.source,
            "capacity": draw.capacity,
            "specialty": draw.specialty_id,
        }

    def clean(self) -> dict[str, Any]:
        return {**super().clean(), "reserve_pct": 0}


class DigitsForm(Form):
    """Twenty boxes, one a ball, and rows for who watched.

    Balls of the room are digits in the order in which they were drawn; those of the lottery are numbers in
    any order.
    """

    def __init__(
        self, *args: Any, source: str = Draw.Source.DICE, witnessed: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.source, self.rows = source, WITNESS_ROWS if witnessed else 0
        for position in range(1, BALLS + 1):
            self.fields[f"d{position}"] = _ball(position, lottery=source == Draw.Source.KL8)
        for row in range(1, self.rows + 1):
            for name, field in _witness_row(row).items():
                self.fields[f"w{row}_{name}"] = field
        for field in self.fields.values():
            dress(field)

    @property
    def balls(self) -> list[forms.BoundField]:
        return [self[f"d{position}"] for position in range(1, BALLS + 1)]

    @property
    def witness_rows(self) -> list[tuple[forms.BoundField, ...]]:
        return [
            tuple(self[f"w{row}_{name}"] for name in ("name", "role", "unit"))
            for row in range(1, self.rows + 1)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = [cleaned.get(f"w{row}_name", "").strip() for row in range(1, self.rows + 1)]
        if self.rows and not any(names):
            self.add_error("w1_name", _("请至少写明一位见证人"))
        for row, name in enumerate(names, start=1):
            if name and not cleaned.get(f"w{row}_role"):
                self.add_error(f"w{row}_role", _("请选择第 %(row)s 位见证人的身份") % {"row": row})
        typed = [cleaned.get(f"d{position}", "") for position in range(1, BALLS + 1)]
        if self.source == Draw.Source.KL8 and all(typed) and len({int(ball) for ball in typed}) < BALLS:
            self.add_error("d1", _("快乐8的二十个号码不能重复，请对照开奖公告"))
        return cleaned

    def digits(self) -> str:
        """The value of a valid form as the protocol writes it."""
        typed = [self.cleaned_data[f"d{position}"] for position in range(1, BALLS + 1)]
        return entropy.written(self.source, typed)

    def witnesses(self) -> list[Present]:
        """Who watched, as far as rows were filled in."""
        rows = range(1, self.rows + 1)
        found = [[self.cleaned_data[f"w{row}_{name}"] for name in ("name", "unit", "role")] for row in rows]
        return [Present(name.strip(), unit.strip(), role) for name, unit, role in found if name.strip()]


def _ball(position: int, *, lottery: bool) -> forms.Field:
    wrong = (
        _("第 %(position)s 个应是 01–80 的号码") if lottery else _("第 %(position)s 个球应是 0–9 的一个数字")
    )
    place = {"position": position}
    return forms.RegexField(
        label=_("第 %(position)s 个球") % place,
        regex=r"^(0?[1-9]|[1-7][0-9]|80)$" if lottery else r"^[0-9]$",
        max_length=2 if lottery else 1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "mc-ball"}),
        error_messages={
            "required": _("第 %(position)s 个球还没有填") % place,
            "invalid": wrong % place,
        },
    )


def _witness_row(row: int) -> dict[str, forms.Field]:
    return {
        "name": forms.CharField(
            label=_("第 %(row)s 位见证人的姓名") % {"row": row}, max_length=30, required=False
        ),
        "role": forms.ChoiceField(
            label=_("身份"), choices=[("", _("请选择")), *Witness.Role.choices], required=False
        ),
        "unit": forms.CharField(label=_("单位"), max_length=60, required=False),
    }


class PhotoForm(Form):
    photo = forms.FileField(
        label=_("现场照片"), help_text=_("JPG 或 PNG；原样保存，抽取前上传的，摘要随复算包公开")
    )


class DeliveryForm(ModelForm):
    """To whom the sealing notice was given."""

    paper = forms.FileField(
        label=_("凭证"), required=False, help_text=_("签收的公告、张贴的照片或截图（PDF、JPG、PNG）")
    )

    class Meta:
        model = Delivery
        fields = ["recipient", "person", "way", "delivered_at"]
        widgets = {"delivered_at": MomentInput()}


class ConfirmForm(Form):
    compared = forms.BooleanField(label=_("我已对照现场摇出的号码球，逐位核对无误"))
