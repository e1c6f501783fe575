"""The verbs of dispatching: list the tasks, hand them on, confirm them, take them back."""

from mingcha.planning.services.dispatch.arranging import arrange, move_visit
from mingcha.planning.services.dispatch.companions import add_companions, remove_companion
from mingcha.planning.services.dispatch.moving import confirm, dispatch, withdraw_all
from mingcha.planning.services.dispatch.preparing import prepare_draw, prepare_list

__all__ = [
    "add_companions",
    "arrange",
    "confirm",
    "dispatch",
    "move_visit",
    "prepare_draw",
    "prepare_list",
    "remove_companion",
    "withdraw_all",
]
