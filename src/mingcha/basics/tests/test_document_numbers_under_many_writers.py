"""Many at once: every number once, none left out, nobody locked out; on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from mingcha.base.events import Thing
from mingcha.base.viewers import System
from mingcha.basics.models import DocumentNumber, NumberSeries
from mingcha.basics.selectors.numbers import gaps
from mingcha.basics.services import numbers

SYSTEM = System(purpose="tests")
WRITERS, EACH = 6, 8


@pytest.mark.django_db(transaction=True)
def test_six_writers_get_consecutive_numbers() -> None:
    NumberSeries.objects.create(
        code="rush", label="文书", issuer="石栾", pattern="{issuer}〔{year}〕{number}号"
    )

    def write(writer: int) -> list[str]:
        try:
            return [
                numbers.issue(
                    actor=SYSTEM,
                    series="rush",
                    thing=Thing(type="demo.thing", id=writer * 100 + turn),
                    on=date(2026, 11, 23),
                ).text
                for turn in range(EACH)
            ]
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        given = [text for texts in pool.map(write, range(WRITERS)) for text in texts]
    assert sorted(given) == sorted(f"石栾〔2026〕{number}号" for number in range(1, WRITERS * EACH + 1))
    assert gaps("rush", 2026) == []
    assert DocumentNumber.objects.count() == WRITERS * EACH
