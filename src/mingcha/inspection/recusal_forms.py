"""What is written down of a firm's application that somebody stays away, and of its decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.inspection.drafting import substitutes_of
from mingcha.inspection.models import Inspection, RecusalApplication
from mingcha.inspection.services import Applied
from mingcha.inspection.services.recusing import leaves_too_few, needs_somebody
from mingcha.registry.models import Inspector, Recusal
from mingcha.web.forms import Form


class ApplyForm(Form):
    """As the person of the firm says it."""

    inspector = forms.ChoiceField(label=_("申请谁回避"), widget=forms.RadioSelect)
    relation = forms.ChoiceField(
        label=_("回避的情形"), choices=Recusal.Kind.choices, widget=forms.RadioSelect
    )
    ground = forms.CharField(
        label=_("事实和理由"),
        max_length=300,
        widget=forms.Textarea,
        help_text=_("照申请人的话写；只有局领导、综合经办和督导员能看到"),
    )
    applicant = forms.CharField(
        label=_("申请人"), max_length=100, help_text=_("姓名和职务"), widget=forms.TextInput()
    )
    how = forms.ChoiceField(
        label=_("怎样提出"),
        choices=[one for one in RecusalApplication.How.choices if one[0] != RecusalApplication.How.PAGE],
    )

    def __init__(self, *args: Any, inspection: Inspection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = {str(one.pk): one for one in inspection.team}
        choices = [(key, str(one)) for key, one in self.team.items()]
        self.fields["inspector"].choices = choices  # type: ignore[attr-defined]

    def applied(self) -> Applied:
        """Of a valid form."""
        given = self.cleaned_data
        return Applied(
            inspector=self.team[given["inspector"]],
            relation=given["relation"],
            ground=given["ground"],
            applicant=given["applicant"],
            how=given["how"],
        )


class GrantForm(Form):
    """Who comes in the place of the one who leaves a single inspection; and what the firm is told."""

    substitute = forms.ChoiceField(label=_("由谁接替"), required=False)
    reason = forms.CharField(label=_("告知申请人的话"), max_length=300, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, application: RecusalApplication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inspection = application.inspection
        people = substitutes_of(inspection) if needs_somebody(inspection) else ()
        self.people = {str(one.pk): one for one in people}
        if not self.people:
            del self.fields["substitute"]
            return
        must = leaves_too_few(application)
        nobody = gettext("请选择") if must else gettext("不用接替")
        choices = [("", nobody), *((key, str(one)) for key, one in self.people.items())]
        self.fields["substitute"].required = must
        self.fields["substitute"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> Inspector | None:
        """Of a valid form."""
        return self.people.get(self.cleaned_data.get("substitute", ""))


class RejectForm(Form):
    reason = forms.CharField(
        label=_("不予回避的理由"), max_length=300, widget=forms.Textarea, help_text=_("会告知申请人")
    )
