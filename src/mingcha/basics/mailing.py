"""The morning's reminder by mail: what it counts, and its words. It names no firm and no person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.base.viewers import Officer
from mingcha.basics.models import MorningMail
from mingcha.basics.selectors import deadlines, parameters
from mingcha.basics.services.deadlines import ESCALATION
from mingcha.web.providers import next_steps


@dataclass(frozen=True)
class Counted:
    """How much waits for somebody this morning; `known` names each step and each stage of a deadline."""

    steps: int
    soon: int
    today: int
    overdue: int
    escalated: int
    known: frozenset[str]


def counted(officer: Officer) -> Counted:
    """Everything on this officer's home page, and the stages of the deadlines they answer for."""
    steps = next_steps.gather(officer)
    known = {step.url for step in steps}
    stages = {"soon": 0, "today": 0, "overdue": 0, "escalated": 0}
    today = clock.today()
    wait = parameters.value(ESCALATION, on=today).as_int()
    for deadline in deadlines.mine(officer):
        stage = deadlines.stage_of(deadline, today)
        if stage.code == "running":
            continue
        escalated = stage.is_overdue and stage.days > wait
        stages["escalated"] += escalated
        stages["overdue" if stage.is_overdue else "soon" if stage.is_warning else "today"] += 1
        known.add(f"{deadline.pk}:{'escalated' if escalated else stage.code}:{deadline.due_on}")
    return Counted(sum(step.count for step in steps), known=frozenset(known), **stages)


def subject_of(mail: MorningMail) -> str:
    """The line that stands in the list of mails."""
    if mail.overdue:
        return _("明查：%(n)d 件待办，%(late)d 件已超期") % {"n": mail.steps, "late": mail.overdue}
    return _("明查：%(n)d 件待办") % {"n": mail.steps}


def body_of(mail: MorningMail) -> str:
    """Numbers and the way in; nothing that somebody else might not read."""
    lines = [
        _("明查提醒（%(day)s）") % {"day": _day(mail.day)},
        "",
        _("您有 %(n)d 件待办，其中 %(fresh)d 件是新的。") % {"n": mail.steps, "fresh": mail.fresh},
        _("期限：已超期 %(late)d 件，今天到期 %(today)d 件，即将到期 %(soon)d 件。")
        % {"late": mail.overdue, "today": mail.today, "soon": mail.soon},
        _("超期的里面，已报督导员 %(n)d 件。") % {"n": mail.escalated},
        "",
        _("请登录后办理：%(where)s") % {"where": _home()},
        "",
        _("邮件里没有企业和个人的信息。不想再收到的，请系统管理员在“人员”中删去您的电子邮箱。"),
    ]
    return "\n".join(lines)


def _home() -> str:
    """The address of the home page; without a public address, the words by which people know it."""
    origins = settings.CSRF_TRUSTED_ORIGINS
    return f"{origins[0].rstrip('/')}{reverse('web:home')}" if origins else _("明查平台")


def _day(day: date) -> str:
    return _("%(year)d年%(month)d月%(day)d日") % {"year": day.year, "month": day.month, "day": day.day}
