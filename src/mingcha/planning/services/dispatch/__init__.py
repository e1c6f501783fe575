"""The verbs of dispatching: list the tasks, hand them on, confirm them, take them back."""

from mingcha.planning.services.dispatch.arranging import arrange, move_visit
from mingcha.planning.services.dispatch.moving import confirm, dispatch, withdraw_all
from mingcha.planning.services.dispatch.preparing import prepare_draw, prepare_list

__all__ = ["arrange", "confirm", "dispatch", "move_visit", "prepare_draw", "prepare_list", "withdraw_all"]
