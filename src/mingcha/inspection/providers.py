"""What inspections add to the shared pages: menu, next steps, a firm's timeline."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from mingcha.accounts import duties
from mingcha.accounts.roles import describe
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics import things, uses
from mingcha.inspection import disguised, draft_part, recusal_pages, unvisited_part
from mingcha.inspection import lifecycle as states
from mingcha.inspection.arriving import CLOCK, LATE
from mingcha.inspection.initial import INSPECT_DUTY, PUBLISH_DUTY, REVIEW_DUTY, WRITE_DUTY
from mingcha.inspection.links import page_of
from mingcha.inspection.models import INSPECTION_READERS, FormOp, Inspection, KeptPaper
from mingcha.inspection.notice import CHECK_PHONES, PHONES
from mingcha.inspection.selectors import result_said, singly_visited, with_correction
from mingcha.inspection.services.issuing import HOURS
from mingcha.ledger.protection import append_only
from mingcha.planning import elsewhere
from mingcha.registry.models import Subject
from mingcha.web import navigation
from mingcha.web.providers import TimelineEntry, timelines

INSPECTIONS = gettext_lazy("现场检查")


def register() -> None:
    """Called once at start-up."""
    navigation.add(
        navigation.Entry(
            code="inspection.inspections",
            label=INSPECTIONS,
            url_name="inspection:inspections-list",
            icon="clipboard-check",
            group="inspection",
            order=10,
            roles=INSPECTION_READERS,
        )
    )
    navigation.add(
        navigation.Entry(
            code="inspection.phone",
            label=gettext_lazy("今日路线"),
            url_name="inspection:phone",
            icon="smartphone",
            group="inspection",
            order=5,
            roles=(Role.INSPECTOR,),
        )
    )
    page = "inspection:inspections-list"
    uses.register(CLOCK, label=gettext_lazy("入企登记：手机时钟可以快多少"), url_name=page)
    uses.register(LATE, label=gettext_lazy("入企登记：事后补录"), url_name=page)
    uses.register(HOURS, label=gettext_lazy("检查码：有效时间"), url_name=page)
    uses.register(PHONES, CHECK_PHONES, label=gettext_lazy("检查通知书、检查码：电话"), url_name=page)
    describe(states.INSPECTION)
    append_only(FormOp)
    append_only(KeptPaper)
    duties.declare(
        duties.Duty(INSPECT_DUTY, gettext_noop("现场检查"), (Role.INSPECTOR,)),
        duties.Duty(WRITE_DUTY, gettext_noop("填写检查记录"), (Role.INSPECTOR, Role.COORDINATOR)),
        duties.Duty(
            REVIEW_DUTY,
            gettext_noop("审核检查结果"),
            (Role.SECTION_HEAD, Role.BUREAU_LEADER, Role.PARTNER),
        ),
        duties.Duty(PUBLISH_DUTY, gettext_noop("公示检查结果"), (Role.SECTION_HEAD, Role.BUREAU_LEADER)),
    )
    timelines.register("inspection.inspections")(_visits)
    elsewhere.visited.register("inspection.single")(singly_visited)
    things.register(
        Inspection,
        label=INSPECTIONS,
        url=page_of,
        render=draft_part.for_approval,
        gathered=True,
    )
    draft_part.register()
    recusal_pages.register()
    unvisited_part.register()
    disguised.register()


def _visits(viewer: Viewer, thing_type: str, thing_id: int) -> Iterator[TimelineEntry]:
    """Inspections of a firm, for those who may know of them."""
    if thing_type != Subject._meta.label_lower or not isinstance(viewer, Officer):
        return
    rows = Inspection.objects.visible_to(viewer).filter(subject=thing_id, entered_at__isnull=False)
    for one in with_correction(rows.select_related("unit")):
        yield TimelineEntry(
            day=clock.day_of(one.entered_at),
            kind=INSPECTIONS,
            title=_("%(kind)s：%(purpose)s") % {"kind": one.get_kind_display(), "purpose": one.purpose},
            detail=result_said(one) or one.get_state_display(),
            url=page_of(one.pk),
            tone="info",
            icon="clipboard-check",
        )
