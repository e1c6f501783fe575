"""Codes of the rules of terms that run around an inspection (`basics.DeadlineRule`; domain §3)."""

from __future__ import annotations

from typing import Final

#: To be visited within the approved period.
VISIT_WINDOW: Final = "VISIT_WINDOW"
#: What was found is to be handed in after the visit.
RECORD_ENTRY: Final = "RECORD_ENTRY"
#: What was handed in is to be reviewed.
RESULT_REVIEW: Final = "RESULT_REVIEW"
#: The result is to be public after the end of the inspection.
PUBLICATION: Final = "T24"
#: What could not be served is as good as served when its announcement has stood so long.
ANNOUNCED: Final = "T14"
