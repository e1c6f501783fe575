"""Where a subject is, and what its code says about another time or place (domain §8.3).

A place is never inferred from a code. What the six digits inside a code once meant is only said beside
it, so that nobody takes 130124 for the place.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from mingcha.accounts.models import Unit, UnitKind
from mingcha.registry.models import Division, Industry, Subject
from mingcha.registry.selectors import facets

_COUNTY = 6
_CITY = 4


@dataclass(frozen=True)
class Place:
    """A subject's place in words: division, town, address, and a note on its code."""

    division: str
    note: str


def place_of(subject: Subject) -> Place:
    """Where a subject is; divisions are remembered for some minutes."""
    registered_at = subject.credit_code[2:8]
    wanted = {code for code in (registered_at, subject.division_code) if code}
    known = {code: row for code in wanted if (row := facets.division(code)) is not None}
    here = known.get(subject.division_code)
    division = f"{here.name}（{here.code}）" if here is not None else subject.division_code
    return Place(division, _note(known.get(registered_at), subject.division_code))


def _note(registered: Division | None, division_code: str) -> str:
    """What the digits in the code mean, where that is not the place itself."""
    if registered is None or registered.code == division_code[:_COUNTY]:
        return ""
    if registered.replaced_by:
        return _("%(code)s 是原%(name)s代码（%(why)s，现 %(now)s），不表示所在地") % {
            "code": registered.code,
            "name": registered.name,
            "why": registered.source,
            "now": registered.replaced_by,
        }
    return _("信用代码中的 %(code)s 是登记机关（%(name)s），不表示所在地") % {
        "code": registered.code,
        "name": registered.name,
    }


def division_choices(keep: str = "") -> list[tuple[str, str]]:
    """County-level divisions of the bureau's own city, its own first; and `keep`, whatever that is."""
    own = Unit.objects.filter(kind=UnitKind.BUREAU).exclude(division_code="").first()
    home = own.division_code if own is not None else ""
    rows = Division.objects.filter(code__startswith=home[:_CITY], replaced_by="").only("code", "name")
    counties = [row for row in rows if len(row.code) == _COUNTY and not row.code.endswith("00")]
    counties.sort(key=lambda row: (row.code != home[:_COUNTY], row.code))
    choices = [(row.code, str(row)) for row in counties]
    for code in (home, keep):
        if code and code not in dict(choices):
            choices.insert(0, (code, _name_of(code)))
    return choices


def _name_of(code: str) -> str:
    known = Division.objects.filter(code=code).first()
    return str(known) if known is not None else code


def towns_of(division_code: str) -> list[str]:
    """Names of towns: those of the reference table, else those in use there."""
    if not division_code:
        return []
    below = Division.objects.filter(parent__startswith=division_code).values_list("name", flat=True)
    used = Subject.objects.current().filter(division_code=division_code).exclude(town="")
    return list(below) or list(used.order_by("town").values_list("town", flat=True).distinct()[:100])


def plain_industry(text: str) -> str:
    """The one form in which codes are kept: digits without the letter of their section, or that letter."""
    code = text.strip().split(" ")[0].upper()
    return code[1:] if code[:1].isalpha() and code[1:] else code


def industry_name(code: str) -> str:
    """ "7263 劳务派遣服务", or the code as it stands; names are remembered for some minutes."""
    found = facets.industry(code) if code else None
    return f"{code} {found.name}" if found is not None else code


def find_industry(text: str) -> Industry | None:
    """The industry of a code with or without its section letter, or of an exact name."""
    found = Industry.objects.filter(code=plain_industry(text)).first()
    return found or Industry.objects.filter(name=text.strip()).first()
