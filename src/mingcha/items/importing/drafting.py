"""A draft of ours from a row of a superior's list: what was understood; the drafter writes the rest."""

from __future__ import annotations

from datetime import date

from mingcha.accounts.selectors import bureau
from mingcha.basics.models.common import Trust
from mingcha.items.content import Content
from mingcha.items.models import Item, SuperiorRow
from mingcha.items.vocabulary import Body, Manner
from mingcha.kernel.citations import parse
from mingcha.kernel.refusal import Refused
from mingcha.laws import selectors as library
from mingcha.registry.models import Subject

#: Words by which lists name the manners.
_MANNERS = {
    "现场": Manner.ON_SITE,
    "实地": Manner.ON_SITE,
    "书面": Manner.PAPER,
    "网络": Manner.NETWORK,
    "网上": Manner.NETWORK,
    "非现场": Manner.OFF_SITE,
}


def content_from(row: SuperiorRow, *, on: date) -> Content:
    """What a row says in our terms. Its code is the next free one; articles we lack are named as 待确认."""
    values = {name: str(value) for name, value in row.values.items()}
    known, unknown = _sorted_bases(values.get("bases", ""), on)
    unit = bureau()
    return Content(
        code=next_code(),
        name=values.get("name", "")[:100],
        family=(values.get("family") or "其他")[:50],
        key=values.get("category") == "key",
        kinds=(Subject.Kind.ENTERPRISE,),
        kinds_note=values.get("subjects", "")[:300],
        manners=_manners(values.get("manners", "")),
        body=Body.BUREAU,
        body_name=unit.name if unit is not None else values.get("body", "")[:100],
        bases=known,
        unverified=unknown,
        ratio_note=values.get("frequency", "")[:300],
        points=(),
        trust=Trust.BUREAU,
    )


def next_code() -> str:
    """The first code XS01, XS02 … that no item has."""
    taken = set(Item.objects.filter(code__startswith="XS").values_list("code", flat=True))
    return next(code for number in range(1, 100_000) if (code := f"XS{number:02d}") not in taken)


def _manners(text: str) -> tuple[str, ...]:
    rest = text.replace("非现场", "")
    found = [Manner.OFF_SITE] if rest != text else []
    found += [code for word, code in _MANNERS.items() if word in rest and code not in found]
    return tuple(dict.fromkeys(found)) or (Manner.ON_SITE,)


def _sorted_bases(text: str, on: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The citations that the library knows, and what it does not, as it was written."""
    known: list[str] = []
    unknown: list[str] = []
    cited = parse(text)
    for citation in cited:
        try:
            library.passage(library.resolve(citation, on), citation)
            known.append(str(citation))
        except Refused:
            unknown.append(str(citation))
    if not cited and text:
        unknown.append(" ".join(text.split()))
    return tuple(dict.fromkeys(known)), tuple(dict.fromkeys(unknown))
