"""What basics puts on people's lists of next steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System
from mingcha.basics import decisions, things
from mingcha.basics.models import Approval, Deadline, MorningMail
from mingcha.basics.models.approvals import ApprovalState
from mingcha.basics.rules import KEEPERS
from mingcha.basics.selectors import approvals, deadlines, parameters, workdays
from mingcha.web.providers import NextStep, Signal, Tone, next_steps, signals

#: At most this many deadlines stand one by one on a home page; the register shows the rest.
SHOWN = 20
_SELF = System(purpose="health")
#: From this month on, next year's holidays are expected (the notice for 2026 came on 4 November 2025).
_NOTICE_MONTH = 11
#: So long a refusal that nothing can be done about stands on the home page of whoever asked.
_TOLD_FOR = timedelta(days=7)


@next_steps.register("basics.deadlines")
def due_deadlines(officer: Officer) -> Iterator[NextStep]:
    """Own, the section's or the role's open deadlines that have come near or passed, the nearest first."""
    found = deadlines.mine(officer).exclude(thing_type__in=things.gathered())
    rows = list(found.order_by("due_on", "id")[: SHOWN + 1])
    for deadline in rows[:SHOWN]:
        stage = deadlines.stage_of(deadline)
        if stage.code == "running":
            continue
        urgent: Tone = "danger" if stage.is_overdue or stage.code == "due_today" else "warning"
        yield NextStep(
            title=str(deadline),
            url=things.url_of(deadline.thing_type, deadline.thing_id)
            or reverse("basics:deadlines-detail", args=[deadline.pk]),
            detail=_("%(stage)s（%(basis)s）") % {"stage": _(stage.label), "basis": deadline.rule.source},
            due=deadline.due_on,
            tone=urgent,
            icon="alarm-clock",
        )
    if len(rows) > SHOWN:
        yield NextStep(title=_("查看其余期限"), url=reverse("basics:deadlines-list"), icon="list")


@next_steps.register("basics.approvals")
def waiting_approvals(officer: Officer) -> Iterator[NextStep]:
    """What waits for this officer's decision, and what came back to them."""
    for approval in approvals.awaiting(officer)[:SHOWN]:
        made_up = approval.state == ApprovalState.BY_TELEPHONE
        yield NextStep(
            title=(_("补办审批：%(what)s") if made_up else _("审批：%(what)s")) % {"what": approval},
            url=reverse("basics:approvals-detail", args=[approval.pk]),
            detail=_("%(who)s 提请") % {"who": approval.proposed_by or _("系统")},
            due=_make_up_day(approval) if made_up else None,
            tone="warning" if made_up else "info",
            icon="stamp",
        )
    for approval in approvals.mine(officer).filter(state=ApprovalState.RETURNED)[:SHOWN]:
        yield _came_back(approval)
    for approval in approvals.not_agreed(officer, clock.today() - _TOLD_FOR)[:SHOWN]:
        yield NextStep(
            title=_("没有同意：%(what)s") % {"what": approval},
            url=reverse("basics:approvals-detail", args=[approval.pk]),
            detail=_("理由：%(why)s。还要办的，另行提出") % {"why": approval.came_back_why.rstrip("。")},
            tone="secondary",
            icon="undo-2",
        )


def _came_back(approval: Approval) -> NextStep:
    """The way to where it is proposed again: the thing's own page, or the approval's."""
    own = decisions.proposed_by_its_thing(approval.route.kind, approval.thing_type)
    next_move = _("修改后重新提请") if own else _("修改后重新提交，或撤回")
    page = things.url_of(approval.thing_type, approval.thing_id) if own else ""
    return NextStep(
        title=_("被退回：%(what)s") % {"what": approval},
        url=page or reverse("basics:approvals-detail", args=[approval.pk]),
        detail=_("理由：%(why)s。%(next)s") % {"why": approval.came_back_why.rstrip("。"), "next": next_move},
        tone="warning",
        icon="undo-2",
    )


@next_steps.register("basics.not-made-up")
def approvals_not_made_up(officer: Officer) -> Iterator[NextStep]:
    """Telephone approvals past their term: on the overseer's list."""
    if not officer.has(Role.OVERSEER):
        return
    for approval in approvals.not_made_up(officer, overdue_only=True)[:SHOWN]:
        yield NextStep(
            title=_("电话批准逾期未补办：%(what)s") % {"what": approval},
            url=reverse("basics:approvals-detail", args=[approval.pk]),
            detail=_("督促补办审批手续"),
            due=_make_up_day(approval),
            tone="danger",
            icon="phone-missed",
        )


@next_steps.register("basics.unconfirmed")
def unconfirmed_parameters(officer: Officer) -> Iterator[NextStep]:
    """Parameters that nobody has confirmed, for those who keep them."""
    if not officer.has(*KEEPERS):
        return
    count = parameters.awaiting_confirmation().count()
    if count:
        yield NextStep(
            title=_("有 %(count)d 个参数待确认") % {"count": count},
            url=reverse("basics:unconfirmed-list"),
            detail=_("对照本级文件确认或改正；未确认前按暂定值执行并在页面标明"),
            tone="secondary",
            icon="badge-question-mark",
        )


@next_steps.register("basics.calendar")
def next_years_calendar(officer: Officer) -> Iterator[NextStep]:
    """Towards the end of a year: enter the State Council's notice for the next one."""
    today = clock.today()
    year = today.year + 1 if today.month >= _NOTICE_MONTH else today.year
    if not officer.has(*KEEPERS) or year in workdays.known_years():
        return
    count = Deadline.objects.visible_to(officer).open().filter(provisional=True).count()
    yield NextStep(
        title=_("录入 %(year)d 年放假安排") % {"year": year},
        url=reverse("basics:workdays-notice"),
        detail=_("国务院办公厅公布后录入；现有 %(count)d 个期限为暂定日期") % {"count": count},
        tone="secondary",
        icon="calendar-days",
    )


def _make_up_day(approval: Approval) -> date | None:
    found = deadlines.open_for(Thing.of(approval)).first()
    return found.due_on if found is not None else None


@signals.register("basics.mails")
def mails_not_sent() -> Iterator[Signal]:
    """Reminders of today that were tried and did not go out."""
    count = (
        MorningMail.objects.visible_to(_SELF).filter(day=clock.today(), attempts__gt=0, sent_at=None).count()
    )
    if count:
        yield Signal(
            code="basics.mails_not_sent",
            message=_("今天有 %(n)d 封提醒邮件没有发出") % {"n": count},
            remedy=_("请核对 MINGCHA_EMAIL_URL 和收件人的电子邮箱；邮件服务器恢复后会自动再发"),
            tone="warning",
        )
