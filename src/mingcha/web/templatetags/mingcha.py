"""The components of our pages as template tags; `/patterns/` shows every one of them.

The module is in the template engine's built-ins, so no template needs `{% load %}` for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide as draw_icon

from mingcha.base import clock, idempotency
from mingcha.kernel.refusal import Refusal
from mingcha.web import components
from mingcha.web.charts import Chart
from mingcha.web.forms import FieldGroup
from mingcha.web.providers import NextStep, Signal

register = template.Library()


@register.simple_tag
def icon(name: str, size: int = 20, label: str = "") -> SafeString:
    """A Lucide icon. Decorative unless `label` says what it means."""
    return _drawn(str(name), int(size), str(label))


@lru_cache(maxsize=1024)
def _drawn(name: str, size: int, label: str) -> SafeString:
    """An icon once drawn is kept: a list has fifty, and drawing them was a tenth of its time."""
    described: dict[str, object] = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    drawn = draw_icon(name, size=size, **{"class": "mc-icon", **described})
    return mark_safe(drawn)  # noqa: S308  the icon set escapes what it is given


def _trimmed(content: str) -> SafeString:
    """What a block rendered to, without the white space around it; trimming makes a plain string of it."""
    return mark_safe(content.strip())  # noqa: S308  the template engine has escaped it


@register.simple_block_tag
def page_header(content: str, title: str, subtitle: str = "", eyebrow: str = "") -> SafeString:
    """The page's one h1; what stands inside the block are its buttons."""
    values = {"title": title, "subtitle": subtitle, "eyebrow": eyebrow, "actions": _trimmed(content)}
    return render_to_string("web/components/page_header.html", values)


@register.simple_block_tag
def card(
    content: str, title: str = "", icon: str = "", subtitle: str = "", flush: bool = False, level: int = 2
) -> SafeString:
    """A card; `flush` for tables and lists that reach its edges, `level` of its heading (2–4)."""
    values = {"title": title, "icon": icon, "subtitle": subtitle, "flush": flush, "level": level}
    return render_to_string("web/components/card.html", {**values, "content": content})


@register.simple_block_tag
def empty_state(content: str, title: str, text: str = "", icon: str = "inbox") -> SafeString:
    """Nothing is here, and what that means; the block holds what can be done about it."""
    values = {"title": title, "text": text, "icon": icon, "actions": _trimmed(content)}
    return render_to_string("web/components/empty_state.html", values)


@register.simple_tag
def status(label: str, tone: str = "secondary") -> SafeString:
    """A badge: the state of the work, never colour alone."""
    return format_html(
        '<span class="mc-status mc-tone-{}"><span class="mc-status-dot"></span>{}</span>', tone, label
    )


@register.inclusion_tag("web/components/definitions.html")
def definitions(pairs: Iterable[tuple[str, Any]]) -> dict[str, object]:
    """A definition list of (label, value); an empty value is shown as a dash."""
    return {"pairs": list(pairs)}


@register.inclusion_tag("web/components/refusals.html")
def refusals(refusals: Iterable[Refusal], title: str = "", level: int = 2) -> dict[str, object]:
    """What was refused: what happened, what it rests on, what to do now."""
    return {"shown": components.show_refusals(refusals), "title": title, "level": level}


@register.inclusion_tag("web/components/next_step.html")
def next_step(step: NextStep) -> dict[str, object]:
    """One thing to do, one click away, with how long is left."""
    words, tone = components.days_left(step.due, clock.today()) if step.due else ("", step.tone)
    return {"step": step, "due_words": words, "due_tone": tone}


@register.inclusion_tag("web/components/signal.html")
def signal(signal: Signal) -> dict[str, object]:
    """Something wrong with the installation, and what to do."""
    return {"signal": signal}


@register.inclusion_tag("web/components/verbs.html", takes_context=True)
def verb_buttons(context: Context, actions: Iterable[components.Action]) -> dict[str, object]:
    """The things that can be done: allowed ones as buttons, refused ones disabled with the reason."""
    shown = [
        {"action": action, "refusals": components.show_refusals(action.refusals), "id": f"verb-{number}"}
        for number, action in enumerate(actions)
    ]
    return {"verbs": shown, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("web/components/digest.html")
def digest(value: str, label: str = "") -> dict[str, object]:
    """A digest in groups of eight, with a button that copies the whole."""
    return {"value": value, "groups": components.grouped_digest(value), "label": label}


@register.inclusion_tag("web/components/progress.html")
def progress(done: int, total: int, label: str) -> dict[str, object]:
    """How far something is; in words as well as a bar."""
    percent = 0 if not total else min(100, done * 100 // total)
    return {"done": done, "total": total, "label": label, "percent": percent}


@register.inclusion_tag("web/components/chart.html")
def chart(chart: Chart) -> dict[str, object]:
    """A chart over its table; the page loads `web/charts.html` in its head."""
    return {"chart": chart}


@register.inclusion_tag("web/components/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """A form field with its label, help and errors, tied together for screen readers."""
    return {"field": bound}


def _stands_out(bound: BoundField, group: FieldGroup) -> bool:
    if group.calm:
        return bound.form.is_bound and bound.name in bound.form.changed_data
    return bool(bound.value())


@register.inclusion_tag("web/components/fields.html")
def form_fields(form: BaseForm) -> dict[str, object]:
    """Every field of a form, under the headings of its groups where it has some."""
    shown = {bound.name: bound for bound in form.visible_fields()}
    groups = []
    for group in getattr(form, "groups", ()):
        bounds = [shown.pop(name) for name in group.fields if name in shown]
        is_open = any(bound.errors or _stands_out(bound, group) for bound in bounds)
        if bounds:
            groups.append({"group": group, "fields": bounds, "open": is_open})
    return {"form": form, "groups": groups, "others": list(shown.values())}


@register.inclusion_tag("web/components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, object]:
    """What is wrong with the input, each error a link to its field."""
    errors = [(bound, error) for bound in form.visible_fields() for error in bound.errors]
    return {"form": form, "errors": errors, "count": len(errors) + len(form.non_field_errors())}


@register.simple_tag
def once_token() -> SafeString:
    """The hidden field by which a form that is sent twice acts once."""
    return format_html('<input type="hidden" name="_once" value="{}">', idempotency.token())


@register.filter
def masked(value: str, kind: components.Mask) -> str:
    """`{{ person.phone|masked:"phone" }}`; see `components.masked`."""
    return components.masked(value, kind)


@register.filter
def weekday(value: date | datetime | None) -> str:
    """A date with its weekday, or nothing."""
    return components.date_with_weekday(value) if value else ""


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """The page's query string with some values changed; None takes one out."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            parameters.pop(name, None)
        else:
            parameters[name] = value
    return f"?{parameters.urlencode()}"


@register.filter
def option_groups(field: BoundField) -> list[tuple[str, list[Any]]]:
    """The options of radio buttons or check boxes, by the groups of the field's choices; "" for none."""
    options, found = iter(field.subwidgets), list[tuple[str, list[Any]]]()
    for value, label in field.field.widget.choices:  # type: ignore[attr-defined]
        grouped = isinstance(label, list | tuple)
        if grouped or not found or found[-1][0]:
            found.append((str(value) if grouped else "", []))
        found[-1][1].extend(islice(options, len(label) if grouped else 1))
    return found
