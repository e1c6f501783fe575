"""What people type about a recusal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.registry.lookups import SubjectChoiceField
from mingcha.registry.models import Recusal
from mingcha.registry.services.recusals import RECUSAL_FIELDS
from mingcha.web.forms import DateInput, Form, ModelForm


def _check_period(form: forms.BaseForm, cleaned: dict[str, Any]) -> dict[str, Any]:
    first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
    if first and last and last < first:
        form.add_error("valid_until", _("止日早于起日，请改正；长期有效的请留空"))
    return cleaned


class RecusalForm(ModelForm):
    subject = SubjectChoiceField(label=_("检查对象"))

    class Meta:
        model = Recusal
        fields = list(RECUSAL_FIELDS)
        widgets = {"valid_from": DateInput(), "valid_until": DateInput(), "declared_on": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = clock.today
        self.fields["declared_on"].initial = clock.today

    def clean(self) -> dict[str, Any]:
        return _check_period(self, super().clean() or {})


class OwnRecusalForm(Form):
    """An inspector's own declaration; firms are named, not chosen: the register is not theirs to browse."""

    firm = forms.CharField(
        label=_("企业名称或统一社会信用代码"),
        max_length=200,
        help_text=_("营业执照上的完整名称，或 18 位代码"),
    )
    kind = forms.ChoiceField(label=_("回避事由"), choices=Recusal.Kind.choices)
    basis = forms.CharField(
        label=_("说明"),
        max_length=200,
        help_text=_("例如：妻子在该公司任会计；只有综合经办、局领导和督导员看得到"),
    )
    valid_from = forms.DateField(label=_("自"), widget=DateInput(), initial=clock.today)
    valid_until = forms.DateField(
        label=_("至"), widget=DateInput(), required=False, help_text=_("长期有效的留空")
    )

    def clean(self) -> dict[str, Any]:
        return _check_period(self, super().clean() or {})
