"""Initial data: the texts of the laws that inspections rest on.

The texts of laws and regulations are public (著作权法第五条). Loading again adds what a new version of the
platform brings and never touches a law that is already there.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from mingcha.base.service import service
from mingcha.base.viewers import Viewer
from mingcha.laws.initial.table import TABLE, Row
from mingcha.laws.models import Law
from mingcha.laws.services import library


def load(actor: Viewer) -> int:
    """Enter every law whose title is not there; gives how many were added."""
    return enter(actor=actor, rows=TABLE)


def text_of(row: Row) -> str:
    """The printed text of a row."""
    return files(__package__).joinpath("texts", f"{row.file}.md").read_text(encoding="utf-8")


@service
def enter(*, actor: Viewer, rows: Sequence[Row]) -> int:
    """Enter those of the rows whose title is not there; gives how many were added."""
    held = set(Law.objects.visible_to(actor).values_list("title", flat=True))
    missing = [row for row in rows if row.title not in held]
    for row in missing:
        law = library.add_law(
            actor=actor,
            title=row.title,
            rank=row.rank,
            short_title=row.short_title,
            aliases="\n".join(row.aliases),
        )
        library.add_text(
            actor=actor,
            law_id=law.pk,
            label=row.label,
            effective_from=row.since,
            source=row.source,
            content=text_of(row),
            trust=row.trust,
            confirmed=row.trust.is_settled,
            note=row.note,
        )
        if row.last_day is not None:
            library.repeal(actor=actor, law_id=law.pk, last_day=row.last_day, basis=row.repealed)
    return len(missing)
