"""What the verbs share."""

from __future__ import annotations

from mingcha.base.viewers import Viewer
from mingcha.basics.rules import acting_roles
from mingcha.publication import selectors
from mingcha.publication.lifecycle import PUBLICATION
from mingcha.publication.models import Publication


def locked(publication_id: int, actor: Viewer) -> Publication:
    """The publication's row, locked; DoesNotExist for what the actor may not know of."""
    rows = Publication.objects.visible_to(actor).select_for_update(of=("self",))
    return rows.get(pk=publication_id)  # type: ignore[no-any-return]


def advance(publication: Publication, verb: str, actor: Viewer, *, reason: str = "") -> None:
    """Move along the table, or raise `Refused` with every reason why not; the caller saves."""
    facts = selectors.facts_of(publication, actor)
    roles = acting_roles(actor)
    publication.state = PUBLICATION.decide(publication.state, verb, roles, facts, reason=reason).target
