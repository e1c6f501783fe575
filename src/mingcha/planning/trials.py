"""A trial of a draft: the kernel draws from what a seal would freeze now, with a value made for the trial."""

from __future__ import annotations

import secrets
from typing import Any

from mingcha.kernel import draw as ssj
from mingcha.kernel.refusal import Refusal
from mingcha.planning import lifecycle
from mingcha.planning.campaigns.strata import label_of
from mingcha.planning.freezing import People, fresh_codes, frozen, rows_of
from mingcha.planning.models import Draw
from mingcha.planning.roster import Preview

#: Stands where a draw has its number; the public register never gives it.
TRIAL_ID = "TRIAL"
#: Whatever the draw's own source is: nobody can take the numbers of a trial for those of a lottery.
DICE = ssj.Source("dice", "1", ssj.PATTERNS["dice"])
BALLS = 20
#: Without these there is nothing to be drawn or nobody to go; all else that a seal asks for, a trial shows.
_GUARDS = (lifecycle.ROSTER_HAS_ELIGIBLE, lifecycle.SOMETHING_IS_DRAWN, lifecycle.ENOUGH_PEOPLE)


def obstacles(facts: lifecycle.DrawFacts) -> tuple[Refusal, ...]:
    """Why nothing can be tried."""
    found = (guard.check(facts) for guard in _GUARDS)
    return tuple(refusal for refusal in found if refusal is not None)


def throw_away_value() -> str:
    """Twenty digits for one trial. No draw ever takes its value from the server (draw protocol §5.1)."""
    return f"{secrets.randbelow(10**BALLS):0{BALLS}d}"


def outcome(draw: Draw, seen: Preview, value: str) -> dict[str, Any]:
    """What the draft would give with this value, for the trial's page and of plain values alone:

    `strata`: label, rows, eligible, drawn, reserves; `firms`: seq, name, id, stratum, team, short (how many
    are lacking); `reserves`: name, id, stratum; `loads`: name, firms, most (by name, nobody is ranked).
    """
    people = fresh_codes(seen.available)
    sealed = frozen(draw, TRIAL_ID, rows_of(draw, seen, people), [DICE], {})
    drawn = ssj.reveal(sealed.files, [value]).draw
    return {
        "strata": [
            {
                "label": label_of(stratum.code, seen.labels),
                "rows": stratum.rows,
                "eligible": stratum.eligible,
                "drawn": len(stratum.drawn),
                "reserves": len(stratum.reserves),
            }
            for stratum in drawn.strata
        ],
        **_who_goes_where(drawn, seen, people, draw.per_target),
    }


def _who_goes_where(drawn: ssj.Draw, seen: Preview, people: People, wanted: int) -> dict[str, Any]:
    names = {entry.row.id: entry.name for entry in seen.entries}
    pairing = drawn.pairing
    assert pairing is not None  # noqa: S101  the files about inspectors are always frozen
    reserves = [ticketed for stratum in drawn.strata for ticketed in stratum.reserves]
    teams = [pairing.team_ids(number) for number in range(len(drawn.drawn))]
    loads = zip(pairing.ids, pairing.load, pairing.capacity, strict=True)
    return {
        "firms": [
            {
                "seq": seq,
                **_firm(ticketed, names, seen),
                "team": [people[code].inspector.name for code in team],
                "short": wanted - len(team),
            }
            for seq, (ticketed, team) in enumerate(zip(drawn.drawn, teams, strict=True), start=1)
        ],
        "reserves": [_firm(ticketed, names, seen) for ticketed in reserves],
        "loads": sorted(
            (
                {"name": people[code].inspector.name, "firms": firms, "most": most}
                for code, firms, most in loads
            ),
            key=lambda load: str(load["name"]),
        ),
    }


def _firm(ticketed: Any, names: dict[str, str], seen: Preview) -> dict[str, str]:
    stratum = str(label_of(ticketed.row.stratum, seen.labels))
    return {"name": names[ticketed.id], "id": ticketed.id, "stratum": stratum}
