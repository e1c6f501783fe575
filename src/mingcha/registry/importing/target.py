"""One register as lists see it, and that it has moved meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Sequence
from typing import Any, Protocol

from django.db import models

from mingcha.registry.importing.drafts import Draft, Fresh, Packed
from mingcha.registry.models import ImportBatch, Staged
from mingcha.registry.sheets import ReadRow


class Target(Protocol):
    """One register as lists see it."""

    @property
    def model(self) -> type[models.Model]:
        """What its rows become."""

    @property
    def staged(self) -> type[Staged]:
        """The staging table of its rows."""

    def look_up(self, rows: Sequence[ReadRow | Packed]) -> Any:
        """What the register knows of the objects that some rows speak of; `knows(packed)` says whether."""

    def match(self, batch: ImportBatch, drafts: Sequence[Draft], known: Any) -> None:
        """Compare rows with what was looked up: decide on each action, note what it changes."""

    def insert(self, batch: ImportBatch, drafts: Sequence[Draft], fresh: Sequence[Fresh]) -> None:
        """Write rows into the staging table; new objects get their ids where they need them beforehand."""

    def again(self, batch: ImportBatch, row: Any) -> Draft:
        """A staged row as a draft, compared anew with the register."""

    def stale(self, batch: ImportBatch) -> list[int]:
        """Positions of rows whose objects were changed, or entered by somebody else, since."""

    def prepare(self, batch: ImportBatch, pause: Callable[[], None]) -> None:
        """What can be done before the one transaction, in short ones; `pause` is called between them."""

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
    """The register is not any more as it was when the rows were compared with it; nothing was written.

    `refused`: positions of rows that it refused, as far as that is known.
    """

    def __init__(self, refused: Sequence[int] = ()) -> None:
        super().__init__()
        self.refused = tuple(refused)
