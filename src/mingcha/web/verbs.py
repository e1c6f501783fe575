"""The buttons of a thing that lives: what each does, and the one page that answers them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import Http404, HttpResponse

from mingcha.base.viewers import Officer
from mingcha.kernel.lifecycle import Lifecycle
from mingcha.web.forms import perform
from mingcha.web.http import Request, officer
from mingcha.web.text import Text


@dataclass(frozen=True)
class Verb:
    """What a button does, as `run(actor, thing, reason)` calling the service, and what is said afterwards."""

    run: Callable[[Officer, Any, str], Any]
    done: Text


def roles_of(lifecycle: Lifecycle[Any], verbs: Mapping[str, Verb]) -> tuple[str, ...]:
    """Everybody who may use one of the verbs in some state; whether now, the service asks."""
    return tuple(sorted(frozenset[str]().union(*map(lifecycle.roles_that_may, verbs))))


def press(
    request: Request,
    name: str,
    verbs: Mapping[str, Verb],
    thing: models.Model,
    outcome: Callable[[Any], str],
) -> HttpResponse:
    """Answer the button `name` of a thing, once however often it is pressed; 404 for none of its verbs."""
    chosen = verbs.get(name)
    if chosen is None:
        raise Http404
    return perform(
        request,
        verb=f"{thing._meta.label_lower}.{name}:{thing.pk}",
        run=lambda: chosen.run(officer(request), thing, request.POST.get("reason", "")),
        outcome=outcome,
        done=chosen.done,
    )
