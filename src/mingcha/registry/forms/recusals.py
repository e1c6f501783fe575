"""What people type about a recusal."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.registry.lookups import SubjectChoiceField
from mingcha.registry.models import Recusal
from mingcha.web.forms import DateInput, ModelForm


class RecusalForm(ModelForm):
    subject = SubjectChoiceField(label=_("检查对象"))

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
