"""What a superior's list has and ours has not, and the other way round."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mingcha.base import clock
from mingcha.items import selectors
from mingcha.items.importing.suggesting import key
from mingcha.items.models import Basis, Item, SuperiorList, SuperiorRow
from mingcha.kernel.citations import parse
from mingcha.laws.models import plain_name


@dataclass(frozen=True)
class ComparedRow:
    """A row with the item it means, if any, and the articles that it cites and that item does not."""

    row: SuperiorRow
    item: Item | None
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Rows in order; items of ours in force that no row means."""

    rows: list[ComparedRow]
    ours_alone: list[Item]

    @property
    def theirs_alone(self) -> list[ComparedRow]:
        """Rows that mean none of our items, apart from those that were left aside."""
        ignored = SuperiorRow.Decision.IGNORE
        return [one for one in self.rows if one.item is None and one.row.decision != ignored]


def compared(superior: SuperiorList) -> Comparison:
    """The whole list beside ours, in a handful of queries."""
    rows = list(superior.rows.select_related("item__face", "suggested__face"))
    articles = _articles_of({meant.pk for row in rows if (meant := meant_by(row)) is not None})
    found = [_compared(row, meant_by(row), articles) for row in rows]
    known = [one.item.pk for one in found if one.item is not None]
    ours = selectors.in_force(clock.today()).exclude(item__in=known).select_related("item__face")
    return Comparison(found, [version.item for version in ours])


def meant_by(row: SuperiorRow) -> Item | None:
    """The item that was decided on, or the suggestion while nothing is decided."""
    if row.decision == SuperiorRow.Decision.PENDING:
        return row.suggested
    return row.item


def _compared(row: SuperiorRow, item: Item | None, articles: dict[int, set[tuple[str, int]]]) -> ComparedRow:
    if item is None:
        return ComparedRow(row, None, ())
    held = articles.get(item.pk, set())
    cited = parse(str(row.values.get("bases", "")))
    lacking = dict.fromkeys(str(citation) for citation in cited if key(citation) not in held)
    return ComparedRow(row, item, tuple(lacking))


def _articles_of(items: Iterable[int]) -> dict[int, set[tuple[str, int]]]:
    found: dict[int, set[tuple[str, int]]] = {}
    faces = Item.objects.filter(pk__in=list(items)).values_list("face", flat=True)
    rows = Basis.objects.filter(version__in=faces).select_related("version", "article", "law_text__law")
    for basis in rows:
        held = found.setdefault(basis.version.item_id, set())
        held.update((plain_name(name), basis.article.number) for name in basis.law_text.law.names)
    return found
