"""The verbs of a draw, in the order of its life: plan, seal, enter digits, confirm (draw), open, void.

Every verb decides through `lifecycle.DRAW_LIFECYCLE`, records a duty where separation matters, and
writes the public register in the same transaction.
"""

from mingcha.planning.services import campaigns, dispatch, plans
from mingcha.planning.services.complete import confirm_digits
from mingcha.planning.services.delivering import record_delivery
from mingcha.planning.services.digits import Present, enter_digits, return_digits
from mingcha.planning.services.drafting import change_draw, plan_draw
from mingcha.planning.services.fallback import use_fallback
from mingcha.planning.services.opening import open_result, read_secret
from mingcha.planning.services.photos import add_photo
from mingcha.planning.services.repeating import agree_to_repeat, plan_supplement
from mingcha.planning.services.sealing import seal
from mingcha.planning.services.trials import delete_trial, try_out
from mingcha.planning.services.void_values import record_void_value
from mingcha.planning.services.voiding import abandon, drop, void

__all__ = [
    "Present",
    "abandon",
    "add_photo",
    "agree_to_repeat",
    "campaigns",
    "change_draw",
    "confirm_digits",
    "delete_trial",
    "dispatch",
    "drop",
    "enter_digits",
    "open_result",
    "plan_draw",
    "plan_supplement",
    "plans",
    "read_secret",
    "record_delivery",
    "record_void_value",
    "return_digits",
    "seal",
    "try_out",
    "use_fallback",
    "void",
]
