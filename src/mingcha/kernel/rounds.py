"""When the visits of drawn teams take place: town by town, each team's firms of a town in one go.

Who goes where was drawn and is never touched here, only when. Time is counted in half-days of work days. A
person is in one place in a half-day, at no more than so many firms, and out for no more than a share of a
week. The same errands and the same diary give the same answer, whatever order they come in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["Diary", "Errand", "Half", "Hindrance", "arrange", "day_of", "half_of", "is_morning", "week_of"]

Half = int
"""A half-day: twice the day's ordinal, plus one for the afternoon."""
HALVES_A_DAY = 2
_WEEK = timedelta(days=7)


def half_of(day: date, *, morning: bool) -> Half:
    """The half-day as one number."""
    return day.toordinal() * HALVES_A_DAY + (0 if morning else 1)


def day_of(half: Half) -> date:
    return date.fromordinal(half // HALVES_A_DAY)


def is_morning(half: Half) -> bool:
    return half % HALVES_A_DAY == 0


def week_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def sunday_of(day: date) -> date:
    """The last day of the day's week."""
    return week_of(day) + timedelta(days=6)


@dataclass(frozen=True)
class Errand:
    """One firm to be visited by these people, not before `first` nor after `last`, for so many half-days.

    `place` is its town, empty where it is not known. `order` says which of a town's firms comes first.
    """

    key: int
    place: str
    people: tuple[int, ...]
    first: date
    last: date
    half_days: int = 1
    order: str = ""


@dataclass(frozen=True)
class Hindrance:
    """Why an errand has no place in a stretch of days: who is away on every work day of it, and who has
    something else in every half-day left. Both empty: each has time, but never all at once."""

    away: tuple[int, ...] = ()
    full: tuple[int, ...] = ()


class Diary:
    """Who is where and when.

    `workdays` are all work days of the weeks looked at. `away` are the days on which a person cannot inspect.
    `share` is the percentage of a week's half-days that a person may be out, `together` how many firms of one
    town a person visits in one half-day.
    """

    def __init__(
        self,
        workdays: Iterable[date],
        away: Mapping[int, frozenset[date]],
        *,
        share: int = 100,
        together: int = 1,
    ) -> None:
        days = sorted(set(workdays))
        self._halves = [day.toordinal() * HALVES_A_DAY + part for day in days for part in range(HALVES_A_DAY)]
        self._index = {half: number for number, half in enumerate(self._halves)}
        self._days = {day.toordinal(): day for day in days}
        self._weeks: defaultdict[date, list[int]] = defaultdict(list)
        for number, half in enumerate(self._halves):
            self._weeks[week_of(day_of(half))].append(number)
        self._away, self._share, self._together = away, share, together
        self._taken: defaultdict[tuple[int, Half], list[str]] = defaultdict(list)
        self._load: Counter[tuple[int, date]] = Counter()
        self._rooms: dict[date, int] = {}

    def span(self, half: Half, half_days: int) -> list[Half]:
        """The half-days that a visit of this length takes from `half` on."""
        start = self._index.get(half)
        return [half] if start is None else self._halves[start : start + half_days]

    def knows(self, half: Half) -> bool:
        """Whether the half-day is of a work day of the weeks looked at."""
        return half in self._index

    def enter(self, errand: Errand, half: Half) -> None:
        """The people of the errand are there from this half-day on, whatever else is entered."""
        for person in errand.people:
            for one in self.span(half, errand.half_days):
                taken = self._taken[person, one]
                self._load[person, week_of(day_of(one))] += not taken
                taken.append(_mark(errand))

    def strike(self, errand: Errand, half: Half) -> None:
        """Take an entry back."""
        for person in errand.people:
            for one in self.span(half, errand.half_days):
                taken = self._taken[person, one]
                taken.remove(_mark(errand))
                self._load[person, week_of(day_of(one))] -= not taken

    def crowded(self, person: int, half: Half) -> bool:
        """Whether what is entered for a person in a half-day cannot all be done."""
        taken = self._taken[person, half]
        return len(set(taken)) > 1 or len(taken) > self._together

    def weeks(self, errand: Errand) -> list[date]:
        """The Mondays of the weeks in which the errand may be done, the earliest first."""
        first, last = week_of(errand.first), week_of(errand.last)
        return [monday for monday in sorted(self._weeks) if first <= monday <= last]

    def first_fit(self, errand: Errand, week: date) -> Half | None:
        """The earliest half-day of the week from which on everybody of the errand can be there."""
        if (
            errand.half_days == 1
            and self._together == 1
            and any(self._is_full(p, week) for p in errand.people)
        ):
            return None
        return next((self._halves[n] for n in self._weeks.get(week, ()) if self._fits(errand, n)), None)

    def hindrance(self, errand: Errand, week: date | None = None) -> Hindrance:
        """Why nothing was found in a week, or in all the errand's days."""
        weeks = self.weeks(errand) if week is None else [week]
        halves = [self._halves[n] for one in weeks for n in self._weeks.get(one, ())]
        halves = [half for half in halves if errand.first <= day_of(half) <= errand.last]
        away = [p for p in errand.people if all(day_of(half) in self._days_away(p) for half in halves)]
        full = [p for p in errand.people if not any(self._open(p, half, errand) for half in halves)]
        return Hindrance(tuple(away), tuple(person for person in full if person not in away))

    def _fits(self, errand: Errand, start: int) -> bool:
        span = self._halves[start : start + errand.half_days]
        if len(span) < errand.half_days:
            return False
        if day_of(span[0]) < errand.first or day_of(span[-1]) > errand.last:
            return False
        return all(self._spares(person, span, errand) for person in errand.people)

    def _spares(self, person: int, span: Sequence[Half], errand: Errand) -> bool:
        """Whether a person has all these half-days open and is not out too much of the week."""
        if len(span) == 1:
            return self._open(person, span[0], errand)
        days_away = self._days_away(person)
        if any(day_of(half) in days_away or not self._shares(person, half, errand) for half in span):
            return False
        more = Counter(week_of(day_of(half)) for half in span if not self._taken.get((person, half)))
        # One long visit may exceed the share of a week: it cannot be cut.
        return all(self._load[person, w] + n <= max(self._room(w), n) for w, n in more.items())

    def _open(self, person: int, half: Half, errand: Errand) -> bool:
        """The same for one half-day, which is asked very often."""
        day = self._days[half // HALVES_A_DAY]
        if day in self._days_away(person):
            return False
        if self._taken.get((person, half)):
            return self._shares(person, half, errand)
        return not self._is_full(person, week_of(day))

    def _shares(self, person: int, half: Half, errand: Errand) -> bool:
        """Whether the half-day is empty, or another firm of the same town still goes into it."""
        taken = self._taken.get((person, half))
        return not taken or (len(taken) < self._together and set(taken) == {_mark(errand)})

    def _is_full(self, person: int, week: date) -> bool:
        return self._load[person, week] >= self._room(week)

    def _room(self, week: date) -> int:
        room = self._rooms.get(week)
        if room is None:
            room = self._rooms[week] = max(1, len(self._weeks.get(week, ())) * self._share // 100)
        return room

    def _days_away(self, person: int) -> frozenset[date]:
        return self._away.get(person, frozenset())


def _mark(errand: Errand) -> str:
    """What stands in the diary: the town; visits that share a half-day with nothing stand by themselves."""
    return errand.place if errand.place and errand.half_days == 1 else f"#{errand.key}"


def arrange(errands: Iterable[Errand], diary: Diary) -> dict[int, Half]:
    """When each errand begins; one that finds no time within its days is left out. The diary is filled.

    Towns with most firms come first. A team's firms in a town go into the week that takes most of them (of
    equal ones a week in which somebody is in that town already, then the earliest), the rest into the next.
    """
    by_place: defaultdict[str, defaultdict[tuple[int, ...], list[Errand]]]
    by_place = defaultdict(lambda: defaultdict(list))
    for errand in sorted(errands, key=lambda one: (one.order, one.key)):
        by_place[errand.place][tuple(sorted(errand.people))].append(errand)
    found: dict[int, Half] = {}
    sizes = {place: sum(map(len, teams.values())) for place, teams in by_place.items()}
    for place in sorted(by_place, key=lambda one: (-sizes[one], one)):
        visited: set[date] = set()
        teams = by_place[place]
        for team in sorted(teams, key=lambda one: (-len(teams[one]), one)):
            _place_all(teams[team], diary, visited, found)
    return found


def _place_all(errands: list[Errand], diary: Diary, visited: set[date], found: dict[int, Half]) -> None:
    """Place what can be placed of one team in one town; the weeks in which it is there become `visited`."""
    waiting = errands
    while waiting:
        open_weeks = {week for one in waiting for week in diary.weeks(one)}
        weeks = sorted(open_weeks, key=lambda week: (week not in visited, week))
        best = _best_week(waiting, weeks, diary)
        if best is None:
            break
        placed = _place(waiting, best, diary)
        found |= placed
        visited.add(best)
        waiting = [one for one in waiting if one.key not in placed]


def _best_week(waiting: list[Errand], weeks: Iterable[date], diary: Diary) -> date | None:
    """The first of the weeks that takes most; None when none takes any."""
    best, most = None, 0
    for week in weeks:
        placed = _place(waiting, week, diary)
        for errand in waiting:
            if errand.key in placed:
                diary.strike(errand, placed[errand.key])
        if len(placed) > most:
            best, most = week, len(placed)
        if most == len(waiting):
            break
    return best


def _place(errands: Iterable[Errand], week: date, diary: Diary) -> dict[int, Half]:
    """Enter into one week what fits, one after another."""
    placed = {}
    for errand in errands:
        half = diary.first_fit(errand, week)
        if half is not None:
            diary.enter(errand, half)
            placed[errand.key] = half
    return placed
