"""Reads about the item list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from mingcha.base import clock
from mingcha.basics.models.common import Trust
from mingcha.items.differences import Difference, differences
from mingcha.items.lifecycle import DECIDERS, DRAFT, PROPOSED, PUBLIC, PUBLISHED, VERSION, VersionFacts
from mingcha.items.models import BasisFlag, Item, ItemVersion, ListRevision
from mingcha.items.models.parts import Basis, CheckPoint
from mingcha.items.storing import content_of
from mingcha.kernel.refusal import Refusal

#: Points so marked say 待确认 in their own words.
UNREAD = (Trust.MEMORY, Trust.PARTLY)
_SETTLED = tuple(trust for trust in Trust if trust.is_settled)


def in_force(on: date) -> QuerySet[ItemVersion]:
    """The versions that hold on a day: published, begun, not ended (domain E3)."""
    return ItemVersion.objects.filter(
        Q(effective_until__isnull=True) | Q(effective_until__gte=on),
        state__in=PUBLIC,
        effective_from__lte=on,
    ).order_by("item__code")


def on_the_list() -> QuerySet[ItemVersion]:
    """The versions that can be chosen for work to come: published, not ended, also those that begin later."""
    rows = ItemVersion.objects.filter(
        Q(effective_until__isnull=True) | Q(effective_until__gte=clock.today()), state=PUBLISHED
    )
    return rows.select_related("item", "specialty").order_by("item__code", "number")


def speaks_of(word: str) -> Q:
    """Items whose code, name or family, or a check point or article of whose face, holds the word.

    Asked one by one, not joined: several words may stand in several points, and repeat no row.
    """
    face = {"version": OuterRef("face")}
    points = CheckPoint.objects.filter(**face, question__icontains=word)
    bases = Basis.objects.filter(**face, cited__icontains=word)
    named = Q(code__icontains=word) | Q(face__name__icontains=word) | Q(face__family__icontains=word)
    return named | Exists(points) | Exists(bases)


def standing(item: Item) -> ItemVersion | None:
    """The item's version that was published to begin last and has not been stopped; None for none."""
    rows = item.versions.filter(state=PUBLISHED).order_by("-effective_from", "-number")
    return rows.first()


def open_version(item: Item) -> ItemVersion | None:
    """The item's draft, or the version that waits for approval; an item has at most one."""
    return item.versions.filter(state__in=(DRAFT, PROPOSED)).first()


def facts_of(version: ItemVersion, *, begins: date | None = None) -> VersionFacts:
    """The facts for the guards; `begins` is the day from which it is to be in force."""
    points = list(version.points.values_list("pk", "position"))
    resting = set(
        Basis.objects.filter(version=version, point__isnull=False, role=Basis.Role.DUTY).values_list(
            "point_id", flat=True
        )
    )
    # A version that names a source which is not in the library may have points that rest on that alone.
    baseless = () if version.unverified else tuple(place for pk, place in points if pk not in resting)
    return VersionFacts(
        code=version.item.code,
        bases=version.all_bases.filter(point=None, exemption=None).count() or len(version.unverified_lines),
        points=len(points),
        baseless=baseless,
        stale=BasisFlag.objects.open().filter(basis__version=version).count(),
        unread=tuple(version.points.filter(trust__in=UNREAD).values_list("position", flat=True)),
        changed=tuple(basis.cited for basis in changed_bases([version.pk])),
        awaits=version.awaits_confirmation,
        later=_later(version, begins),
        last_day=version.effective_until,
        today=clock.today(),
    )


def awaiting_confirmation() -> QuerySet[ItemVersion]:
    """Versions on the list that bear the mark 待确认."""
    unread = ~Q(unverified="") | ~Q(trust__in=(*_SETTLED, Trust.BUREAU))
    return on_the_list().filter(unread, confirmed_at__isnull=True)


def confirmable() -> QuerySet[ItemVersion]:
    """Those of them in whose way nothing is: no point is unread, no article has changed."""
    waiting = awaiting_confirmation().exclude(points__trust__in=UNREAD)
    changed = {basis.version_id for basis in changed_bases(set(waiting.values_list("pk", flat=True)))}
    return waiting.exclude(pk__in=changed)


def not_confirmable() -> list[tuple[ItemVersion, tuple[Refusal, ...]]]:
    """Versions that bear the mark and cannot be confirmed as they are, each with why; three queries."""
    waiting = list(awaiting_confirmation().prefetch_related("points"))
    changed: dict[int, list[str]] = {}
    for basis in changed_bases({version.pk for version in waiting}):
        changed.setdefault(basis.version_id, []).append(basis.cited)
    found = []
    for version in waiting:
        facts = VersionFacts(
            code=version.item.code,
            unread=tuple(point.position for point in version.points.all() if point.trust in UNREAD),
            changed=tuple(changed.get(version.pk, ())),
        )
        refusals = VERSION.preview(version.state, "confirm", DECIDERS, facts).refusals
        if refusals:
            found.append((version, refusals))
    return found


def _later(version: ItemVersion, begins: date | None) -> date | None:
    if begins is None:
        return None
    others = ItemVersion.objects.filter(item=version.item_id, state__in=PUBLIC, effective_from__gte=begins)
    newest = others.exclude(pk=version.pk).order_by("-effective_from").first()
    return newest.effective_from if newest is not None else None


def drafts() -> QuerySet[ItemVersion]:
    """Drafts that can be proposed."""
    return ItemVersion.objects.filter(state=DRAFT).select_related("item").order_by("item__code")


def issued_revisions() -> QuerySet[ListRevision]:
    """Changes of the list that took effect, newest first."""
    return ListRevision.objects.filter(number__isnull=False).order_by("-number")


def flags_of(versions: QuerySet[ItemVersion] | list[ItemVersion]) -> QuerySet[BasisFlag]:
    """What awaits review on these versions."""
    rows: Any = BasisFlag.objects.open().filter(basis__version__in=versions)
    return rows.select_related("basis__version__item", "basis__law_text__law", "new_text")  # type: ignore[no-any-return]


@dataclass(frozen=True)
class ChangedBasis:
    """An article that a version rests on and that is another, or none, from a day on."""

    version_id: int
    cited: str
    gone: bool
    since: date


def changed_bases(versions: Collection[int]) -> list[ChangedBasis]:
    """What the law has changed behind these versions, each article of each once; one query.

    A changed article is named until somebody has reviewed it. One that is gone is named for good: only
    another version of the item can rest on something else.
    """
    rows = BasisFlag.objects.filter(basis__version__in=versions).exclude(kind=BasisFlag.Kind.NEW_TEXT)
    gone = Q(kind=BasisFlag.Kind.VANISHED)
    rows = rows.filter(gone | Q(reviewed_at__isnull=True)).select_related("basis", "new_text")
    found = (
        ChangedBasis(
            flag.basis.version_id, flag.basis.cited, flag.kind == BasisFlag.Kind.VANISHED, _since(flag)
        )
        for flag in rows.order_by("basis__version", "basis__position", "pk")
    )
    return list(dict.fromkeys(found))


def _since(flag: BasisFlag) -> date:
    """The first day on which the article is no longer what it was."""
    text = flag.new_text
    if text.repealed and text.effective_to is not None:
        return text.effective_to + timedelta(days=1)
    return text.effective_from


@dataclass(frozen=True)
class Change:
    """A version in a change of the list, the version before it, and in what it differs."""

    version: ItemVersion
    former: ItemVersion | None
    differences: list[Difference]


def change_of(version: ItemVersion) -> Change:
    """What a version changes against the one published before it; a new item has nothing to differ from."""
    earlier = version.item.versions.filter(number__lt=version.number, state__in=PUBLIC)
    former = earlier.select_related("item", "specialty").order_by("-number").first()
    different = differences(content_of(former), content_of(version)) if former is not None else []
    return Change(version, former, different)


def changes_of(revision: ListRevision) -> list[Change]:
    """Every version of a change of the list with what is different in it."""
    versions = revision.versions.select_related("item", "specialty").order_by("item__code")
    return [change_of(version) for version in versions]
