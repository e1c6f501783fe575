"""What the register of subjects adds to the shared pages: next steps, menu, timeline, things."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.accounts.roles import describe
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.basics import things, uses
from mingcha.registry import timeline
from mingcha.registry.claim_lifecycle import CLAIM
from mingcha.registry.models import REGISTER_READERS, Claim, Licence, Subject, Suspicion
from mingcha.registry.registers.subject_filters import EXPIRING
from mingcha.registry.selectors.claims import waiting
from mingcha.registry.selectors.licences import RENEW_TERM, ending_until
from mingcha.registry.services.subjects import SUBJECT_KEEPERS
from mingcha.web import navigation
from mingcha.web.providers import NextStep, next_steps

#: So many expiring licences are named one by one; more are counted.
_NAMED = 5


def register() -> None:
    """Called once at start-up."""
    uses.register(RENEW_TERM, label=gettext_lazy("检查对象：将到期的许可"), url_name="registry:subjects-list")
    for code, label, icon, order in (
        ("claims", gettext_lazy("认领"), "inbox", 12),
        ("tags", gettext_lazy("标签字典"), "tags", 14),
    ):
        navigation.add(
            navigation.Entry(
                code=f"registry.{code}",
                label=label,
                url_name=f"registry:{code}-list",
                icon=icon,
                group="registry",
                order=order,
                roles=REGISTER_READERS,
            )
        )
    next_steps.register("registry.claims")(_claims)
    next_steps.register("registry.duplicates")(_duplicates)
    next_steps.register("registry.licences")(_licences)
    timeline.register()
    describe(CLAIM)
    things.register(
        Subject,
        label=gettext_lazy("检查对象"),
        url=lambda pk: reverse("registry:subjects-detail", args=[pk]),
    )
    things.register(
        Claim,
        label=gettext_lazy("认领"),
        url=lambda pk: reverse("registry:claims-detail", args=[pk]),
        gathered=True,
    )


def _claims(officer: Officer) -> Iterator[NextStep]:
    """Arrivals that wait, in one line with the nearest date, however many there are."""
    if not officer.has(*SUBJECT_KEEPERS):
        return
    found = waiting(officer)
    if found.count:
        late = found.first_due is not None and found.first_due < clock.today()
        yield NextStep(
            title=_("待认领的检查对象"),
            detail=_("有的已经超过认领期限，请马上办理") if late else _("认领，或说明不属本局监管"),
            url=reverse("registry:claims-many"),
            due=found.first_due,
            tone="danger" if late else "info",
            icon="inbox",
            count=found.count,
        )


def _duplicates(officer: Officer) -> Iterator[NextStep]:
    if not officer.has(Role.COORDINATOR):
        return
    count = Suspicion.objects.visible_to(officer).open().count()
    if count:
        yield NextStep(
            title=_("疑似重复的检查对象"),
            detail=_("核对后合并，或记为不是同一户；重复的会让抽取比例不准"),
            url=reverse("registry:suspicions-list") + "?state=open",
            tone="secondary",
            icon="copy",
            count=count,
        )


def _licences(officer: Officer) -> Iterator[NextStep]:
    """Licences that run out soon or have run out, while they still count as valid."""
    if not officer.has(Role.COORDINATOR):
        return
    today = clock.today()
    soon = Licence.objects.visible_to(officer).filter(
        state=Licence.State.VALID,
        valid_until__lte=ending_until(today),
        subject__merged_into__isnull=True,
    )
    rows = list(soon.select_related("subject").order_by("valid_until", "pk")[: _NAMED + 1])
    for licence in rows[:_NAMED]:
        yield NextStep(
            title=(_("许可已到期：%(name)s") if licence.valid_until < today else _("许可将到期：%(name)s"))
            % {"name": licence.subject.name},
            detail=_("%(licence)s；换证后更正有效期，不再延续的注销") % {"licence": licence},
            url=reverse("registry:subjects-detail", args=[licence.subject_id]) + "#licences",
            due=licence.valid_until,
            tone="warning",
            icon="badge-check",
        )
    if len(rows) > _NAMED:
        yield NextStep(
            title=_("还有将到期的许可"),
            detail=_("共 %(count)d 个") % {"count": soon.filter(valid_until__gte=today).count()},
            url=reverse("registry:subjects-list") + f"?licence_end={EXPIRING}",
            tone="secondary",
            icon="badge-check",
        )
