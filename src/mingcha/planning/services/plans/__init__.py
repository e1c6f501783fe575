"""The verbs of a year's plan: draft, lines, freeze, submit; what follows from the approval; new versions."""

from mingcha.planning.services.plans.base import freeze_base, keep_base
from mingcha.planning.services.plans.drafting import change_plan, draft_plan, new_version
from mingcha.planning.services.plans.lines import add_line, change_line, remove_line, set_rates
from mingcha.planning.services.plans.moving import approved, drop, given_back, stop, submit
from mingcha.planning.services.plans.superior import confirm_superior_list, receive_superior_list

__all__ = [
    "add_line",
    "approved",
    "change_line",
    "change_plan",
    "confirm_superior_list",
    "draft_plan",
    "drop",
    "freeze_base",
    "given_back",
    "keep_base",
    "new_version",
    "receive_superior_list",
    "remove_line",
    "set_rates",
    "stop",
    "submit",
]
