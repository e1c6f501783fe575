"""Who can be drawn on which days, who not, and why (plan 二（二）3, rule N3).

One answer for everybody who asks: the page "今天谁可以抽", the preview before a seal, and the seal itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mingcha.base.viewers import System, Viewer
from mingcha.kernel.refusal import Refusal, gettext_noop
from mingcha.registry.models import Inspector, Leave
from mingcha.web.providers import Providers

#: year → inspector id → targets assigned in that year; apps that assign people register here.
assigned_targets: Providers[Callable[[int], Mapping[int, int]]] = Providers()

#: Everybody's leave bears on a draw, whoever prepares it.
_PLATFORM = System(purpose="availability")
_CERTIFICATE = gettext_noop("《行政处罚法》第四十二条：执法人员应当具有行政执法资格")
_HELPERS = gettext_noop("国办发〔2024〕54号：检查人员须持有执法证件，辅助人员不得代替")
_REGISTER = gettext_noop("本局方案二（二）3：执法检查人员名录库")


@dataclass(frozen=True)
class Availability:
    """One person over a stretch of days.

    `obstacles` is empty for who can be drawn. `days_away` are days of leave inside the stretch that leave
    other days free. `remaining` is how many more targets the yearly limit allows, None without a limit.
    """

    inspector: Inspector
    obstacles: tuple[Refusal, ...]
    days_away: int
    assigned: int
    remaining: int | None

    @property
    def can_be_drawn(self) -> bool:
        return not self.obstacles


def availability(viewer: Viewer, first: date, last: date) -> list[Availability]:
    """Every person this viewer may know of, by name, with what stands in the way from `first` to `last`.

    Certificates must hold over the whole stretch (N3); leave stands in the way when it covers all of it.
    """
    people = Inspector.objects.visible_to(viewer).select_related("unit").prefetch_related("specialties")
    away = _days_away(first, last)
    assigned = assigned_in(first.year)
    return [_of(person, first, last, away[person.pk], assigned[person.pk]) for person in people]


def work_days_of(
    viewer: Viewer, first: date, last: date, is_workday: Callable[[date], bool]
) -> list[tuple[Inspector, Counter[int]]]:
    """Everybody who may inspect, by name, with the work days of each month (1–12) on which they can.

    `first` and `last` lie in one year. A day counts when the certificate holds and there is no leave.
    """
    people = Inspector.objects.visible_to(viewer).select_related("unit").order_by("name", "pk")
    away = _days_away(first, last)
    work = [day for day in _days(first, last) if is_workday(day)]
    return [
        (person, Counter(day.month for day in work if day not in away[person.pk] and _holds(person, day)))
        for person in people
        if not _standing(person)
    ]


def _holds(person: Inspector, day: date) -> bool:
    return bool(person.valid_from and person.valid_until and person.valid_from <= day <= person.valid_until)


def assigned_in(year: int) -> Counter[int]:
    """inspector id → targets assigned in a calendar year, over everything that assigns people."""
    total: Counter[int] = Counter()
    for provider in assigned_targets:
        total.update(provider(year))
    return total


def _of(person: Inspector, first: date, last: date, away: set[date], assigned: int) -> Availability:
    remaining = None if person.yearly_limit is None else max(0, person.yearly_limit - assigned)
    found = [*_standing(person), *_certificate(person, first, last)]
    if len(away) == (last - first).days + 1:
        found.append(_on_leave(first, last))
    if remaining == 0:
        found.append(_limit_reached(person, assigned))
    return Availability(person, tuple(found), len(away), assigned, remaining)


def _days_away(first: date, last: date) -> defaultdict[int, set[date]]:
    """inspector id → the days of leave within the stretch."""
    away: defaultdict[int, set[date]] = defaultdict(set)
    leaves = Leave.objects.visible_to(_PLATFORM).touching(first, last)
    for inspector, start, end in leaves.values_list("inspector_id", "first_day", "last_day"):
        away[inspector].update(_days(max(start, first), min(end, last)))
    return away


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _standing(person: Inspector) -> Sequence[Refusal]:
    """What stands in the way whatever the days: what kind of person, at work or not, a section or not."""
    found = []
    if person.kind != Inspector.Kind.CERTIFIED:
        found.append(
            Refusal(
                "inspector.not_certified",
                gettext_noop("是%(kind)s，只能协助，不能被抽取"),
                _HELPERS,
                gettext_noop("需要其参加时，在检查中列为协助人员"),
                {"kind": person.get_kind_display()},
            )
        )
    if not person.active:
        found.append(
            Refusal(
                "inspector.not_active",
                gettext_noop("状态为“%(status)s”"),
                _REGISTER,
                gettext_noop("恢复在岗后，在执法人员名录中更新状态"),
                {"status": person.get_status_display()},
            )
        )
    if not person.unit.is_open:
        found.append(
            Refusal(
                "inspector.unit_closed",
                gettext_noop("所在股室“%(unit)s”已撤销"),
                _REGISTER,
                gettext_noop("请在执法人员名录中改为现在的股室"),
                {"unit": person.unit.name},
            )
        )
    return found


def _certificate(person: Inspector, first: date, last: date) -> Sequence[Refusal]:
    if person.kind != Inspector.Kind.CERTIFIED or person.valid_from is None or person.valid_until is None:
        return ()
    renew = gettext_noop("请办理换证，再更新证件有效期")
    if person.valid_until < last:
        message = gettext_noop("执法证件 %(day)s 到期，没有覆盖整个检查时间")
        if person.valid_until < first:
            message = gettext_noop("执法证件已于 %(day)s 到期")
        return [Refusal("inspector.expired", message, _CERTIFICATE, renew, {"day": person.valid_until})]
    if person.valid_from > first:
        message = gettext_noop("执法证件 %(day)s 才生效")
        return [Refusal("inspector.not_yet", message, _CERTIFICATE, renew, {"day": person.valid_from})]
    return ()


def _on_leave(first: date, last: date) -> Refusal:
    return Refusal(
        "inspector.on_leave",
        gettext_noop("%(first)s 至 %(last)s 全部离岗"),
        _REGISTER,
        gettext_noop("安排有变的，在离岗安排中取消或改期"),
        {"first": first, "last": last},
    )


def _limit_reached(person: Inspector, assigned: int) -> Refusal:
    return Refusal(
        "inspector.limit_reached",
        gettext_noop("本年已派 %(assigned)s 户次，达到每年至多 %(limit)s 户次"),
        _REGISTER,
        gettext_noop("请另派他人，或由综合经办调整上限"),
        {"assigned": assigned, "limit": person.yearly_limit},
    )
