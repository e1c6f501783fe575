"""A chart is a small table: what stands in it is always readable beside the picture, and without scripts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from mingcha.web.text import Text

Shape = Literal["line", "bar", "limit"]


@dataclass(frozen=True)
class Series:
    """One row of numbers, None where there is none yet. A `limit` is a broken line across."""

    name: Text
    values: Sequence[int | None]
    shape: Shape = "bar"


@dataclass(frozen=True)
class Chart:
    """Series over the same labels; `unit` is what the numbers count, `title` says what the chart tells."""

    title: Text
    unit: Text
    label: Text
    labels: Sequence[Text]
    series: Sequence[Series]

    def __post_init__(self) -> None:
        if any(len(one.values) != len(self.labels) for one in self.series):
            raise ValueError("every series has one value for each label")

    @property
    def data(self) -> str:
        """What the script draws, as JSON."""
        return json.dumps(
            {
                "unit": str(self.unit),
                "labels": [str(label) for label in self.labels],
                "series": [
                    {"name": str(one.name), "values": list(one.values), "shape": one.shape}
                    for one in self.series
                ],
            },
            ensure_ascii=False,
        )

    @property
    def rows(self) -> list[tuple[Text, list[int | None]]]:
        """One row of the table for each label."""
        return [
            (label, [one.values[place] for one in self.series]) for place, label in enumerate(self.labels)
        ]
