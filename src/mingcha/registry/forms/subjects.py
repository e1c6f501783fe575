"""What people type about a subject."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.registry.models import Subject
from mingcha.web.forms import ModelForm


class SubjectForm(ModelForm):
    warnings_confirmed = forms.BooleanField(
        label=_("代码已核对无误"),
        required=False,
        help_text=_("只在系统提示代码可疑、而营业执照上确实如此时勾选"),
    )

    class Meta:
        model = Subject
        fields = ["name", "kind", "credit_code", "registration", "division_code", "town", "industry_code"]

    # The code is normalised and judged by the service: it may come with spaces or full-width letters.
    credit_code = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=40,
        required=False,
        help_text=_("18 位；没有代码的可以留空，由系统编公开编号"),
    )

    def _get_validation_exclusions(self) -> set[str]:
        # The service normalises and judges the code, which may come with blanks and full-width letters.
        return {*super()._get_validation_exclusions(), "credit_code"}  # type: ignore[misc]

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())
