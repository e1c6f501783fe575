"""Prepare a publication: the snapshot that a second person reviews."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingcha.accounts import duties
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import user_id_of
from mingcha.kernel.digest import hex_digest
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.publication import lifecycle, selectors, types
from mingcha.publication.events import PublicationPrepared, PublicationReturned
from mingcha.publication.models import Publication, PublicationFile

PREPARE_DUTY = "publication.prepare"
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}\Z")


@dataclass(frozen=True)
class Document:
    """A file that is published beside the rows. `name` is plain: letters, digits, "-", "_" and "."."""

    name: str
    label: str
    media_type: str
    content: bytes


@service
def prepare(
    *,
    actor: Viewer,
    type: str,  # noqa: A002  the seam's own word
    thing: Thing | None = None,
    title: str,
    rows: Sequence[Mapping[str, Any]],
    summary: str = "",
    change_note: str = "",
    documents: Sequence[Document] = (),
    term_parameter: str = "",
) -> Publication:
    """Freeze what is to be published; nothing is public until a second person publishes it.

    Personal values are masked here, so that the reviewer sees exactly what the public will see. What was
    prepared before of the same type and thing, and not yet reviewed, is returned as replaced. `title`
    and `summary` hold no personal data: the line of a withdrawn publication stays. `term_parameter` is one of
    the type's further terms where its first does not hold (R7).

    Refused: "publication.field" for a field that the type does not list, "publication.value",
    "publication.key", "publication.title", "publication.change_note" (a later version says what changed).
    LookupError for an unknown type or term, ValueError for a file name that is not plain.
    """
    known = types.find(type)
    published = known.rows_as_published(rows)
    if not title.strip():
        raise Refused(_without("publication.title", gettext_noop("标题")))
    if selectors.current(type, thing) is not None and not change_note.strip():
        raise Refused(_without("publication.change_note", gettext_noop("更新说明（改了什么、为什么改）")))
    _replace_waiting(type, thing, actor)
    about = thing or Thing("", 0)
    publication = Publication(
        type=type,
        thing_type=about.type,
        thing_id=about.id,
        thing_label=about.label[:200],
        title=title.strip()[:200],
        summary=summary.strip(),
        change_note=change_note.strip(),
        fields=[_frozen(field) for field in known.fields],
        rows=published,
        row_count=len(published),
        term_parameter=_term_parameter(known, term_parameter),
        prepared_at=clock.now(),
        prepared_by_id=user_id_of(actor),
    )
    publication.save()
    _keep_files(publication, documents)
    publication.digest = selectors.digest_of(publication)
    publication.save(update_fields=["digest"])
    duties.perform(actor=actor, duty=PREPARE_DUTY, thing=Thing.of(publication))
    emit(
        PublicationPrepared(
            thing=Thing.of(publication),
            after={"type": str(known.label), "rows": len(published), "digest": publication.digest},
            why=publication.change_note,
        )
    )
    return publication


def _term_parameter(known: types.PublicationType, asked: str) -> str:
    if asked in ("", known.term_parameter):
        return known.term_parameter
    if asked not in dict(known.other_terms):
        raise LookupError(f"{known.code} has no term {asked!r}")
    return asked


def _frozen(field: types.Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": str(field.label),
        "basis": str(field.basis),
        "kind": field.kind,
        "masked": field.is_masked,
    }


def _keep_files(publication: Publication, documents: Sequence[Document]) -> None:
    for document in documents:
        if not _FILE_NAME.match(document.name):
            raise ValueError(f"{document.name!r} is no plain file name")
    PublicationFile.objects.bulk_create(
        PublicationFile(
            publication=publication,
            name=document.name,
            label=document.label[:120],
            media_type=document.media_type,
            content=document.content,
            size=len(document.content),
            sha256=hex_digest(document.content),
        )
        for document in documents
    )


def _replace_waiting(type_code: str, thing: Thing | None, actor: Viewer) -> None:
    waiting = selectors.series(type_code, thing).filter(state=lifecycle.PREPARED).select_for_update().first()
    if waiting is None:
        return
    why = gettext_noop("提交人又提交了新的一份，这一份不再审核")
    facts = lifecycle.PublicationFacts()
    row = lifecycle.PUBLICATION.decide(waiting.state, "return", ("system",), facts, reason=why)
    waiting.state, waiting.ended_why, waiting.ended_at = row.target, why, clock.now()
    waiting.save(update_fields=["state", "ended_why", "ended_at"])
    emit(
        PublicationReturned(
            thing=Thing.of(waiting),
            why=why,
            type_code=type_code,
            about_type=waiting.thing_type,
            about_id=waiting.thing_id,
        )
    )


def _without(code: str, what: str) -> Refusal:
    return Refusal(
        code,
        gettext_noop("没有写明%(what)s，没有提交"),
        gettext_noop("本局方案：结果一经公示不得随意更改；更正须写明理由，前后差别一并公开"),
        gettext_noop("请写明%(what)s后再提交"),
        {"what": what},
    )
