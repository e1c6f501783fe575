"""Personal values that a person may look at for a few minutes, after having said what for (N10).

The service that records the looking comes first; this only remembers it in the person's session.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.http import HttpRequest

from mingcha.base import clock

#: How long what was revealed stays readable.
REVEALED_FOR = timedelta(minutes=10)
#: Where the session keeps what was revealed, and until when.
_REVEALED = "revealed"


def reveal(request: HttpRequest, row: models.Model) -> None:
    """Let the values of this row stay readable for whoever asked."""
    held = request.session.get(_REVEALED, {})
    request.session[_REVEALED] = {**held, _key(row): (clock.now() + REVEALED_FOR).isoformat()}


def is_revealed(request: HttpRequest, row: models.Model) -> bool:
    """Whether this person has said what for within the last minutes."""
    until = request.session.get(_REVEALED, {}).get(_key(row))
    return until is not None and datetime.fromisoformat(until) > clock.now()


def _key(row: models.Model) -> str:
    return f"{row._meta.label_lower}:{row.pk}"
