"""A field that finds one object among very many: type a part of its name or code, and pick.

    class SubjectLookup(Lookup):
        code = "subjects"
        ...

    lookups.add(SubjectLookup())                       # at start-up
    subject = LookupField(SubjectLookup.code, Subject.objects.none(), label=…)   # in a form

The box is a plain text field: what stands in it is what is sent, with or without script. With script
(`lookup.js`) it suggests while one types. What it offers and accepts is only what the viewer may know of.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.web import access
from mingcha.web.text import Text

#: How many suggestions one answer holds.
LIMIT = 20
#: Longer than any name; what is more was pasted by mistake.
LONGEST = 200


@dataclass(frozen=True)
class Suggestion:
    """One object on offer: `text` goes into the box, `label` and `detail` are read."""

    text: str
    label: str
    detail: str = ""


class Lookup(ABC):
    """How objects of one kind are found by what somebody types."""

    code: str
    #: Who may ask; empty for every officer.
    roles: tuple[Role, ...] = ()
    hint: Text = _("输入名称或编号的一部分，从列表中选；也可以直接填写完整编号")

    @abstractmethod
    def rows(self, viewer: Viewer) -> models.QuerySet[Any]:
        """What this viewer may know of and choose."""

    @abstractmethod
    def matching(self, rows: models.QuerySet[Any], text: str) -> models.QuerySet[Any]:
        """Those of the rows that the text may mean, the likeliest first."""

    @abstractmethod
    def exactly(self, rows: models.QuerySet[Any], text: str) -> models.QuerySet[Any]:
        """Those of the rows that the text names in full: what `suggestion().text` says, a code, a name."""

    @abstractmethod
    def suggestion(self, instance: Any) -> Suggestion:
        """How one object is offered."""

    def resolve(self, rows: models.QuerySet[Any], text: str) -> list[Any]:
        """The one object that the text means; none or two where it is not clear."""
        return list(self.exactly(rows, text)[:2]) or list(self.matching(rows, text)[:2])

    def allows(self, viewer: Viewer) -> bool:
        return isinstance(viewer, Officer) and (not self.roles or viewer.has(*self.roles))


_lookups: dict[str, Lookup] = {}


def add(lookup: Lookup) -> None:
    """Make a kind of objects findable; apps do this at start-up."""
    _lookups[lookup.code] = lookup


def get(code: str) -> Lookup:
    """The lookup of that code; KeyError for none."""
    return _lookups[code]


class LookupInput(forms.TextInput):
    """A text box that suggests; `lookup.js` finds it by `data-lookup`."""

    def __init__(self, code: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"autocomplete": "off", "maxlength": str(LONGEST), **(attrs or {})})
        self.code = code

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-lookup"] = reverse("web:lookup", args=[self.code])
        return context


class LookupField(forms.ModelChoiceField):
    """One object, named by code or name. Its queryset is narrowed like that of every choice of objects."""

    default_error_messages = {
        "nothing": _("没有找到“%(text)s”。请输入名称的一部分，从列表中选；或填写完整的编号"),
        "several": _("符合“%(text)s”的不止一个（例如 %(first)s、%(second)s），请从列表中选定一个"),
    }

    def __init__(self, code: str, queryset: models.QuerySet[Any], **options: Any) -> None:
        options.setdefault("widget", LookupInput(code))
        options.setdefault("help_text", get(code).hint if code in _lookups else Lookup.hint)
        super().__init__(queryset=queryset, **options)
        self.code = code

    def prepare_value(self, value: Any) -> Any:
        """What stands in the box: an object's own text, or what was typed."""
        if isinstance(value, int) and self.queryset is not None:
            value = self.queryset.filter(pk=value).first()
        return get(self.code).suggestion(value).text if isinstance(value, models.Model) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, models.Model):
            return value
        text = " ".join(str(value or "").split())[:LONGEST]
        if not text or self.queryset is None:
            return None
        found = get(self.code).resolve(self.queryset, text)
        if not found:
            raise ValidationError(self.error_messages["nothing"], code="nothing", params={"text": text})
        if len(found) > 1:
            params = {"text": text, "first": str(found[0]), "second": str(found[1])}
            raise ValidationError(self.error_messages["several"], code="several", params=params)
        return found[0]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")


def suggestions(viewer: Viewer, code: str, text: str) -> Sequence[Suggestion]:
    """What to offer this viewer for this text, at most `LIMIT`; KeyError for an unknown code."""
    lookup = get(code)
    words = " ".join(text.split())[:LONGEST]
    if not words:
        return []
    return [lookup.suggestion(found) for found in lookup.matching(lookup.rows(viewer), words)[:LIMIT]]


@access.officers()
def lookup(request: HttpRequest, code: str) -> JsonResponse:
    """The suggestions for `?q=` as JSON; 404 for a kind that the viewer may not ask for."""
    viewer = request.viewer  # type: ignore[attr-defined]
    if code not in _lookups or not get(code).allows(viewer):
        raise Http404
    found = suggestions(viewer, code, request.GET.get("q", ""))
    return JsonResponse({"suggestions": [asdict(one) for one in found], "limit": LIMIT})
