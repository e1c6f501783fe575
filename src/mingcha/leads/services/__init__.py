"""The verbs of leads. The inspection of a firm begins one and closes it."""

from mingcha.leads.services.deciding import accept, ask_for_more, decline, merge, more_came, send_on, void
from mingcha.leads.services.following import begin_inspection, close, release
from mingcha.leads.services.people import Person, add_paper, add_person, reveal_complainants
from mingcha.leads.services.registering import Registered, change_lead, register_lead
from mingcha.leads.services.serving import answer, serve
from mingcha.leads.services.sorting import ask_void, assess, assign, identify, propose, set_aside

__all__ = [
    "Person",
    "Registered",
    "accept",
    "add_paper",
    "add_person",
    "answer",
    "ask_for_more",
    "ask_void",
    "assess",
    "assign",
    "begin_inspection",
    "change_lead",
    "close",
    "decline",
    "identify",
    "merge",
    "more_came",
    "propose",
    "register_lead",
    "release",
    "reveal_complainants",
    "send_on",
    "serve",
    "set_aside",
    "void",
]
