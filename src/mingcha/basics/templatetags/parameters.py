"""What a parameter's page shows for a day that the reader asks for."""

from __future__ import annotations

from datetime import date

from django import template
from django.template import Context

from mingcha.base import clock
from mingcha.basics.models import Parameter

register = template.Library()


@register.inclusion_tag("basics/value_on.html", takes_context=True)
def value_on(context: Context, parameter: Parameter) -> dict[str, object]:
    """The value that applies on the day in the address (`?on=2026-03-01`), today when there is none."""
    asked = context["request"].GET.get("on", "")
    try:
        day, unreadable = (date.fromisoformat(asked), "") if asked else (clock.today(), "")
    except ValueError:
        day, unreadable = clock.today(), asked
    return {"on": day, "unreadable": unreadable, "held": parameter.values.in_force(day).first()}
