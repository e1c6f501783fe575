"""Lists on screen: items, changes of the list, changes of the law, superiors' lists."""

from mingcha.items.registers.flags import FlagRegister
from mingcha.items.registers.items import ItemRegister
from mingcha.items.registers.revisions import RevisionRegister
from mingcha.items.registers.superiors import SuperiorRegister

__all__ = ["FlagRegister", "ItemRegister", "RevisionRegister", "SuperiorRegister"]
