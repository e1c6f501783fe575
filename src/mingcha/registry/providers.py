"""What the registers add to the shared pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.registry.lookups import SubjectLookup
from mingcha.registry.models import REGISTER_READERS, Inspector, Subject
from mingcha.web import lookups, navigation
from mingcha.web.providers import NextStep, next_steps

CERTIFICATE_NOTICE = timedelta(days=60)


def register() -> None:
    """Called once at start-up."""
    lookups.add(SubjectLookup())
    for code, label, icon, roles, order in (
        ("subjects", gettext_lazy("检查对象"), "building-2", REGISTER_READERS, 10),
        ("inspectors", gettext_lazy("执法人员"), "id-card", REGISTER_READERS, 20),
        ("recusals", gettext_lazy("回避登记"), "shield-off", (Role.COORDINATOR, Role.OVERSEER), 30),
    ):
        navigation.add(
            navigation.Entry(
                code=f"registry.{code}",
                label=label,
                url_name=f"registry:{code}-list",
                icon=icon,
                group="registry",
                order=order,
                roles=roles,
            )
        )
    next_steps.register("registry")(_steps)


def _steps(officer: Officer) -> Iterator[NextStep]:
    if not officer.has(Role.COORDINATOR):
        return
    if not Subject.objects.visible_to(officer).exists():
        yield NextStep(
            title=_("检查对象名录库还是空的"),
            detail=_("先录入检查对象，才能抽取"),
            url=reverse("registry:subjects-create"),
            icon="building-2",
        )
    if not Inspector.objects.visible_to(officer).exists():
        yield NextStep(
            title=_("执法检查人员名录库还是空的"),
            detail=_("先录入持证人员，才能选派"),
            url=reverse("registry:inspectors-create"),
            icon="id-card",
        )
    soon = clock.today() + CERTIFICATE_NOTICE
    for inspector in Inspector.objects.visible_to(officer).filter(
        status=Inspector.Status.ACTIVE, valid_until__lte=soon
    )[:20]:
        yield NextStep(
            title=_("%(name)s 的执法证件将到期") % {"name": inspector.name},
            detail=_("证件失效即不能参加抽取（行政处罚法第42条）；请办理换证后更新"),
            url=reverse("registry:inspectors-edit", args=[inspector.pk]),
            due=inspector.valid_until,
            tone="warning",
            icon="id-card",
        )
