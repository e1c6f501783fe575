"""The law behind a plan: which tasks name items that rest on an article that has changed or is gone (N2).

Items flag themselves when the law changes (`items.models.BasisFlag`); a plan says so where it names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mingcha.items.models import ItemVersion
from mingcha.items.selectors import ChangedBasis, changed_bases
from mingcha.planning.models import PlanLine


@dataclass(frozen=True)
class Touched:
    """An item of a line, and one article behind it that is another by the end of the line's period."""

    line: PlanLine
    item: ItemVersion
    basis: ChangedBasis

    @property
    def gone(self) -> bool:
        """Whether the article holds no longer: then the item may not be inspected on it."""
        return self.basis.gone

    def __str__(self) -> str:
        said = {"cited": self.basis.cited, "day": self.basis.since.isoformat()}
        if self.gone:
            return _("%(cited)s 自 %(day)s 起不再有效") % said
        return _("%(cited)s 自 %(day)s 起已修改，待复核") % said


def touched_lines(lines: Iterable[PlanLine]) -> Mapping[int, Sequence[Touched]]:
    """Line id → what the law has changed behind its items; by one query beside those for the items."""
    named = [(line, item) for line in lines for item in line.items.all()]
    changed: dict[int, list[ChangedBasis]] = {}
    for basis in changed_bases({item.pk for _line, item in named}):
        changed.setdefault(basis.version_id, []).append(basis)
    found: dict[int, list[Touched]] = {}
    for line, item in named:
        for basis in changed.get(item.pk, ()):
            if basis.since <= line.last_day:
                found.setdefault(line.pk, []).append(Touched(line, item, basis))
    return found


def rests_on_nothing(lines: Iterable[PlanLine]) -> tuple[str, ...]:
    """Line, item and article wherever an article is gone: what may not be approved (54号三)."""
    return tuple(
        f"{one.line}：{one.item}（{one.basis.cited}）"
        for touched in touched_lines(lines).values()
        for one in touched
        if one.gone
    )
