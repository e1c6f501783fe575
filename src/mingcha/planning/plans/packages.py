"""Ready-made tasks for several departments at one firm in one visit: 一业一查 (本局方案二（四）; domain §7).

A package only proposes: it fills in the form of a task, and people change what they like.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import Unit
from mingcha.accounts.models.units import UnitKind
from mingcha.base.viewers import Viewer
from mingcha.items.models import ItemVersion
from mingcha.planning.plans.items import versions_for
from mingcha.registry.models import Licence, Subject
from mingcha.web.text import Text


@dataclass(frozen=True)
class Package:
    """What one trade is inspected for, and with whom.

    items       codes of the item list
    industries  as people type them: sections or codes of GB/T 4754
    partners    a word of each department's name, and what it is called where it is not entered yet
    """

    code: str
    name: Text
    items: tuple[str, ...]
    kinds: tuple[str, ...]
    partners: tuple[tuple[str, Text], ...]
    licences: tuple[str, ...] = ()
    industries: str = ""


@dataclass(frozen=True)
class Proposal:
    """A package with what is there for it: published items, departments that are entered, and what is not."""

    package: Package
    versions: tuple[ItemVersion, ...]
    units: tuple[Unit, ...]
    missing_items: tuple[str, ...]
    missing_partners: tuple[Text, ...]

    def initial(self) -> dict[str, Any]:
        """What the form of a task begins with."""
        return {
            "name": self.package.name,
            "items": [version.pk for version in self.versions],
            "kinds": ",".join(self.package.kinds),
            "licences": ",".join(self.package.licences),
            "industries": self.package.industries,
            "directed": True,
            "joining_units": [unit.pk for unit in self.units],
        }


_ENTERPRISE = Subject.Kind.ENTERPRISE.value
_MARKET = ("市场监督", _("市场监督管理局"))
_FIRE = ("消防", _("消防救援大队"))

PACKAGES = (
    Package(
        code="hr-services",
        name=_("劳务派遣和人力资源服务机构联合抽查"),
        items=("RS09", "RS11"),
        kinds=(_ENTERPRISE,),
        licences=(Licence.Kind.DISPATCH.value, Licence.Kind.HR_SERVICE.value, Licence.Kind.PLACEMENT.value),
        partners=(_MARKET, ("税务", _("税务局"))),
    ),
    Package(
        code="building-sites",
        name=_("建筑工地联合抽查"),
        items=("RS16",),
        kinds=(Subject.Kind.PROJECT.value,),
        partners=(("住房", _("住房和城乡建设局")), ("应急", _("应急管理局"))),
    ),
    Package(
        code="training",
        name=_("民办职业培训机构联合抽查"),
        items=("RS13", "RS15"),
        kinds=(_ENTERPRISE, Subject.Kind.NON_ENTERPRISE.value),
        licences=(Licence.Kind.TRAINING.value,),
        partners=(_MARKET, _FIRE, ("行政审批", _("行政审批局"))),
    ),
    Package(
        code="catering",
        name=_("餐饮住宿业联合抽查"),
        items=("RS02", "RS03", "RS05", "RS06"),
        kinds=(_ENTERPRISE, Subject.Kind.HOUSEHOLD.value),
        industries="H",
        partners=(_MARKET, ("卫生健康", _("卫生健康局")), _FIRE),
    ),
)


def proposals(viewer: Viewer, year: int) -> list[Proposal]:
    """Every package with what is there for it in that year."""
    known = ItemVersion.objects.visible_to(viewer).filter(pk__in=versions_for(year).values("pk"))
    offered = list(known.select_related("item").order_by("item__code", "number"))
    entered = list(Unit.objects.visible_to(viewer).open().filter(kind=UnitKind.PARTNER))
    return [_proposal(package, offered, entered) for package in PACKAGES]


def proposal_named(code: str, viewer: Viewer, year: int) -> Proposal | None:
    """The proposal of the package with this code; None for any other text."""
    return next((one for one in proposals(viewer, year) if one.package.code == code), None)


def _proposal(package: Package, offered: list[ItemVersion], entered: list[Unit]) -> Proposal:
    versions = tuple(version for version in offered if version.item.code in package.items)
    there = {version.item.code for version in versions}
    known = {word: [unit for unit in entered if word in unit.name] for word, _label in package.partners}
    return Proposal(
        package=package,
        versions=versions,
        units=tuple(dict.fromkeys(unit for units in known.values() for unit in units)),
        missing_items=tuple(code for code in package.items if code not in there),
        missing_partners=tuple(label for word, label in package.partners if not known[word]),
    )
