"""What people type about things that belong to a subject; one form a kind (`services.parts.PARTS`)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.registry.models import (
    CaseCount,
    Contact,
    FormerName,
    Grading,
    Headcount,
    Licence,
    SubjectTag,
    Tag,
    Violation,
)
from mingcha.web.forms import DateInput, Form, ModelForm


class PartForm(ModelForm):
    """Common to all: days default to today, and days of the past are no days to come."""

    #: Fields that say when something was; they are filled in with today where `today` names them.
    past: tuple[str, ...] = ()
    today: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            for name in self.today:
                self.fields[name].initial = clock.today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.past:
            if cleaned.get(name) and cleaned[name] > clock.today():
                self.add_error(name, _("日期不能晚于今天，请改正"))
        return cleaned

    def validate_unique(self) -> None:
        """Left to the service, which names the row that is there already."""

    def validate_constraints(self) -> None:
        """Left to the service."""


class ContactForm(PartForm):
    past = today = ("recorded_on",)
    name = forms.CharField(label=_("姓名"), max_length=50)
    phone = forms.CharField(label=_("电话"), max_length=30, widget=forms.TextInput(attrs={"type": "tel"}))

    class Meta:
        model = Contact
        fields = ["post", "name", "phone", "source", "recorded_on"]
        widgets = {"recorded_on": DateInput()}

    def clean_phone(self) -> str:
        phone = "".join(str(self.cleaned_data["phone"]).split())
        if len([character for character in phone if character.isdigit()]) < 7:
            raise forms.ValidationError(_("电话至少 7 位数字，请对照改正"))
        return phone


class LicenceForm(PartForm):
    past = ("valid_from",)

    class Meta:
        model = Licence
        fields = ["kind", "number", "authority", "valid_from", "valid_until", "state"]
        widgets = {"valid_from": DateInput(), "valid_until": DateInput()}

    def clean_number(self) -> str:
        return "".join(str(self.cleaned_data["number"]).split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("有效期的止日早于起日，请对照证件改正"))
        return cleaned


class SubjectTagForm(PartForm):
    past = today = ("since",)

    class Meta:
        model = SubjectTag
        fields = ["tag", "since", "why"]
        widgets = {"since": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tags: Any = self.fields["tag"]
        tags.queryset = Tag.objects.filter(in_use=True)
        self.fields["why"].required = True


class GradingForm(PartForm):
    past = ("graded_on",)
    today = ("graded_on",)
    #: System and grade are one choice, so that a grade of one system never gets into another (rule N12).
    grade_of_system = forms.ChoiceField(label=_("等级"))

    class Meta:
        model = Grading
        fields = ["year", "graded_on", "source"]
        widgets = {"graded_on": DateInput()}

    field_order = ("grade_of_system", "year", "graded_on", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["grade_of_system"]
        choices.choices = [("", _("请选择")), *_grades_by_system()]
        if self.instance.pk:
            self.initial["grade_of_system"] = f"{self.instance.system}:{self.instance.grade}"
        else:
            self.fields["year"].initial = clock.today().year - 1

    def clean_year(self) -> int:
        year = int(self.cleaned_data["year"])
        if not 2000 <= year <= clock.today().year:
            raise forms.ValidationError(_("评价年度应在 2000 年到今年之间"))
        return year

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        system, _colon, grade = str(cleaned.pop("grade_of_system", "")).partition(":")
        return {**cleaned, "system": system, "grade": grade}


def _grades_by_system() -> list[tuple[Any, list[tuple[str, str]]]]:
    return [
        (Grading.System(system).label, [(f"{system}:{grade}", grade) for grade in grades])
        for system, grades in Grading.GRADES.items()
    ]


class HeadcountForm(PartForm):
    past = today = ("counted_on",)

    class Meta:
        model = Headcount
        fields = ["counted_on", "workers", "insured", "dispatched", "source"]
        widgets = {"counted_on": DateInput()}
        help_texts = {"source": _("例如参保登记、用工备案、企业自报")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if all(cleaned.get(name) is None for name in ("workers", "insured", "dispatched")):
            self.add_error("workers", _("用工、参保、派遣人数至少填一项"))
        return cleaned


class CaseCountForm(PartForm):
    past = today = ("counted_on",)

    class Meta:
        model = CaseCount
        fields = ["counted_on", "disputes", "complaints", "source"]
        widgets = {"counted_on": DateInput()}
        help_texts = {
            "disputes": _("这一天以前 12 个月内受理的劳动人事争议仲裁案件；没有的填 0，不清楚的不填"),
            "complaints": _("这一天以前 12 个月内收到的投诉举报；没有的填 0，不清楚的不填"),
            "source": _("例如仲裁院台账、劳动监察投诉登记、12345 转办"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if all(cleaned.get(name) is None for name in ("disputes", "complaints")):
            self.add_error("disputes", _("劳动争议、投诉举报至少填一项，没有的填 0"))
        return cleaned


class ViolationForm(PartForm):
    past = ("decided_on", "settled_on")

    class Meta:
        model = Violation
        fields = [
            "decided_on",
            "handling",
            "what",
            "article",
            "document_number",
            "authority",
            "settled_on",
            "source",
        ]
        widgets = {
            "decided_on": DateInput(),
            "settled_on": DateInput(),
            "what": forms.Textarea(attrs={"rows": 2}),
        }


class FormerNameForm(PartForm):
    past = ("until",)

    class Meta:
        model = FormerName
        fields = ["name", "until"]
        widgets = {"until": DateInput()}


class ReasonForm(Form):
    """Why something is ended, looked at, declined or undone."""

    reason = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


PART_FORMS: dict[str, type[PartForm]] = {
    "contacts": ContactForm,
    "licences": LicenceForm,
    "tags": SubjectTagForm,
    "gradings": GradingForm,
    "headcounts": HeadcountForm,
    "cases": CaseCountForm,
    "violations": ViolationForm,
    "names": FormerNameForm,
}
