"""The verbs of the item list."""

from mingcha.items.services.confirming import confirm
from mingcha.items.services.flags import flag_bindings, flag_repealed, review
from mingcha.items.services.listing import propose, publish, send_back, stop, submit_again, withdraw
from mingcha.items.services.versions import change_draft, create_item, discard_draft, draft_next

__all__ = [
    "change_draft",
    "confirm",
    "create_item",
    "discard_draft",
    "draft_next",
    "flag_bindings",
    "flag_repealed",
    "propose",
    "publish",
    "review",
    "send_back",
    "stop",
    "submit_again",
    "withdraw",
]
