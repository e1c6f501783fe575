"""The tasks of the years' plans, as the registers know them: by number. The app of the plans tells them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mingcha.web.providers import Providers


@dataclass(frozen=True)
class PlanTask:
    """One task of a year's plan: its year, its 抽查计划编号 and what it is called."""

    year: int
    number: str
    name: str


#: () → the tasks to which a visit can belong, newest year first
plan_tasks: Providers[Callable[[], Iterable[PlanTask]]] = Providers()


def task_named(text: str, year: int) -> PlanTask | None:
    """The task of a year with this number, or the only one with this name."""
    tasks: list[PlanTask] = [task for task in plan_tasks.gather() if task.year == year]
    wanted = text.strip()
    found = [task for task in tasks if task.number == wanted] or [t for t in tasks if t.name == wanted]
    return found[0] if len(found) == 1 else None
