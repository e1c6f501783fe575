"""Initial data: specialties, public numbers, small reference tables. Loading again changes nothing."""

from __future__ import annotations

from mingcha.base.viewers import Viewer
from mingcha.basics.models import NumberSeries
from mingcha.basics.services import numbers
from mingcha.registry import initial_subjects
from mingcha.registry.models import Specialty
from mingcha.registry.services import PUBLIC_NUMBER_SERIES

SPECIALTIES = {
    "ldjc": "劳动用工监察",
    "sbjh": "社保稽核",
    "xyt": "新业态监管",
    "lwpq": "劳务派遣核查",
    "rlzy": "人力资源服务",
    "pxjg": "职业培训",
}


def load(actor: Viewer) -> int:
    """Enter what is missing; returns how many rows were added."""
    added = initial_subjects.load()
    for code, label in SPECIALTIES.items():
        _, created = Specialty.objects.get_or_create(code=code, defaults={"label": label})
        added += created
    if not NumberSeries.objects.filter(code=PUBLIC_NUMBER_SERIES).exists():
        numbers.set_series(
            actor=actor,
            code=PUBLIC_NUMBER_SERIES,
            label="检查对象公开编号（没有统一社会信用代码的）",
            issuer="",
            # Only capitals and digits: it stands in the roster of a draw (SSJ-1 §7.2).
            pattern="G{year}{number:06d}",
            source="SSJ-1 §7.2",
        )
        added += 1
    return added
