"""The verbs of dispatching: list the tasks, hand them on, confirm them, change teams, take them back."""

from mingcha.planning.services.dispatch.arranging import arrange, move_visit
from mingcha.planning.services.dispatch.asking import (
    Grounds,
    ask_drop_out,
    ask_replacement,
    ask_reserve,
    drop_replacements,
    propose_replacements,
    withdraw,
)
from mingcha.planning.services.dispatch.changing import approve, reject
from mingcha.planning.services.dispatch.companions import add_companions, keep_away, remove_companion
from mingcha.planning.services.dispatch.moving import confirm, confirm_part, dispatch, withdraw_all
from mingcha.planning.services.dispatch.preparing import prepare_draw, prepare_list

__all__ = [
    "Grounds",
    "add_companions",
    "approve",
    "arrange",
    "ask_drop_out",
    "ask_replacement",
    "ask_reserve",
    "confirm",
    "confirm_part",
    "dispatch",
    "drop_replacements",
    "keep_away",
    "move_visit",
    "prepare_draw",
    "prepare_list",
    "propose_replacements",
    "reject",
    "remove_companion",
    "withdraw",
    "withdraw_all",
]
