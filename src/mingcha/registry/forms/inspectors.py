"""What people type about an inspector."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.registry.models import Inspector
from mingcha.web.forms import DateInput, ModelForm


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
