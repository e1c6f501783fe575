"""What people type about an inspector and about days of leave."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.registry.models import Inspector, Leave
from mingcha.registry.services.inspectors import INSPECTOR_FIELDS, LEAVE_FIELDS
from mingcha.web.forms import DateInput, ModelForm


class InspectorForm(ModelForm):
    class Meta:
        model = Inspector
        fields = list(INSPECTOR_FIELDS)
        widgets = {
            "valid_from": DateInput(),
            "valid_until": DateInput(),
            "specialties": forms.CheckboxSelectMultiple(),
        }

    def clean_certificate_number(self) -> str:
        number = str(self.cleaned_data["certificate_number"]).strip().upper()
        others = Inspector.objects.filter(certificate_number=number).exclude(pk=self.instance.pk)
        holder = others.first() if number else None
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
        if cleaned.get("kind") == Inspector.Kind.CERTIFIED:
            self._require_certificate(cleaned)
        return cleaned

    def _require_certificate(self, cleaned: dict[str, Any]) -> None:
        missing = _("执法人员必须填写（行政处罚法第四十二条）；没有证件的，人员类别选协助人员或专家")
        for name in ("certificate_number", "authority", "valid_from", "valid_until"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, missing)


class LeaveForm(ModelForm):
    class Meta:
        model = Leave
        fields = list(LEAVE_FIELDS)
        widgets = {"first_day": DateInput(), "last_day": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_day"].initial = clock.today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("止日早于起日，请改正；只一天的，两处填同一天"))
        return cleaned
