"""Short forms: proposing a change, reviewing a flag."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.items import selectors
from mingcha.items.models import BasisFlag, ItemVersion
from mingcha.web.forms import DateInput, Form


class ProposeForm(Form):
    """Which drafts go onto the list, from which day."""

    title = forms.CharField(
        label=_("这次调整的名称"), max_length=100, help_text=_("例如：2027年第一次调整；公众会看到")
    )
    effective_from = forms.DateField(
        label=_("施行日期"), widget=DateInput(), help_text=_("批准晚于这一天的，自批准之日起施行")
    )
    versions = forms.ModelMultipleChoiceField(
        label=_("一并提请的草稿"),
        queryset=selectors.drafts().none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一份草稿")},
    )
    summary = forms.CharField(
        label=_("调整说明"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("为什么调整、依据什么文件；公众会看到"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versions"].queryset = selectors.drafts()  # type: ignore[attr-defined]
        self.fields["effective_from"].initial = clock.today
        only = list(selectors.drafts()[:2])
        if len(only) == 1:
            self.fields["versions"].initial = only

    def clean_effective_from(self) -> Any:
        day = self.cleaned_data["effective_from"]
        if day < clock.today():
            raise forms.ValidationError(_("施行日期不能早于今天：公布之前不能施行"))
        return day


class ConfirmForm(Form):
    """Which published items were compared with their sources, and with which documents."""

    versions = forms.ModelMultipleChoiceField(
        label=_("核对过的事项"),
        queryset=ItemVersion.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一个事项")},
    )
    basis = forms.CharField(
        label=_("核对的文件"),
        max_length=300,
        help_text=_("写明对照的法规文本、上级清单或文件的名称和文号；公众会看到"),
    )
    note = forms.CharField(
        label=_("说明"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versions"].queryset = selectors.confirmable()  # type: ignore[attr-defined]


class ReviewForm(Form):
    """What somebody found on comparing the old article with the new one."""

    verdict = forms.ChoiceField(
        label=_("复核结论"), choices=BasisFlag.Verdict.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明对照了什么、为什么这样认定"),
    )
