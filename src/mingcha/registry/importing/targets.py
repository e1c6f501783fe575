"""What differs between the registers that lists go into; everything else is the same for all."""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence
from typing import Any, Protocol

from django.db import models

from mingcha.registry.importing.drafts import Draft
from mingcha.registry.models import ImportBatch, Staged


class Target(Protocol):
    """One register as lists see it."""

    @property
    def model(self) -> type[models.Model]:
        """What its rows become."""

    @property
    def staged(self) -> type[Staged]:
        """The staging table of its rows."""

    def match(self, batch: ImportBatch, drafts: Sequence[Draft]) -> None:
        """Compare rows with the register: decide on each action, note what it changes."""

    def number(self, drafts: Sequence[Draft]) -> None:
        """Give new objects their ids where they need them beforehand."""

    def insert(self, batch: ImportBatch, drafts: Sequence[Draft]) -> None:
        """Write rows into the staging table."""

    def again(self, batch: ImportBatch, row: Any) -> Draft:
        """A staged row as a draft, compared anew with the register."""

    def stale(self, batch: ImportBatch) -> list[int]:
        """Positions of rows whose objects were changed, or entered by somebody else, since."""

    def brings(self, batch: ImportBatch) -> Collection[str]:
        """What the rows bring at all, so that writing asks for nothing else."""

    def write(self, batch: ImportBatch, brings: Collection[str]) -> None:
        """Write all rows into the register, inside a transaction. Raises `Stale` when one has changed."""

    def digest(self, batch: ImportBatch) -> str:
        """The digest over what will be written."""

    def turn_round(
        self, original: ImportBatch, first: int, count: int, sealed: Container[int]
    ) -> list[Draft]:
        """Rows of a written batch, from position `first` on, as rows of its inverse.

        `sealed`: ids of subjects that stand in sealed rosters and are left alone.
        """


class Stale(Exception):  # noqa: N818  an outcome, not a fault
    """The register is not any more as it was when the rows were compared with it; nothing was written."""


def of(batch: ImportBatch) -> Target:
    """The target of a batch."""
    from mingcha.registry.importing.projects import PROJECTS
    from mingcha.registry.importing.small_registers import SMALL
    from mingcha.registry.importing.subject_target import SUBJECTS

    if batch.register == ImportBatch.Register.PROJECTS:
        return PROJECTS
    return SMALL.get(batch.register) or SUBJECTS
