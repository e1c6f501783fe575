"""What people type about a visit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.basics.selectors import parameters
from mingcha.registry.lookups import SubjectChoiceField
from mingcha.registry.models import Visit
from mingcha.registry.services.visits import VISIT_FIELDS
from mingcha.web.forms import DateInput, ModelForm

EXEMPT_REASONS = "EXEMPT_REASONS"


class VisitForm(ModelForm):
    subject = SubjectChoiceField(label=_("检查对象"))
    exempt_reason = forms.ChoiceField(
        label=_("不计入频次上限的理由"),
        required=False,
        help_text=_("只在确有这种情形时选择（国办发〔2024〕54号）"),
    )

    class Meta:
        model = Visit
        fields = list(VISIT_FIELDS)
        widgets = {"visited_on": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visited_on"].initial = clock.today
        reasons = parameters.value(EXEMPT_REASONS, on=clock.today()).as_list()
        kept = [self.instance.exempt_reason] if self.instance.exempt_reason not in ("", *reasons) else []
        self.fields["exempt_reason"].choices = [  # type: ignore[attr-defined]
            ("", _("没有，计入上限")),
            *((reason, reason) for reason in [*reasons, *kept]),
        ]
