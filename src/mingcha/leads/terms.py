"""The terms of a lead by the codes of their rules (部令25号第十八条; basics/initial/rules.py)."""

from typing import Final

#: Receiving a complaint; receiving anything else; having asked for more; what the forwarding paper states.
COMPLAINED, LOOK, MORE, STATED = "T01", "LEAD_LOOK", "LEAD_MORE", "LEAD_DUE"
#: Telling whoever complains in writing what was decided; and what came of it.
WRITTEN, ANSWERED = "T02", "LEAD_ANSWER"
#: Met by the service of a paper to who complains, and by nothing else.
BY_SERVICE: Final = (WRITTEN, ANSWERED)
