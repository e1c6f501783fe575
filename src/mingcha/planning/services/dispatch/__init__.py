"""The verbs of dispatching: list tasks, hand them on, confirm, change teams, take them back, visit."""

from mingcha.planning.services.dispatch.arranging import arrange, move_visit
from mingcha.planning.services.dispatch.asking import (
    Grounds,
    ask_drop_out,
    ask_recusal,
    ask_replacement,
    ask_reserve,
    drop_replacements,
    propose_replacements,
    withdraw,
)
from mingcha.planning.services.dispatch.changing import approve, reject
from mingcha.planning.services.dispatch.companions import add_companions, keep_away, remove_companion
from mingcha.planning.services.dispatch.extending import ask_extension, extended, not_extended
from mingcha.planning.services.dispatch.moving import confirm, confirm_part, dispatch, withdraw_all
from mingcha.planning.services.dispatch.preparing import prepare_draw, prepare_list
from mingcha.planning.services.dispatch.visiting import begin, finish, hold_batch, hold_batches, leave_out

__all__ = [
    "Grounds",
    "add_companions",
    "approve",
    "arrange",
    "ask_drop_out",
    "ask_extension",
    "ask_recusal",
    "ask_replacement",
    "ask_reserve",
    "begin",
    "confirm",
    "confirm_part",
    "dispatch",
    "drop_replacements",
    "extended",
    "finish",
    "hold_batch",
    "hold_batches",
    "keep_away",
    "leave_out",
    "move_visit",
    "not_extended",
    "prepare_draw",
    "prepare_list",
    "propose_replacements",
    "reject",
    "remove_companion",
    "withdraw",
    "withdraw_all",
]
