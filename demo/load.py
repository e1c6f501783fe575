"""Load the demo county through the services, most of it under a past clock; twice changes nothing.

python -m demo.load                        12,000 enterprises, 25,000 households, 12 inspectors
python -m demo.load --size large           with the 60 inspectors of a large bureau
python -m demo.load --subjects 1000000     another number of enterprises and households together
"""

from __future__ import annotations

import argparse
import os
import sys
import time as stopwatch
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import django

from demo.county import SIZES, Size

#: The demo waits this many minutes from sealing to the draw, so that a newcomer need not.
LEAD_MINUTES = 1
Say = Callable[[str], None]


def main(arguments: Sequence[str] | None = None) -> None:
    """Load what is asked for, unless a county is there already, and print who can sign in."""
    asked = _parser().parse_args(arguments)
    size = SIZES[asked.size]
    if asked.subjects:
        size = Size.of(asked.subjects, size.inspectors)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingcha.project.settings")
    django.setup()
    from django.conf import settings

    if not settings.DEMO:
        sys.exit("The demo county is loaded only with MINGCHA_DEMO=1.")
    load(size, _Spoken())
    sys.stdout.write(who_can_sign_in())


def load(size: Size, say: Say) -> bool:
    """Load a county of this size into an empty installation; False where one is there already.

    Exits where an earlier load was interrupted: half a county is nobody's county.
    """
    from mingcha.accounts.models import Unit
    from mingcha.planning.models import AnnualPlan

    if Unit.objects.exists():
        # The last thing that is made is the second plan.
        if AnnualPlan.objects.count() > 1:
            return False
        sys.exit("示范县上次没有装完。请删除它的目录（默认 var/demo）后重新执行 make demo。")
    _load(size, say)
    return True


def _load(size: Size, say: Say) -> None:
    from demo import campaigns, inspections, leads, lists, plans, records
    from demo.people import enter_inspectors, enter_people
    from mingcha.base import clock
    from mingcha.ledger.services import seal_yesterday

    last_week = _workday(clock.today() - timedelta(days=7))
    year = last_week.year
    opening = min(date(year, 1, 12), last_week)
    with clock.using(_morning(opening)):
        people = enter_people()
        _shorten_the_wait(people["guanli"], opening)
        jingban, juzhang = people["jingban"], people["juzhang"]
        say(f"机构、人员和 {size.inspectors} 名执法人员")
        enter_inspectors(jingban, size)
        lists.reference(jingban)
        say(f"{size.enterprises + size.households:,} 户检查对象（按导入名单的办法）")
        noted = lists.subjects(jingban, size, date(year - 1, 12, 31))
        lists.licences(jingban, noted, date(year, 1, 1))
        say(f"{year} 年度抽查计划：冻结基准、批准、公示")
        plans.published(jingban, juzhang, year)
    with clock.using(_morning(last_week)) as past:
        say("争议投诉、入企记录、违法记录、回避、离岗、待认领")
        lists.cases(jingban, size, noted, last_week.replace(day=1) - timedelta(days=1))
        lists.visits(jingban, size, noted, last_week - timedelta(days=2))
        records.violations(jingban, noted, last_week)
        records.recusals(jingban, juzhang, noted)
        records.away(jingban)
        records.decide_arrivals(jingban, lists.newcomers(jingban, size, last_week))
        say("一次抽查：批准、封存、摇号、抽取、派发、确认")
        campaigns.finished(people, past, size)
    say("线索、单项检查；入企检查：每一种办理状态各有一户")
    with clock.using(_morning(last_week, 17)):
        leads.received(people, noted)
    inspections.all_states(people, last_week)
    leads.waiting(people)
    say("一次待抽取、一次待批准的抽查任务，下一年度计划草稿")
    records.declared_recusal(jingban, noted)
    campaigns.ready(people, size)
    campaigns.waiting(jingban)
    plans.draft(jingban, year + 1)
    seal_yesterday()
    say("装好了")


def _workday(day: date) -> date:
    """The day, or the last work day before it."""
    from mingcha.basics.selectors import workdays

    return workdays.calendar().workday_or_earlier(day).date


def _morning(day: date, hour: int = 9) -> Any:
    from mingcha.base import clock

    return clock.FixedClock(datetime.combine(day, time(hour), clock.SHANGHAI))


def _shorten_the_wait(administrator: Any, on: date) -> None:
    """A newcomer need not wait long between sealing and draw; an office keeps the initial five minutes."""
    from mingcha.basics.services import parameters
    from mingcha.planning.selectors import MIN_LEAD

    parameters.set_value(
        actor=administrator,
        code=MIN_LEAD,
        value=LEAD_MINUTES,
        effective_from=on,
        source="演示县：为便于试用而缩短，正式使用不得照此",
    )


def who_can_sign_in() -> str:
    """The lines that `make demo` ends with."""
    from demo.people import PASSWORD, PEOPLE

    lines = ["", f"可以登录的人（密码都是 {PASSWORD}）："]
    lines += [f"  {one.username:<10}{one.name}　{one.called}　{one.unit}" for one in PEOPLE]
    lines += ["公众不用登录。页面上方可以一键换岗位。", ""]
    return "\n".join(lines) + "\n"


class _Spoken:
    """Says what is being done, and how many seconds after the start."""

    def __init__(self) -> None:
        self._began = stopwatch.perf_counter()

    def __call__(self, step: str) -> None:
        seconds = stopwatch.perf_counter() - self._began
        sys.stdout.write(f"  {seconds:6.1f} 秒  {step}\n")
        sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="demo.load", description="装入示范县")
    parser.add_argument("--size", choices=sorted(SIZES), default="usual", help="large：60 名执法人员")
    parser.add_argument("--subjects", type=int, help="企业和个体工商户合计多少户（至少 100）")
    return parser


if __name__ == "__main__":
    main()
