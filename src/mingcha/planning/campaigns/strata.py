"""Strata as a sealed roster names them: ASCII codes of publishable facts, with words (protocol §7.2).

A task of the plan calls a stratum `enterprise:A`; the roster calls it `QY-A`. Towns have no codes of their
own: theirs is made of the name, so that the same town has the same code in every draw.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final

from django.utils.translation import gettext as _

from mingcha.basics.selectors import parameters
from mingcha.planning.models.scopes import Scoped
from mingcha.planning.plans import scope
from mingcha.registry import sizes
from mingcha.registry.models import Grading, Subject

#: What may be published of a firm beside its kind, by the names that the parameter lists.
PUBLIC_STRATA: Final = "DRAW_PUBLIC_STRATA"
KINDS: Final = {
    Subject.Kind.ENTERPRISE: "QY",
    Subject.Kind.HOUSEHOLD: "GTH",
    Subject.Kind.COOPERATIVE: "HZS",
    Subject.Kind.NON_ENTERPRISE: "MFDW",
    Subject.Kind.PUBLIC_BODY: "JGSY",
    Subject.Kind.PROJECT: "GCXM",
}
KIND_LABELS: Final = {code: kind.label for kind, code in KINDS.items()}
#: A firm of which the register does not say it.
UNSAID: Final = "X"
_TOWN_DIGITS: Final = 8


def code_of(planned: str, stratify: str) -> str:
    """The roster's code of a stratum that a task calls `planned`."""
    kind, _colon, part = planned.partition(":")
    start = KINDS[Subject.Kind(kind)]
    if not part:
        return start
    if part in (scope.UNKNOWN, scope.NO_GRADE):
        return f"{start}-{UNSAID}"
    if stratify == Scoped.Stratify.INDUSTRY:
        part = f"H{part}"  # so that 门类 A is not taken for grade A
    if stratify == Scoped.Stratify.TOWN:
        part = "T" + sha256(part.encode()).hexdigest()[:_TOWN_DIGITS].upper()
    return f"{start}-{part}"


def codes_and_labels(planned: Iterable[str], stratify: str) -> dict[str, tuple[str, str]]:
    """Task's code → the roster's code and the stratum in words."""
    sections = scope.section_names() if stratify == Scoped.Stratify.INDUSTRY else {}
    return {
        code: (code_of(code, stratify), scope.stratum_of(code, stratify, sections).label) for code in planned
    }


def known_labels() -> dict[str, str]:
    """Words for every code but those of towns, for pages that have a sealed file and nothing else."""
    found = {code: str(label) for code, label in KIND_LABELS.items()}
    sections = scope.section_names()
    parts = {
        Scoped.Stratify.HRSS: Grading.GRADES[Grading.System.HRSS],
        Scoped.Stratify.SIZE: tuple(str(size) for size in sizes.FLOORS),
        Scoped.Stratify.INDUSTRY: tuple(sections),
    }
    for kind, start in KINDS.items():
        found[f"{start}-{UNSAID}"] = _("%(kind)s · 没有登记或没有评定") % {"kind": kind.label}
        for stratify, each in parts.items():
            for part in each:
                code = f"{kind.value}:{part}"
                found[code_of(code, stratify)] = scope.stratum_of(code, stratify, sections).label
    return found


def label_of(code: str, sealed: Mapping[str, str]) -> str:
    """A stratum in words: as it was sealed, else by its kind, else its code."""
    return sealed.get(code) or str(KIND_LABELS.get(code, code))


def is_publishable(stratify: str) -> bool:
    """Whether the bureau publishes what it stratifies by; the kind alone always is."""
    if stratify == Scoped.Stratify.NONE:
        return True
    return str(Scoped.Stratify(stratify).label) in parameters.value(PUBLIC_STRATA).as_list()
