"""The names that the files of the initial list use; one file `rsNN.py` holds one `ITEM`."""

from mingcha.items.content import Content as Item
from mingcha.items.content import Exemption, Material, Outcome, Point

__all__ = ["Exemption", "Item", "Material", "Outcome", "Point"]
