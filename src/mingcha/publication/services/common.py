"""What the verbs share."""

from __future__ import annotations

from mingcha.base.viewers import Viewer
from mingcha.basics.rules import acting_roles
from mingcha.publication import selectors, types
from mingcha.publication.lifecycle import PUBLICATION
from mingcha.publication.models import Publication


def locked(publication_id: int, actor: Viewer) -> Publication:
    """The publication's row, locked behind what it is about; DoesNotExist for what the actor may not know of.

    In this order everywhere: whoever changes the thing holds it and goes on to its publication.
    """
    rows = Publication.objects.visible_to(actor)
    known = rows.get(pk=publication_id)
    hold = types.find(known.type).hold
    if hold is not None and known.about is not None:
        hold(known.thing_id)
    return rows.select_for_update(of=("self",)).get(pk=publication_id)  # type: ignore[no-any-return]


def advance(publication: Publication, verb: str, actor: Viewer, *, reason: str = "") -> None:
    """Move along the table, or raise `Refused` with every reason why not; the caller saves."""
    facts = selectors.facts_of(publication, actor)
    roles = acting_roles(actor)
    publication.state = PUBLICATION.decide(publication.state, verb, roles, facts, reason=reason).target
