"""Tables of planning, one file per thing."""

from mingcha.planning.models.draws import (
    DRAW_READERS,
    PAIRING_READERS,
    PUBLISHED_STATES,
    DigitsAttempt,
    Draw,
    DrawFile,
    DrawPerson,
    DrawTarget,
    RegisterLine,
    TeamMember,
)

__all__ = [
    "DRAW_READERS",
    "DigitsAttempt",
    "Draw",
    "DrawFile",
    "DrawPerson",
    "DrawTarget",
    "PAIRING_READERS",
    "PUBLISHED_STATES",
    "RegisterLine",
    "TeamMember",
]
