"""The demo's cast: whom its pages offer for changing roles at one click (`MINGCHA_DEMO_PEOPLE`).

Outside the demo there is nobody, and no address that would take one (project/urls.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class DemoPerson:
    """One login of the demo: its name, the person's name, and what the person is, in words."""

    username: str
    name: str
    role: str


def people() -> tuple[DemoPerson, ...]:
    """Everyone of the cast, in the order in which the demo names them; nobody outside the demo."""
    if not settings.DEMO:
        return ()
    named = (one.split("=") for one in settings.DEMO_PEOPLE.split(",") if one.count("=") == 2)
    return tuple(DemoPerson(username.strip(), name, role) for username, name, role in named)


def person(username: str) -> DemoPerson | None:
    """The one of the cast with this login name; None for anybody else."""
    return next((one for one in people() if one.username == username), None)
