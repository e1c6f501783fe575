"""What the registers add to the shared pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.accounts.roles import describe
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.basics import things, uses
from mingcha.registry.importing import providers as importing
from mingcha.registry.lookups import SubjectLookup
from mingcha.registry.models import REGISTER_READERS, Inspector, Recusal, Subject
from mingcha.registry.recusal_lifecycle import RECUSAL
from mingcha.registry.registers import RecusalRegister
from mingcha.registry.selectors import visits
from mingcha.registry.services.visits import EXEMPT_REASONS
from mingcha.web import lookups, navigation
from mingcha.web.providers import NextStep, next_steps

CERTIFICATE_NOTICE = timedelta(days=60)


def register() -> None:
    """Called once at start-up."""
    lookups.add(SubjectLookup())
    importing.register()
    for code, label, icon, roles, order in (
        ("subjects", gettext_lazy("检查对象"), "building-2", REGISTER_READERS, 10),
        ("inspectors", gettext_lazy("执法人员"), "id-card", REGISTER_READERS, 20),
        ("recusals", gettext_lazy("回避登记"), "shield-off", RecusalRegister.read_roles, 30),
        ("visits", gettext_lazy("入企记录"), "footprints", REGISTER_READERS, 40),
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
    navigation.add(
        navigation.Entry(
            code="registry.own-recusals",
            label=gettext_lazy("我的回避"),
            url_name="registry:own-recusals",
            icon="shield-off",
            group="work",
            order=60,
            roles=(Role.INSPECTOR,),
        )
    )
    uses.register(
        *(visits.CAP_CLEAN, visits.CAP_DEFAULT, visits.CAP_C),
        label=gettext_lazy("检查对象、抽取：年度入企频次上限"),
        url_name="registry:visits-list",
    )
    uses.register(
        EXEMPT_REASONS, label=gettext_lazy("入企记录：不计入上限的理由"), url_name="registry:visits-list"
    )
    next_steps.register("registry")(_steps)
    next_steps.register("registry.recusals")(_recusals_to_decide)
    describe(RECUSAL)
    things.register(
        Recusal,
        label=gettext_lazy("回避登记"),
        url=lambda pk: reverse("registry:recusals-detail", args=[pk]),
    )


def _recusals_to_decide(officer: Officer) -> Iterator[NextStep]:
    """Recusals wait for the head's decision within T09; in one line, because who is concerned is for few."""
    if not officer.has(*RECUSAL.roles_that_may("approve")):
        return
    waiting = Recusal.objects.visible_to(officer).filter(state=Recusal.State.DECLARED)
    found = waiting.aggregate(count=Count("pk"), first=Min("pk"))
    if found["count"]:
        one = reverse("registry:recusals-detail", args=[found["first"]])
        several = reverse("registry:recusals-list") + f"?state={Recusal.State.DECLARED}"
        yield NextStep(
            title=_("决定回避申报：%(count)s 件") % {"count": found["count"]},
            detail=_("在期限内决定；决定前已按回避处理"),
            url=one if found["count"] == 1 else several,
            tone="warning",
            icon="shield-question-mark",
            count=found["count"],
        )


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
