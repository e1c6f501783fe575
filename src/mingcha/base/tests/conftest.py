from collections import defaultdict

import pytest

from mingcha.base import events
from mingcha.base import service as services
from mingcha.base.service import Happening


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> list[list[Happening]]:
    """What the sinks were given, one list a time; the ledger itself stands aside."""
    batches: list[list[Happening]] = []
    monkeypatch.setattr(services, "_sinks", [lambda happenings: batches.append(list(happenings))])
    return batches


@pytest.fixture
def no_handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only handlers that the test itself registers."""
    monkeypatch.setattr(events, "_handlers", defaultdict(list))
