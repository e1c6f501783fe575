"""The home page of officers, and the page that shows every component."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.web import access, providers
from mingcha.web.components import Crumb
from mingcha.web.patterns import sample_values
from mingcha.web.providers import NextStep

#: Where people without an account start.
PUBLIC_HOME = "/open/"
_SOON = timedelta(days=7)
_TONES = ("danger", "warning", "info", "success", "secondary")


@dataclass(frozen=True)
class StepGroup:
    """Steps that are equally pressing."""

    code: str
    label: str
    steps: tuple[NextStep, ...]

    @property
    def count(self) -> int:
        """How many things, where one step may stand for several."""
        return sum(step.count for step in self.steps)


def steps_for(officer: Officer) -> list[NextStep]:
    """What this officer can do now, the most pressing first."""
    steps: list[NextStep] = providers.next_steps.gather(officer)
    return sorted(steps, key=_pressing)


def _pressing(step: NextStep) -> tuple[bool, bool, date, int, str]:
    return not step.first, step.due is None, step.due or date.max, _TONES.index(step.tone), str(step.title)


def group_steps(steps: list[NextStep], today: date) -> list[StepGroup]:
    """Overdue, today, this week, later, without a date; empty groups are left out."""
    labels = {
        "first": gettext("今天的路线"),
        "overdue": gettext("已逾期"),
        "today": gettext("今天到期"),
        "soon": gettext("七天内到期"),
        "later": gettext("以后"),
        "undated": gettext("没有期限，随时可办"),
    }
    groups: dict[str, list[NextStep]] = {code: [] for code in labels}
    for step in steps:
        groups["first" if step.first else _urgency(step.due, today)].append(step)
    return [StepGroup(code, labels[code], tuple(found)) for code, found in groups.items() if found]


def _urgency(due: date | None, today: date) -> str:
    if due is None:
        return "undated"
    if due < today:
        return "overdue"
    if due == today:
        return "today"
    return "soon" if due <= today + _SOON else "later"


@access.public
def home(request: HttpRequest) -> HttpResponse:
    """Officers see their next steps; everybody else is led to what is published."""
    viewer = request.viewer  # type: ignore[attr-defined]
    if not isinstance(viewer, Officer):
        return redirect(PUBLIC_HOME)
    steps = steps_for(viewer)
    groups = group_steps(steps, clock.today())
    signals = providers.signals.gather() if viewer.has(Role.ADMINISTRATOR) else None
    values = {
        "groups": groups,
        "total": sum(group.count for group in groups),
        "pressing": sum(group.count for group in groups if group.code in ("overdue", "today")),
        "signals": signals,
        "today": clock.today(),
        "crumbs": [Crumb(str(_("待办")))],
    }
    return render(request, "web/home.html", values)


# In the demo county everybody may look at the components; elsewhere administrators.
_patterns_roles = () if settings.DEMO else (Role.ADMINISTRATOR,)


@access.officers(*_patterns_roles)
def patterns(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for whoever builds or judges a screen."""
    crumbs = [Crumb(str(_("待办")), "/"), Crumb(str(_("页面样式")))]
    return render(request, "web/patterns.html", {"crumbs": crumbs, **sample_values()})
