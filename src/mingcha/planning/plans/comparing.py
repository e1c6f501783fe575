"""The register today beside what was frozen: counted at most every few minutes, by kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count

from mingcha.planning.models import PlanBase
from mingcha.planning.plans.population import base_states
from mingcha.planning.plans.scope import EVERYONE
from mingcha.planning.territory import division_code
from mingcha.registry.models import Subject

_KEPT_SECONDS = 300
_KEY = "planning.kinds-today"


@dataclass(frozen=True)
class Kind:
    """One kind of subjects: frozen, and today by the same rules."""

    label: str
    frozen: int
    today: int

    @property
    def difference(self) -> int:
        return self.today - self.frozen


def kinds_of(base: PlanBase) -> Sequence[Kind]:
    """Every kind that is in one of the two counts."""
    today = _today()
    return [
        Kind(str(kind.label), int(base.kinds.get(kind.value, 0)), today.get(kind.value, 0))
        for kind in Subject.Kind
        if base.kinds.get(kind.value) or today.get(kind.value)
    ]


def _today() -> dict[str, int]:
    found: dict[str, int] | None = cache.get(_KEY)
    if found is None:
        rows = Subject.objects.visible_to(EVERYONE).current().filter(registration__in=base_states())
        home = division_code()
        if home:
            rows = rows.filter(division_code__startswith=home) | rows.filter(division_code="")
        counted = rows.order_by().values("kind").annotate(n=Count("pk"))
        found = dict(counted.values_list("kind", "n"))
        cache.set(_KEY, found, _KEPT_SECONDS)
    return found
