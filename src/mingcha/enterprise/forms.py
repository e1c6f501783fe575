"""What firms type, and what is typed for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.enterprise.questions import QUESTIONS
from mingcha.inspection.models import RecusalApplication
from mingcha.inspection.recusal_forms import ApplyForm
from mingcha.inspection.services import Applied
from mingcha.web.forms import Form


class RatingForm(Form):
    """One choice a question; none has to be answered, nothing is written in free words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question.code] = forms.ChoiceField(
                label=question.text,
                choices=question.answers,
                required=False,
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
            )


class ComplaintForm(Form):
    """What a firm complains of; who it is need not be said."""

    text = forms.CharField(
        label=_("投诉内容"),
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("什么时候、谁、做了什么。只有督导员看得到，检查人员看不到"),
    )
    contact = forms.CharField(
        label=_("联系方式"), max_length=100, required=False, help_text=_("想得到答复的留下，可以不填")
    )


class RecusalForm(ApplyForm):
    """The application as the firm types it itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["how"]
        self.fields["ground"].help_text = _("只有局领导、综合经办和督导员能看到")

    def applied(self) -> Applied:
        self.cleaned_data["how"] = RecusalApplication.How.PAGE
        return super().applied()


class DigitsForm(Form):
    """The six digits that a firm reads out."""

    digits = forms.CharField(
        label=_("六位入企码"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("企业打公布的固定电话或到窗口，报检查人员手机上的六位数字"),
    )


class HandlingForm(Form):
    """What was done about a complaint."""

    handling = forms.CharField(
        label=_("处理情况"),
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("核实的结果、怎样处理、是否答复企业"),
    )
