"""Forms that look right, keep what was typed, and run one service once.

A view that changes something goes one of two ways:

- `ServiceFormView` shows a form and runs a service with what was typed; on an error or a refusal the
  form comes back with every value still in it;
- `perform(request, …)` answers a verb button.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views import View

from mingcha.base import idempotency
from mingcha.base.viewers import Viewer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.kernel.refusal import Refused
from mingcha.web.components import Crumb
from mingcha.web.text import Text

T = TypeVar("T")

#: The hidden field that carries the idempotency token.
ONCE = "_once"

#: What Django shows where nothing is chosen yet.
_DASHES = "---------"
_CLASSES: dict[type[forms.Widget], str] = {
    forms.CheckboxInput: "form-check-input",
    forms.RadioSelect: "form-check-input",
    forms.CheckboxSelectMultiple: "form-check-input",
    forms.Select: "form-select",
    forms.SelectMultiple: "form-select",
    forms.widgets.Input: "form-control",
    forms.Textarea: "form-control",
}


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class SuggestInput(forms.TextInput):
    """A text field with suggestions below it, fetched as one types; anything else may be typed too.

    `url_name` answers with `<option>` elements; it receives the field itself and those that `along` names.
    """

    def __init__(self, url_name: str, along: str = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"autocomplete": "off", **(attrs or {})})
        self.url_name, self.along = url_name, along

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        options = f"{(attrs or {}).get('id') or name}_options"
        fetch = {
            "list": options,
            "hx-get": reverse(self.url_name),
            "hx-trigger": "focus once, input changed delay:250ms",
            "hx-target": f"#{options}",
            "hx-swap": "innerHTML",
        }
        if self.along:
            fetch["hx-include"] = f"[name={self.along}]"
        box = super().render(name, value, {**(attrs or {}), **fetch}, renderer)
        return format_html('{}<datalist id="{}"></datalist>', box, options)


@dataclass(frozen=True)
class FieldGroup:
    """Some fields of a long form under one heading.

    A `folded` one opens when something stands in it; with `calm` only when something in it was changed or is
    wrong, for forms that begin with everything as it is.
    """

    title: Text
    fields: tuple[str, ...]
    folded: bool = False
    hint: Text = ""
    calm: bool = False


class Look:
    """Mix into any form: Tabler's classes, our date picker, words where nothing is chosen.

    A long form names its `groups`; fields in none of them come last.
    """

    fields: dict[str, forms.Field]
    groups: tuple[FieldGroup, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)

    def narrow(self, viewer: Viewer) -> None:
        """Take away what this viewer may not choose, beyond objects; nothing unless a form says so."""


def dress(field: forms.Field) -> None:
    """Give a field's widget its look; a widget that has a class of its own keeps it too."""
    if type(field.widget) is forms.DateInput:
        field.widget = DateInput(attrs=field.widget.attrs)
    widget = field.widget
    found = next((_CLASSES[kind] for kind in type(widget).__mro__ if kind in _CLASSES), "")
    given = widget.attrs.get("class", "")
    if found and found not in given.split():
        widget.attrs["class"] = f"{given} {found}".strip()
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == _DASHES:
        field.empty_label = _("请选择")
    elif isinstance(field, forms.ChoiceField) and not hasattr(field, "empty_label"):
        choices: Any = field.choices
        field.choices = [(value, _("请选择") if text == _DASHES else text) for value, text in choices]
    if isinstance(widget, forms.Textarea):
        widget.attrs["rows"] = min(int(widget.attrs.get("rows", 4)), 6)


def limit_choices(form: forms.BaseForm, viewer: Viewer) -> None:
    """Narrow every choice of objects to those the viewer may know of, and what else the form narrows."""
    if isinstance(form, Look):
        form.narrow(viewer)
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField) and isinstance(field.queryset, VisibleQuerySet):
            field.queryset = field.queryset.visible_to(viewer)


class Form(Look, forms.Form):
    """A plain form in our look."""


class ModelForm(Look, forms.ModelForm):
    """A model's form in our look. Its `save` is never used: the view hands the values to a service."""

    def save(self, commit: bool = True) -> Any:
        raise TypeError("changes go through a service, never through ModelForm.save()")


def perform(
    request: HttpRequest, *, verb: str, run: Callable[[], T], outcome: Callable[[T], str], done: Text = ""
) -> HttpResponse:
    """Run a service once for the press that this request is, and go to its outcome.

    `outcome` gives the address to go to; `done` is said once on the next page. A second press goes to the
    first one's outcome. `Refused` passes through; for a verb button it becomes the refusal page
    (`RefusalMiddleware`).
    """
    where, fresh = idempotency.once(
        key=request.POST.get(ONCE, ""),
        viewer=request.viewer,  # type: ignore[attr-defined]
        verb=verb,
        run=run,
        outcome=outcome,
    )
    if fresh and done:
        messages.success(request, str(done))
    return redirect(where)


def safe_next(request: HttpRequest, fallback: str) -> str:
    """The `next` address of the request when it is one of this site, else the fallback."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    allowed = {request.get_host()}
    # A word alone would be taken for the name of a page.
    is_ours = "/" in wanted and url_has_allowed_host_and_scheme(wanted, allowed, request.is_secure())
    return wanted if is_ours else fallback


class ServiceFormView(View, ABC):
    """A form that runs a service. Subclasses set `form_class`, `title`, `verb` and write `perform`."""

    form_class: type[forms.BaseForm]
    template_name = "web/form.html"
    title: Text = ""
    subtitle: Text = ""
    #: Name of the verb for the idempotency key, such as "registry.add_subject".
    verb: str = ""
    submit_label: Text = _("保存")
    #: Said on the page that follows.
    done: Text = _("已保存。")
    danger = False

    @abstractmethod
    def perform(self, form: Any) -> Any:
        """Call the one service with `form.cleaned_data`; what it returns goes to `outcome`."""

    def prepare(self, form: Any) -> None:
        """What takes long and needs no transaction, such as reading a file; comes before `perform`."""

    @abstractmethod
    def outcome(self, result: Any) -> str:
        """The address to go to after the service."""

    def form_arguments(self) -> dict[str, Any]:
        """More arguments for the form's constructor, such as `initial` or `instance`."""
        return {}

    def build_form(self, **data: Any) -> Any:
        """The form; its choices are only what this viewer may know of (design §4.4)."""
        form = self.form_class(**data, **self.form_arguments())
        limit_choices(form, self.request.viewer)  # type: ignore[attr-defined]
        return form

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(str(self.title))]

    def cancel_url(self) -> str:
        """Where "取消" leads; empty for no such link."""
        return ""

    def page_values(self, form: Any) -> dict[str, Any]:
        """More values for the template."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.show(self.build_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = self.build_form(data=request.POST, files=request.FILES)
        if not form.is_valid():
            return self.invalid(form)
        try:
            return self.run(form)
        except Refused as refused:
            return self.show(form, status=409, refused=refused)

    def invalid(self, form: Any) -> HttpResponse:
        """The form with its errors; to who pressed twice, where the first press led."""
        earlier = idempotency.earlier_outcome(
            key=self.request.POST.get(ONCE, ""),
            viewer=self.request.viewer,  # type: ignore[attr-defined]
            verb=self.verb,
        )
        return redirect(earlier) if earlier else self.show(form, status=422)

    def run(self, form: Any) -> HttpResponse:
        """Run the service once for this press. `Refused` passes through."""
        self.prepare(form)
        return perform(
            self.request,
            verb=self.verb,
            run=lambda: self.perform(form),
            outcome=self.outcome,
            done=self.done,
        )

    def show(self, form: Any, *, status: int = 200, refused: Refused | None = None) -> HttpResponse:
        """The page with the form; on a refusal its box stands on top and nothing typed is lost."""
        values = {
            "form": form,
            "title": self.title,
            "subtitle": self.subtitle,
            "submit_label": self.submit_label,
            "danger": self.danger,
            "crumbs": self.crumbs(),
            "cancel_url": self.cancel_url(),
            "refusals": refused.refusals if refused else (),
            **self.page_values(form),
        }
        return render(self.request, self.template_name, values, status=status)


class PreviewedFormView(ServiceFormView):
    """A form whose effect is looked at before it is had: enter (GET), look (POST), confirm (POST).

    The page of the preview sends everything again, with `confirm` or, to change it, with `back`.
    """

    def look(self, form: Any) -> bool:
        """Work out what the preview shows; False where it may not be confirmed as it is."""
        return True

    @abstractmethod
    def preview(self, form: Any, refused: Refused | None = None) -> HttpResponse:
        """What would follow; on a refusal with its box."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = self.build_form(data=request.POST, files=request.FILES)
        if not form.is_valid():
            return self.invalid(form)
        if "back" in request.POST:
            return self.show(form)
        if not self.look(form) or "confirm" not in request.POST:
            return self.preview(form)
        try:
            return self.run(form)
        except Refused as refused:
            return self.preview(form, refused)
