"""What differs between the registers that lists go into; everything else is the same for all."""

from __future__ import annotations

from mingcha.registry.importing.object_registers import BY_OBJECT
from mingcha.registry.importing.people_targets import LEAVES, RECUSALS
from mingcha.registry.importing.projects import PROJECTS
from mingcha.registry.importing.subject_target import SUBJECTS
from mingcha.registry.importing.target import Stale, Target
from mingcha.registry.models import ImportBatch

__all__ = ["Stale", "Target", "of"]

_OWN: dict[str, Target] = {"projects": PROJECTS, "leaves": LEAVES, "recusals": RECUSALS}


def of(batch: ImportBatch) -> Target:
    """The target of a batch."""
    return _OWN.get(batch.register) or BY_OBJECT.get(batch.register) or SUBJECTS
