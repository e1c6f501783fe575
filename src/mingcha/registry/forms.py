"""What people type into the two registers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.registry.models import Inspector, Recusal, Subject
from mingcha.web.forms import DateInput, ModelForm


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


class InspectorForm(ModelForm):
    class Meta:
        model = Inspector
        fields = [
            "name",
            "unit",
            "certificate_number",
            "authority",
            "valid_from",
            "valid_until",
            "specialties",
            "status",
            "user",
        ]
        widgets = {
            "valid_from": DateInput(),
            "valid_until": DateInput(),
            "specialties": forms.CheckboxSelectMultiple(),
        }

    def clean_certificate_number(self) -> str:
        number = str(self.cleaned_data["certificate_number"]).strip().upper()
        holder = Inspector.objects.filter(certificate_number=number).exclude(pk=self.instance.pk).first()
        if holder is not None:
            raise forms.ValidationError(
                _("证件号码 %(number)s 已经登记在 %(name)s 名下，一证一人"),
                params={"number": number, "name": holder.name},
            )
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("证件有效期的止日早于起日，请对照证件改正"))
        return cleaned


class RecusalForm(ModelForm):
    class Meta:
        model = Recusal
        fields = ["subject", "inspector", "kind", "basis", "valid_from", "valid_until"]
        widgets = {"valid_from": DateInput(), "valid_until": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = clock.today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("止日早于起日，请改正；长期有效的请留空"))
        return cleaned
