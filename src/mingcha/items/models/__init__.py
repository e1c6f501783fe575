"""Tables of the item list, one file per thing."""

from mingcha.items.models.audience import LIST_WORKERS
from mingcha.items.models.flags import BasisFlag
from mingcha.items.models.items import Item, ItemVersion
from mingcha.items.models.parts import Basis, CheckPoint, Exemption, Material, Outcome
from mingcha.items.models.revisions import ListRevision
from mingcha.items.models.superiors import SuperiorList, SuperiorRow

__all__ = [
    "LIST_WORKERS",
    "Basis",
    "BasisFlag",
    "CheckPoint",
    "Exemption",
    "Item",
    "ItemVersion",
    "ListRevision",
    "Material",
    "Outcome",
    "SuperiorList",
    "SuperiorRow",
]
