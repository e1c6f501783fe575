"""The verbs of a campaign: draft, submit; what follows from approval, draw and dispatch; its end."""

from mingcha.planning.services.campaigns.drafting import (
    add_paper,
    change_campaign,
    draft_campaign,
    draft_from_plan,
)
from mingcha.planning.services.campaigns.moving import (
    approved,
    cancel,
    close,
    drop,
    given_back,
    record_dispatch,
    record_draw,
    submit,
)
from mingcha.planning.services.campaigns.sharing import share_out
from mingcha.planning.services.campaigns.superior import (
    confirm_superior_draw,
    decide_target,
    match_superior_draw,
    receive_superior_draw,
)

__all__ = [
    "add_paper",
    "approved",
    "cancel",
    "change_campaign",
    "close",
    "confirm_superior_draw",
    "decide_target",
    "draft_campaign",
    "draft_from_plan",
    "drop",
    "given_back",
    "match_superior_draw",
    "receive_superior_draw",
    "record_dispatch",
    "record_draw",
    "share_out",
    "submit",
]
