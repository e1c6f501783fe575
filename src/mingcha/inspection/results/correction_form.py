"""The form of a correction: the record as it reads, to be written as it should."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.inspection.form.fields import MOST_PERSONS, Field
from mingcha.inspection.results.forms import LINE, ReasonsField
from mingcha.inspection.results.procedures import ATTEMPT, CHECK, HEADS, KINDS, is_field
from mingcha.inspection.results.record import ANSWERS, Record
from mingcha.items.vocabulary import Result
from mingcha.web.forms import DateInput, FieldGroup, Form, dress

_FEN = 100


class CorrectionForm(Form):
    """Every field of the record that may be corrected, as it reads now; what is left alone stays."""

    reason = forms.CharField(
        label=_("更正的理由"),
        max_length=LINE,
        widget=forms.Textarea,
        help_text=_("写明原来错在哪里、根据什么更正。理由会随新版结果一并公示，不要写个人信息"),
    )
    evidence = forms.FileField(label=_("佐证"), required=False, help_text=_("PDF、图片或办公文件；不公开"))

    def __init__(self, *args: Any, record: Record, known: Mapping[str, Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._record, self._known = record, known
        for name, field in known.items():
            if _part(name) != "sha256":
                self.fields[_key(name)] = _field_for(name, field, record.read(name))
                dress(self.fields[_key(name)])
        self.groups = tuple(_groups(record, known))

    def proposed(self) -> dict[str, Any]:
        """Field → value as it is to read; None where it is to be empty. Only what differs from the record."""
        changed = {}
        for name in self._known:
            if _part(name) in ("proof", "sha256"):
                continue
            value, was = _plain(name, self.cleaned_data[_key(name)]), self._record.read(name)
            if isinstance(was, int) and isinstance(value, str) and value.isascii() and value.isdigit():
                value = int(value[:18])
            if value != was:
                changed[name] = value
        return changed

    def proofs(self) -> dict[str, Any]:
        """The files of attempts that are added, by the attempt's id."""
        names = [name for name in self._known if _part(name) == "proof" and self.cleaned_data[_key(name)]]
        return {name.split(":")[1]: self.cleaned_data[_key(name)] for name in names}


def _key(name: str) -> str:
    """A field of the record as a form calls it."""
    return name.replace(":", "_")


def _part(name: str) -> str:
    return name.rpartition(":")[2]


def _field_for(name: str, field: Field, value: Any) -> forms.Field:
    part, label = _part(name), field.label
    plain: dict[str, Any] = {"label": label, "required": False, "initial": value}
    if part in ("persons", *HEADS):
        return forms.IntegerField(min_value=0, max_value=MOST_PERSONS, **plain)
    if part in ("amount", "arrears"):
        if value is not None:
            plain["initial"] = Decimal(value) / (_FEN if part == "arrears" else 1)
        return forms.DecimalField(min_value=Decimal(0), max_digits=15, decimal_places=2, **plain)
    if part == "day":
        plain["initial"] = date.fromisoformat(value) if value else None
        return forms.DateField(widget=DateInput, **plain)
    if part == "struck":
        return forms.BooleanField(**plain)
    if part == "proof":
        return forms.FileField(
            label=label, required=False, help_text=_("增加一次联系的，要有凭证（图片或 PDF）")
        )
    if is_field(name) and field.choices:
        words = {str(code): str(said) for code, said in field.choices.items()}
        known = words if value in (None, *words) else {value: value} | words
        return forms.ChoiceField(choices=[("", _("请选择")), *known.items()], **plain)
    if part == "reasons":
        return ReasonsField(label, value)
    if part in ("category", "result"):
        return forms.ChoiceField(
            label=label, choices=[("", _("请选择")), *Result.choices], required=False, initial=value
        )
    if part == "answer":
        answers = [(code, str(words)) for code, words in ANSWERS.items()]
        return forms.ChoiceField(
            label=label, choices=[("", _("没有回答")), *answers], required=False, initial=value
        )
    longest = LINE if part == "reason" else 4000
    # As it comes back from the page, so that what was left alone has not changed.
    plain["initial"] = None if value is None else str(value)
    widget = forms.TextInput if part == "value" else forms.Textarea
    return forms.CharField(max_length=longest, widget=widget, **plain)


def _plain(name: str, value: Any) -> Any:
    """What was typed, as the record spells it."""
    if value in (None, ""):
        return None
    if value is False:
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value * _FEN) if _part(name) == "arrears" else f"{value:.2f}"
    # A browser sends the lines of a text with CR LF, whatever they were when they were written.
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _groups(record: Record, known: Mapping[str, Field]) -> list[FieldGroup]:
    own = [_key(name) for name in known if name.startswith("result:")]
    groups = [FieldGroup(_("理由和佐证"), ("reason", "evidence")), FieldGroup(_("检查结果"), tuple(own))]
    for item in record.items:
        groups.append(_about(f"item:{item.version}", item.name, known))
        groups += [
            _about(f"point:{point.id}", f"{point.number}. {point.question}", known) for point in item.points
        ]
    tried = [_key(name) for name in known if name.startswith(ATTEMPT) and _part(name) != "sha256"]
    groups.append(FieldGroup(_("联系情况"), tuple(tried), folded=True, calm=True))
    for kind, label in KINDS.items():
        names = [_key(name) for name in known if name.startswith(f"{CHECK}:{kind}:")]
        groups.append(FieldGroup(_("%(kind)s核查") % {"kind": label}, tuple(names), folded=True, calm=True))
    return groups


def _about(what: str, title: str, known: Mapping[str, Field]) -> FieldGroup:
    names = tuple(_key(name) for name in known if name.rpartition(":")[0] == what)
    return FieldGroup(title, names, folded=True, calm=True)
