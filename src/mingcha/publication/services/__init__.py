"""The verbs of publication."""

from mingcha.publication.services.preparing import Document, prepare
from mingcha.publication.services.publishing import publish, return_, take_down_run_out, withdraw

__all__ = ["Document", "prepare", "publish", "return_", "take_down_run_out", "withdraw"]
