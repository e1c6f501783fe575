"""What a higher app adds to a lead: the ways on from it, and what was done about it.

    ways.buttons.register("inspection")(lambda viewer, lead: [Action(_("拟定检查"), …)])
    ways.followed.register("inspection")(lambda viewer, lead: (Followed(…) for … in inspections_of(lead)))

While something that `followed` names is still open, nobody closes the lead by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from mingcha.base.viewers import Officer, Viewer
from mingcha.leads.models import Lead
from mingcha.web.components import Action
from mingcha.web.providers import Providers
from mingcha.web.text import Text


@dataclass(frozen=True)
class Followed:
    """One thing that was made of a lead, such as an inspection; `day` is when it was made."""

    kind: Text
    title: Text
    state: Text
    day: date
    url: str = ""
    open: bool = False


#: (officer, lead) → Action…: buttons on the lead's page; empty for a state in which nothing can be made.
buttons: Providers[Callable[[Officer, Lead], Iterable[Action]]] = Providers()
#: (viewer, lead) → Followed…: what was made of it.
followed: Providers[Callable[[Viewer, Lead], Iterable[Followed]]] = Providers()
