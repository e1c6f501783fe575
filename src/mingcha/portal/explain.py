"""One firm's line in one draw: first plain sentences, then the figures that anyone can check."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mingcha.kernel import credit_code
from mingcha.kernel import draw as ssj
from mingcha.planning import lifecycle
from mingcha.planning.campaigns.strata import label_of
from mingcha.planning.models import Draw
from mingcha.planning.replayed import excluded_of, names_of, repeated
from mingcha.planning.roster import EXCLUSION_LABELS
from mingcha.portal.changes import what_became_of

MOST_ANSWERS = 20


@dataclass(frozen=True)
class Answer:
    """Why a firm was drawn, or not."""

    id: str
    name: str
    sentences: tuple[str, ...]
    figures: tuple[tuple[str, str], ...] = ()
    command: str = ""


def look_up(draw: Draw, asked: str) -> tuple[list[Answer], int]:
    """Firms of the draw whose id is `asked` or whose name contains it, and how many there are in all.

    At most `MOST_ANSWERS` are answered, by name, whatever the order of the roster.
    """
    names = names_of(draw)
    code, part = credit_code.normalise(asked), "".join(asked.split())
    found = [id for id, name in names.items() if id == code or (part and part in "".join(name.split()))]
    shown = heapq.nsmallest(MOST_ANSWERS, found, key=lambda id: (names[id], id))
    if draw.state == lifecycle.DRAWN:
        later = what_became_of(draw)
        return [_after(repeated(draw), draw, id, names[id], later.get(id, [])) for id in shown], len(found)
    left_out = excluded_of(draw)
    return [_before(draw, id, names[id], left_out.get(id, "")) for id in shown], len(found)


def _before(draw: Draw, id: str, name: str, excluded: str) -> Answer:
    if excluded:
        why = EXCLUSION_LABELS.get(excluded, excluded)
        told = _("它在封存的名单里，但不参加抽取：%(why)s。") % {"why": why}
        return Answer(id, name, (told, _("抽取以后，这里会写明如果没有这个原因，它会不会被抽中。")))
    waiting = (
        _("号码已经摇出，正在由另一人核对，核对后立即公布结果。")
        if draw.state == lifecycle.REVEALED
        else _("号码还没有产生，谁也不知道会不会抽到它。")
    )
    return Answer(id, name, (_("它在封存的名单里。"), waiting))


def _after(result: ssj.Draw, draw: Draw, id: str, name: str, later: Sequence[str]) -> Answer:
    found = ssj.explain(result, id)
    figures = [
        (_("类别"), label_of(found.row.stratum, draw.stratum_labels)),
        (_("它的号码"), found.ticket),
    ]
    if found.cutoff is not None:
        figures.append((_("本类抽中的最大号码（前 16 位）"), f"{found.cutoff:016x}"))
    command = f"printf %s {result.keys.draw_key}{id} | sha256sum"
    sentences = [*_sentences(found), *later]
    return Answer(id, name, tuple(sentences), tuple(figures), command)


def _sentences(found: ssj.Explanation) -> list[str]:
    match found.outcome:
        case "drawn":
            return [
                _("它被抽中了，抽取序号 %(number)s。") % {"number": found.number},
                _("名单封存以后，当众摇出的号码给每一户算出一个号码，每类里号码最小的几户被抽中。"),
                _("抽中只是随机的结果，不表示它有问题。"),
            ]
        case "reserve":
            return [
                _("它没有被抽中，是本类第 %(number)s 个候补。") % {"number": found.number},
                _("前面的对象确实无法检查时，才按候补先后递补，并公开理由。"),
            ]
        case "excluded":
            why = EXCLUSION_LABELS.get(found.row.excluded, found.row.excluded)
            sentences = [_("它在名单里，但没有参加抽取：%(why)s。") % {"why": why}]
            if found.would_be_drawn:
                sentences.append(_("如果没有这个原因，它本来会被抽中。"))
            return sentences
    if found.cutoff is None:
        return [_("它没有被抽中：按公布的规则，这一类本次没有抽取。")]
    return [_("它没有被抽中：它的号码比本类抽中的都大。"), _("下次抽取会重新产生号码，每户机会相同。")]
