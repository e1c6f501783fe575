"""What people write on the sheet of a single inspection, and of a visit that is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import Unit
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.inspection.drafting import (
    LETTER,
    SCHEME,
    Candidate,
    candidates,
    choosable,
    is_outside,
    meeting_text,
    meetings_of,
)
from mingcha.inspection.models import Inspection
from mingcha.inspection.services import Draft
from mingcha.items.selectors import on_the_list
from mingcha.registry.lookups import SubjectChoiceField
from mingcha.registry.models import Inspector, Subject
from mingcha.registry.services.visits import exempt_reasons
from mingcha.web.forms import DateInput, FieldGroup, Form

#: Days from today on that a new draft proposes.
FIRST, LAST = 1, 15
#: 单独检查: with a reason.
APART = "apart"
_PAPERS = _("PDF、图片或办公文件")


class _PeopleForm(Form):
    """Who goes and when; everybody is shown, who cannot go with why not."""

    visit_from = forms.DateField(label=_("开始日期"), widget=DateInput())
    visit_until = forms.DateField(label=_("结束日期"), widget=DateInput())
    unit = forms.ModelChoiceField(label=_("承办股室"), queryset=Unit.objects.none())

    def __init__(
        self,
        *args: Any,
        viewer: Officer,
        firm: Subject | None,
        inspection: Inspection | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.viewer, self.firm, self.inspection = viewer, firm, inspection
        self.fields["unit"].queryset = units_of(viewer)  # type: ignore[attr-defined]
        self.known: Mapping[int, Inspector] = {one.pk: one for one in choosable(viewer, inspection)}

    def window(self) -> tuple[date, date]:
        """The days as typed, as given, or the first that a draft proposes."""
        days = []
        for name, ahead in (("visit_from", FIRST), ("visit_until", LAST)):
            field: Any = self.fields[name]
            try:
                typed = field.to_python(self[name].value())
            except forms.ValidationError:
                typed = None
            days.append(typed or clock.today() + timedelta(days=ahead))
        return (days[0], days[1]) if days[0] <= days[1] else (days[0], days[0])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("visit_from"), cleaned.get("visit_until")
        if first and last and last < first:
            self.add_error("visit_until", _("结束日期不能早于开始日期"))
        return cleaned

    def chosen(self, *names: str) -> list[Inspector]:
        """The people chosen in these fields, in their order, each once."""
        keys: list[str] = []
        for name in names:
            value = self.cleaned_data.get(name) or []
            keys += [value] if isinstance(value, str) else value
        return [self.known[int(key)] for key in dict.fromkeys(keys)]


class DraftForm(_PeopleForm):
    """个案检查 or 日常检查 of one firm (domain §9.1: 行政检查审批表)."""

    together = forms.ChoiceField(label=_("能否合并"), widget=forms.RadioSelect)
    apart_reason = forms.CharField(
        label=_("不一并检查的理由"), max_length=300, required=False, help_text=_("选单独检查的必填")
    )
    kind = forms.ChoiceField(
        label=_("检查类型"),
        widget=forms.RadioSelect,
        choices=[
            (Inspection.Kind.CASE, _("个案检查：有下面所列理由，不计入频次上限")),
            (Inspection.Kind.ROUTINE, _("日常检查：计入频次上限")),
        ],
    )
    exempt_reason = forms.ChoiceField(
        label=_("不计入频次上限的理由"), required=False, help_text=_("个案检查必选；日常检查不选")
    )
    purpose = forms.CharField(label=_("事由"), max_length=500, widget=forms.Textarea)
    items = forms.MultipleChoiceField(
        label=_("检查事项"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只列已公布并在施行期内的事项"),
    )
    why_on_site = forms.CharField(
        label=_("为何必须入企"),
        max_length=500,
        required=False,
        widget=forms.Textarea,
        help_text=_("事项可以用书面、网络等方式检查的必填"),
    )
    leader = forms.ChoiceField(label=_("主检"), required=False)
    others = forms.MultipleChoiceField(
        label=_("其他检查人员"), required=False, widget=forms.CheckboxSelectMultiple
    )
    helpers = forms.MultipleChoiceField(
        label=_("协助人员、专家"), required=False, widget=forms.CheckboxSelectMultiple
    )
    helper_purpose = forms.CharField(label=_("协助什么"), max_length=200, required=False)
    letter = forms.FileField(label=_("协助函"), required=False, help_text=_PAPERS)
    scheme = forms.FileField(label=_("检查方案附件"), required=False, help_text=_PAPERS)
    groups = (
        FieldGroup(_("能合并的不重复检查"), ("together", "apart_reason")),
        FieldGroup(_("查什么、为什么去"), ("kind", "exempt_reason", "purpose", "items", "why_on_site")),
        FieldGroup(_("什么时候去"), ("visit_from", "visit_until")),
        FieldGroup(_("谁去"), ("unit", "leader", "others", "helpers", "helper_purpose")),
        FieldGroup(_("附件"), ("letter", "scheme")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert self.firm is not None  # noqa: S101  the page has found the firm
        first, last = self.window()
        self._people(candidates(self.firm, first, last))
        self._items(first, last)
        self._meetings(first, last)
        reasons = [(reason, reason) for reason in exempt_reasons()]
        self.fields["exempt_reason"].choices = [("", _("没有")), *reasons]  # type: ignore[attr-defined]
        if not is_outside(self.firm):
            del self.fields["letter"]

    def _people(self, found: Mapping[int, Candidate]) -> None:
        own = [found[pk] for pk in self.known if pk in found]
        certified = _choices(one for one in own if one.inspector.kind == Inspector.Kind.CERTIFIED)
        helping = _choices(one for one in own if one.inspector.kind != Inspector.Kind.CERTIFIED)
        for name, choices in (
            ("leader", [("", gettext("请选择")), *certified]),
            ("others", certified),
            ("helpers", helping),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if not helping:
            del self.fields["helpers"], self.fields["helper_purpose"]

    def _items(self, first: date, last: date) -> None:
        self.versions = {str(one.pk): one for one in on_the_list() if one.in_force(first, last)}
        # What the lead speaks of stands first.
        asked = {str(pk) for pk in self.initial.get("items", ())}
        ordered = sorted(self.versions.items(), key=lambda one: one[0] not in asked)
        choices = [(pk, _item_label(version)) for pk, version in ordered]
        self.fields["items"].choices = choices  # type: ignore[attr-defined]

    def _meetings(self, first: date, last: date) -> None:
        """Other visits to come: asked about only where there are some."""
        asked = Inspection(
            pk=self.inspection.pk if self.inspection else None,
            subject=self.firm,
            visit_from=first,
            visit_until=last,
        )
        self.meetings = {str(one.pk): one for one in meetings_of(asked, self.viewer)}
        if not self.meetings:
            del self.fields["together"], self.fields["apart_reason"]
            return
        with_them = [
            (pk, gettext("一并检查：%(other)s") % {"other": meeting_text(one)})
            for pk, one in self.meetings.items()
        ]
        choices = [*with_them, (APART, gettext("单独检查，理由写在下面"))]
        self.fields["together"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("together") == APART and not cleaned.get("apart_reason", "").strip():
            self.add_error("apart_reason", _("请写明为什么不能一并检查"))
        joining = cleaned.get("together") in self.meetings
        if cleaned.get("others") and not cleaned.get("leader") and not joining:
            self.add_error("leader", _("选了其他检查人员的，请选定谁是主检"))
        if cleaned.get("helpers") and not cleaned.get("helper_purpose", "").strip():
            self.add_error("helper_purpose", _("请写明协助什么"))
        return cleaned

    def draft(self) -> Draft:
        """Of a valid form."""
        given = self.cleaned_data
        joins = self.meetings.get(given.get("together", ""))
        papers = [(LETTER, given.get("letter")), (SCHEME, given.get("scheme"))]
        return Draft(
            unit=given["unit"],
            kind=given["kind"],
            purpose=given["purpose"],
            items=[self.versions[key] for key in given["items"]],
            why_on_site=given["why_on_site"],
            exempt_reason=given["exempt_reason"],
            visit_from=given["visit_from"],
            visit_until=given["visit_until"],
            team=self.chosen("leader", "others"),
            helpers=self.chosen("helpers"),
            helper_purpose=given.get("helper_purpose", ""),
            joins=joins,
            apart_reason="" if joins else given.get("apart_reason", ""),
            papers=[(purpose, file) for purpose, file in papers if file],
        )


class OtherVisitForm(_PeopleForm):
    """调研、督导、观摩: who asks for it, what for, who goes, when."""

    asked_by = forms.CharField(label=_("谁提出的"), max_length=100, help_text=_("哪个机关、股室或领导安排的"))
    purpose = forms.CharField(
        label=_("去做什么"),
        max_length=500,
        widget=forms.Textarea,
        help_text=_("不作检查、不取证；发现线索的，另行登记线索并报批"),
    )
    others = forms.MultipleChoiceField(label=_("谁去"), widget=forms.CheckboxSelectMultiple)
    subject = SubjectChoiceField(label=_("去哪一户"))
    field_order = ("subject", "asked_by", "purpose", "visit_from", "visit_until", "unit", "others")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(pk), _person_label(one)) for pk, one in self.known.items() if one.active]
        self.fields["others"].choices = choices  # type: ignore[attr-defined]
        if self.firm is not None:
            del self.fields["subject"]

    def draft(self) -> Draft:
        """Of a valid form."""
        given = self.cleaned_data
        return Draft(
            unit=given["unit"],
            kind=Inspection.Kind.OTHER,
            purpose=given["purpose"],
            asked_by=given["asked_by"],
            visit_from=given["visit_from"],
            visit_until=given["visit_until"],
            team=self.chosen("others"),
        )


class FirmForm(Form):
    """Which firm somebody wants to inspect."""

    subject = SubjectChoiceField(label=_("检查对象"))


def units_of(viewer: Officer) -> Any:
    """In whose name this officer may draft."""
    rows = Unit.objects.visible_to(viewer).open()
    return rows if viewer.has(Role.COORDINATOR) else rows.filter(pk=viewer.unit_id)


def first_values(viewer: Officer) -> dict[str, Any]:
    """What a new draft proposes."""
    today = clock.today()
    return {
        "unit": viewer.unit_id,
        "visit_from": today + timedelta(days=FIRST),
        "visit_until": today + timedelta(days=LAST),
    }


def _choices(people: Iterable[Candidate]) -> Sequence[tuple[str, str]]:
    """Who can go first, then who cannot, each with why."""
    ordered = sorted(people, key=lambda one: (bool(one.why), one.inspector.name, one.inspector.pk))
    return [(str(one.inspector.pk), _label(one)) for one in ordered]


def _label(one: Candidate) -> str:
    who = _person_label(one.inspector)
    if one.why:
        return gettext("%(who)s：不能去，%(why)s") % {"who": who, "why": "，".join(one.why)}
    if one.days_away:
        return gettext("%(who)s：其中 %(n)d 天离岗") % {"who": who, "n": one.days_away}
    return who


def _person_label(one: Inspector) -> str:
    skills = "、".join(str(skill) for skill in one.specialties.all())
    return f"{one.name}（{one.unit.name}{'，' + skills if skills else ''}）"


def _item_label(version: Any) -> str:
    off_site = gettext("，可非现场") if version.possible_off_site else ""
    skill = gettext("，需%(skill)s") % {"skill": version.specialty} if version.specialty else ""
    return f"{version}{off_site}{skill}"
