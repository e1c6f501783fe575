"""What the pairing of a draw did, in sentences with names, for those who may repeat it (protocol §7.7).

Recusals come up in these sentences, so nobody else gets them: whoever may not read the frozen recusals gets
None. Everything is worked out again from the frozen files.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.utils.translation import gettext

from mingcha.base.viewers import Viewer
from mingcha.kernel import draw as ssj
from mingcha.planning import selectors
from mingcha.planning.models import Draw, DrawPerson, DrawTarget
from mingcha.registry.models import Specialty

#: A page is read, not searched: so many of each are shown, with the number of all.
SHOWN = 50


@dataclass(frozen=True)
class Explained:
    """Sentences for the page: the first `SHOWN` chains and shortages, how many there are, and how many
    further people are needed at least ("" when nobody is lacking)."""

    chains: tuple[str, ...]
    chain_count: int
    shortages: tuple[ssj.ShortageText, ...]
    shortage_count: int
    total: str


def explained(draw: Draw, viewer: Viewer) -> Explained | None:
    """The story of the pairing; None before the draw and for whoever may not know the recusals."""
    if not draw.is_complete or selectors.file_content(draw, "recusals.csv", viewer) is None:
        return None
    story = json.loads(selectors.file_content(draw, "chains.json", viewer) or b'{"chains":[],"unserved":[]}')
    words = _words(draw, viewer)
    chains = tuple(ssj.chain_sentence(record, words) for record in story["chains"][:SHOWN])
    shortages, total = _shortages(draw, viewer, words) if story["unserved"] else ((), "")
    return Explained(chains, len(story["chains"]), shortages, len(story["unserved"]), total)


def _shortages(draw: Draw, viewer: Viewer, words: ssj.Words) -> tuple[tuple[ssj.ShortageText, ...], str]:
    """The proofs, from the draw repeated: only this case needs more than chains.json."""
    pairing = ssj.replay(selectors.files_for(draw, viewer), draw.used_digest).pairing
    assert pairing is not None  # noqa: S101  this viewer has the complete bundle
    found = ssj.shortages(pairing)[:SHOWN]
    texts = tuple(ssj.shortage_text(pairing, shortage, words) for shortage in found)
    return texts, ssj.total_sentence(ssj.newcomers(pairing), words)


def _words(draw: Draw, viewer: Viewer) -> ssj.Words:
    """Names instead of codes."""
    people = DrawPerson.objects.visible_to(viewer).filter(draw=draw).select_related("inspector")
    names = {person.code: f"{person.inspector.name} {person.code}" for person in people}
    targets = DrawTarget.objects.visible_to(viewer).filter(draw=draw, kind=DrawTarget.Kind.DRAWN)
    firms = dict(targets.values_list("seq", "name"))
    skills = dict(Specialty.objects.visible_to(viewer).values_list("code", "label"))
    return ssj.Words(
        inspector=lambda code: names.get(code, code),
        skill=lambda code: skills.get(code, code),
        target=lambda seq: gettext("第 %(seq)s 号“%(name)s”") % {"seq": seq, "name": firms.get(seq, "")},
        say=gettext,
    )
