"""The plugin in ledger/testing.py: tests that really commit leave an empty, protected ledger behind."""

import pytest
from django.db import connection

from mingcha.ledger import protection
from mingcha.ledger.models import Record
from mingcha.ledger.testing import ledger_unsealed
from mingcha.ledger.tests.happenings import CLERK, note


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_it_finds_an_empty_and_protected_ledger_every_time(turn):
    assert not Record.objects.exists()
    assert protection.missing() == []
    note(actor=CLERK)


@pytest.mark.django_db
def test_the_ledger_is_sealed_again_even_when_the_block_fails():
    with pytest.raises(ZeroDivisionError), ledger_unsealed():
        assert len(protection.missing()) == len(protection.triggers(connection.vendor))
        raise ZeroDivisionError
    assert protection.missing() == []
