"""Initial data: the number series of draws. Loading again changes nothing."""

from __future__ import annotations

from mingcha.base.viewers import Viewer
from mingcha.basics.models import NumberSeries
from mingcha.basics.services import numbers
from mingcha.planning.services.sealing import NUMBER_SERIES


def load(actor: Viewer) -> int:
    """Enter what is missing; returns how many rows were added."""
    if NumberSeries.objects.filter(code=NUMBER_SERIES).exists():
        return 0
    numbers.set_series(
        actor=actor,
        code=NUMBER_SERIES,
        label="抽取编号",
        issuer="RS",
        # The bureau's division code goes in front (SSJ-1 §7.2: 区划码-部门-年-序号).
        pattern="{issuer}-{year}-{number:04d}",
        source="SSJ-1 §7.2",
    )
    return 1
