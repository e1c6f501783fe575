"""What the guards of an inspection look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DraftFacts:
    """What decides whether a single inspection may be proposed; by default nothing stands in its way.

    sources      accepted leads that it is made of
    going        certified people who may go through the whole window; of a visit that is no inspection, all
    unfit        who was chosen and cannot go, each with why
    lacking      the specialty that an item asks for and nobody who goes has, though somebody of the register
    helped       a helper or an expert goes along
    at_cap       how often the firm was visited this year and how often it may be, once that is reached
    doubt        what is wrong with the reason for not counting (`registry.services.visits.Doubt`)
    unexplained  items that can be looked into without going there, while nothing says why somebody must go
    outside      where the firm is, outside the bureau's division and without a letter of assistance
    meeting      an inspection to come to which this one could be added, while nothing says why not
    added        it is to be added to another inspection, with that one's people and days
    counted      the yearly cap counts it (日常检查), so no reason carries it beyond
    """

    sources: int = 1
    going: int = 2
    unfit: tuple[str, ...] = ()
    lacking: str = ""
    helped: bool = False
    at_cap: str = ""
    doubt: str = ""
    unexplained: tuple[str, ...] = ()
    outside: str = ""
    meeting: str = ""
    added: bool = False
    counted: bool = True


@dataclass(frozen=True)
class InspectionFacts:
    """What the guards look at.

    people        inspectors of its team with a certificate that is valid today, none recused
    items         items that are published and in force today
    stale_items   codes of those that are no longer
    entered       a check-in, or a lawful exception with its reason, is on record
    was_there     whoever acts has been on the visit
    stays_away    the firm's application that whoever acts stays away was granted
    wrote         whoever acts has written of the record, or submitted it
    others        who may review instead of whoever acts, in words
    reviews_it    the roles of whoever acts reach the section that led
    open_points   what the record still lacks, each in words
    conflicts     fields for which two values stand
    draft         what is asked before it is proposed
    """

    today: date = date(2000, 1, 1)
    visit_from: date = date(2000, 1, 1)
    visit_until: date = date(2000, 1, 1)
    enforcing: bool = True
    people: int = 2
    items: int = 1
    stale_items: tuple[str, ...] = ()
    entered: bool = True
    was_there: bool = False
    stays_away: bool = False
    wrote: bool = False
    others: str = ""
    reviews_it: bool = True
    open_points: tuple[str, ...] = ()
    conflicts: int = 0
    draft: DraftFacts = DraftFacts()
