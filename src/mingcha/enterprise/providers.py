"""What firms' pages add to those of officers: menu, next steps."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.accounts.roles import describe
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.basics import uses
from mingcha.enterprise import complaint_lifecycle as states
from mingcha.enterprise.doors import PAGE_DAYS
from mingcha.enterprise.models import VisitComplaint
from mingcha.enterprise.models.ratings import RATING_READERS
from mingcha.enterprise.rated import LEAST, TERM
from mingcha.enterprise.services.checking import CHECKERS
from mingcha.web import navigation
from mingcha.web.providers import NextStep, next_steps


def register() -> None:
    """Called once at start-up."""
    for code, label, name, icon, group, order, roles in (
        ("check-code", gettext_lazy("核对入企码"), "check-code", "scan-search", "inspection", 40, CHECKERS),
        ("ratings", gettext_lazy("企业评价"), "ratings", "star", "oversight", 40, RATING_READERS),
        (
            "complaints",
            gettext_lazy("企业投诉"),
            "complaints-list",
            "message-square-warning",
            "oversight",
            45,
            (Role.OVERSEER,),
        ),
    ):
        navigation.add(
            navigation.Entry(
                code=f"enterprise.{code}",
                label=label,
                url_name=f"enterprise:{name}",
                icon=icon,
                group=group,
                order=order,
                roles=roles,
            )
        )
    uses.register(
        LEAST, TERM, label=gettext_lazy("企业评价：何时、多少份以上才显示"), url_name="enterprise:ratings"
    )
    uses.register(PAGE_DAYS, label=gettext_lazy("企业扫码页：离开后保留多久"), url_name="enterprise:ratings")
    describe(states.COMPLAINT)
    next_steps.register("enterprise")(_steps)


def _steps(officer: Officer) -> Iterator[NextStep]:
    if not officer.has(Role.OVERSEER):
        return
    rows = VisitComplaint.objects.visible_to(officer).filter(state=states.OPEN)
    count = rows.count()
    if count:
        yield NextStep(
            title=_("%(n)d 件企业投诉待处理") % {"n": count},
            url=f"{reverse('enterprise:complaints-list')}?state={states.OPEN}",
            tone="danger",
            icon="message-square-warning",
            count=count,
        )
