"""Tests begin with initial data that was entered once; the copy must not differ from it in any row."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import transaction

from mingcha.base import clock, testing

pytestmark = pytest.mark.django_db
MODULES = ("accounts.initial", "basics.initial")


class Undone(Exception):
    """Ends a block whose work is taken back."""


def entered() -> testing.Content:
    """What the database holds after loading, which is taken back again."""
    content: testing.Content = {}
    with pytest.raises(Undone), transaction.atomic():
        testing.load_initial(*MODULES)
        content = testing._content()
        raise Undone
    return content


def test_a_copy_is_row_for_row_what_was_entered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(testing, "_KNOWN", {})
    with clock.using(clock.FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=clock.SHANGHAI))):
        first = entered()
        monkeypatch.setattr(testing, "import_module", None)
        assert entered() == first
    assert len(first["basics_parameter"]) > 100


def test_data_is_entered_anew_where_the_tables_stand_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(testing, "_KNOWN", {})
    with clock.using(clock.FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=clock.SHANGHAI))):
        entered()
        testing.load_initial(*MODULES)
        count = len(testing._rows("basics_parametervalue"))
        monkeypatch.setattr(testing, "_repeat", None)
        testing.load_initial(*MODULES)
    assert len(testing._rows("basics_parametervalue")) == count
