"""What is typed where a phone has not registered the visit by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.inspection.models import Entry
from mingcha.registry.models import Inspector
from mingcha.web.forms import FieldGroup, Form

_MOMENT = "%Y-%m-%dT%H:%M"
_LICENCE = _("扫描枪或手机扫出的文字，或照执照输入 18 位统一社会信用代码")
_NUMBER = _("用上级的执法监督平台扫码的，填它给出的备案号；没有的留空")


def _moment(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT)
    return forms.DateTimeField(label=label, help_text=help_text, required=required, widget=widget)


class _Scan(Form):
    """What both kinds of scanning ask for."""

    licence = forms.CharField(label=_("营业执照"), max_length=2000, required=False, help_text=_LICENCE)
    platform_number = forms.CharField(
        label=_("执法监督平台备案号"), max_length=100, required=False, help_text=_NUMBER
    )


class EnterForm(_Scan):
    """How one came in, when, who is there. `team` are those who may inspect that day; nobody is ticked for
    anybody: each is there or not."""

    via = forms.ChoiceField(
        label=_("登记方式"),
        choices=Entry.Via.choices,
        initial=Entry.Via.CODE,
        widget=forms.RadioSelect,
        help_text=_("正常情况先向企业亮码。后两种必须写明理由，督导员会看到"),
    )
    people = forms.MultipleChoiceField(
        label=_("到场的检查人员"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("逐个勾选现在确实在场的人；没有到场的不勾"),
    )
    at = _moment(_("入企时间"), _("现在登记的留空；补录的填当时的时间"))
    reason = forms.CharField(
        label=_("没有当场扫码的理由"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("什么紧急情况，或者什么时候、什么原因扫不了码"),
    )
    field_order = ("via", "people", "licence", "platform_number", "at", "reason")
    groups = (
        FieldGroup(_("怎样登记"), ("via", "people")),
        FieldGroup(_("扫码和备案"), ("licence", "platform_number")),
        FieldGroup(_("补录和例外"), ("at", "reason"), hint=_("正常当场登记的不填")),
    )

    def __init__(self, *args: Any, team: Sequence[Inspector], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["people"]
        field.choices = [(str(one.pk), f"{one.name} {one.certificate_number}") for one in team]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """As `services.enter` takes them."""
        given = dict(self.cleaned_data)
        given["people"] = [int(pk) for pk in given["people"]]
        return given


class MakeUpForm(_Scan):
    """What makes up for an emergency: the code shown, or the licence."""

    via = forms.ChoiceField(
        label=_("补扫方式"),
        choices=[(one.value, one.label) for one in Entry.SCANS],
        initial=Entry.Via.CODE,
        widget=forms.RadioSelect,
    )
    field_order = ("via", "licence", "platform_number")


class LeaveForm(Form):
    """When one left; what is told afterwards says why. `entered_on` is the day of coming in."""

    at = _moment(_("离开时间"), _("现在离开的留空；补记的填当时的时间"))
    reason = forms.CharField(
        label=_("补记的理由"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("现在离开的不填；补记的写明为什么当时没有登记、时间是怎样确定的"),
    )

    def __init__(self, *args: Any, entered_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if entered_on < clock.today():
            said = gettext("入企是 %(day)s，不是今天：请填当时离开的时间") % {"day": entered_on.isoformat()}
            self.fields["at"].help_text = said
            self.fields["at"].required = self.fields["reason"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        stated, reason = cleaned.get("at"), cleaned.get("reason", "").strip()
        if stated is not None and not reason and "reason" not in self.errors:
            self.add_error("reason", gettext("补记离开时间的，请写明理由"))
        return cleaned


class SignedNoticeForm(Form):
    """The scan of the notice with seal and signature."""

    file = forms.FileField(label=_("盖章签收的通知书"), help_text=_("扫描件或照片：PDF、JPG、PNG"))
