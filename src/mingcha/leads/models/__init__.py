"""Tables of leads, one file per thing."""

from mingcha.leads.models.leads import LEAD_HANDLERS, LEAD_KEEPERS, LEAD_READERS, OVERSEEING, Lead
from mingcha.leads.models.notices import ANSWERS, LeadNotice, NoticeService
from mingcha.leads.models.people import Complainant, Reporter
from mingcha.leads.models.queries import ProgressWindow

__all__ = [
    "ANSWERS",
    "LEAD_HANDLERS",
    "LEAD_KEEPERS",
    "LEAD_READERS",
    "OVERSEEING",
    "Complainant",
    "Lead",
    "LeadNotice",
    "NoticeService",
    "ProgressWindow",
    "Reporter",
]
