"""What an item says, as one value: what people edit, what a version keeps, what two versions differ in.

Citations are written in the official form (《劳动合同法》第十七条第一款第（三）项) and are checked
against the law library when a version is written.
"""

from __future__ import annotations

from dataclasses import dataclass

from mingcha.basics.models.common import Trust


@dataclass(frozen=True)
class Point:
    """One thing that an inspector looks at (检查要点).

    question     answered by one look
    standard     when it is satisfied
    answer       yes_no, number, money, date, text, choice or count
    bases        what the duty rests on
    consequence  what follows from a breach, with its own bases
    off_site     data suffice, nobody has to go there
    """

    question: str
    standard: str
    answer: str
    bases: tuple[str, ...]
    consequence: str
    consequence_bases: tuple[str, ...] = ()
    off_site: bool = False
    choices: tuple[str, ...] = ()
    trust: Trust = Trust.DESIGN


@dataclass(frozen=True)
class Material:
    """A paper or file that is looked at. One that the bureau holds itself is never asked of the firm."""

    name: str
    why: str
    held_by_bureau: bool = False
    holder: str = ""


@dataclass(frozen=True)
class Outcome:
    """A result (code of domain §2.5) and the lawful ways forward from it.

    ways  none, order (责令改正), case (立案), transfer (移送), notify (抄告), educate (说理教育)
    """

    result: str
    ways: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Exemption:
    """When a breach is not punished (监管容错), and when that never holds."""

    condition: str
    bases: tuple[str, ...]
    except_when: str = ""


@dataclass(frozen=True, kw_only=True)
class Content:
    """Everything that a version of an item says.

    key         重点 rather than 一般
    kinds       codes of `registry.Subject.Kind`
    manners     on_site, paper, network, off_site
    specialty   code of `registry.Specialty`, empty for none
    body        bureau (机关), authorised (授权) or delegated (委托)
    cap         visits a year at most, None for the general rule
    unverified  sources whose text nobody has read: shown as 待确认
    """

    code: str
    name: str
    family: str
    key: bool
    kinds: tuple[str, ...]
    kinds_note: str
    manners: tuple[str, ...]
    body: str
    body_name: str
    bases: tuple[str, ...]
    points: tuple[Point, ...]
    materials: tuple[Material, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    specialty: str = ""
    cap: int | None = None
    ratio_note: str = ""
    trust: Trust = Trust.DESIGN
    unverified: tuple[str, ...] = ()
