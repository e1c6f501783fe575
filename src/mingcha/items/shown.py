"""What the page of a version shows: its parts, each basis with the words of its article beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from mingcha.items.models import Basis, BasisFlag, CheckPoint, Exemption, ItemVersion, Material, Outcome
from mingcha.items.vocabulary import AWAY
from mingcha.kernel.citations import Citation
from mingcha.laws import selectors as library


@dataclass(frozen=True)
class ShownBasis:
    """A citation, the words it names, where the whole law stands; `flag` when it has changed since."""

    cited: str
    passage: str
    text_label: str
    url: str
    flag: BasisFlag | None


@dataclass(frozen=True)
class ShownPoint:
    """A check point with what it rests on and what its consequence rests on."""

    point: CheckPoint
    bases: list[ShownBasis]
    consequence_bases: list[ShownBasis]


@dataclass(frozen=True)
class ShownExemption:
    exemption: Exemption
    bases: list[ShownBasis]


@dataclass(frozen=True)
class ShownVersion:
    """A version as its page shows it. `asked` are the only materials that a firm is asked for."""

    version: ItemVersion
    bases: list[ShownBasis]
    points: list[ShownPoint]
    asked: list[Material]
    held: list[Material]
    outcomes: list[Outcome]
    exemptions: list[ShownExemption]

    @property
    def away(self) -> bool:
        """Whether it can be looked into without going there."""
        return bool(AWAY & set(self.version.manner_codes))


def shown(version: ItemVersion) -> ShownVersion:
    """Everything that the page of a version shows, in a handful of queries."""
    owned: dict[tuple[int | None, int | None, str], list[ShownBasis]] = {}
    flags = _open_flags(version)
    rows = version.all_bases.select_related("article__text__law", "law_text").order_by("position")
    for basis in rows:
        key = (basis.point_id, basis.exemption_id, basis.role)
        owned.setdefault(key, []).append(_basis(basis, flags.get(basis.pk)))

    def of(point: Any = None, exemption: Any = None, role: str = Basis.Role.DUTY) -> list[ShownBasis]:
        return owned.get((point and point.pk, exemption and exemption.pk, role), [])

    materials = list(version.materials.order_by("position"))
    return ShownVersion(
        version=version,
        bases=of(),
        points=[
            ShownPoint(point, of(point), of(point, role=Basis.Role.CONSEQUENCE))
            for point in version.points.order_by("position")
        ],
        asked=[row for row in materials if not row.held_by_bureau],
        held=[row for row in materials if row.held_by_bureau],
        outcomes=list(version.outcomes.order_by("position")),
        exemptions=[
            ShownExemption(row, of(exemption=row)) for row in version.exemptions.order_by("position")
        ],
    )


def citation_of(basis: Basis) -> Citation:
    """The place that a binding names."""
    article = basis.article
    return Citation("", article.number, article.suffix, basis.paragraph, basis.clause)


def passage_of(basis: Basis) -> str:
    """The words that a binding names, as they read when it was bound."""
    return library.passage(basis.article, citation_of(basis))


def _basis(basis: Basis, flag: BasisFlag | None) -> ShownBasis:
    page = reverse("laws:text", args=[basis.law_text_id])
    return ShownBasis(
        cited=basis.cited,
        passage=passage_of(basis),
        text_label=basis.law_text.label,
        url=f"{page}#{basis.article.anchor}",
        flag=flag,
    )


def _open_flags(version: ItemVersion) -> dict[int, BasisFlag]:
    """basis id → what awaits review; news about the law that leave the article as it was are no alarm."""
    rows = BasisFlag.objects.open().filter(basis__version=version).exclude(kind=BasisFlag.Kind.NEW_TEXT)
    return {flag.basis_id: flag for flag in rows.select_related("new_text")}
