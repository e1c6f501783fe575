"""The register pages of 一单两库, one file per register."""

from mingcha.registry.registers.bulk import BulkChangeRegister
from mingcha.registry.registers.claims import ClaimRegister
from mingcha.registry.registers.duplicates import MergeRegister, SuspicionRegister
from mingcha.registry.registers.inspectors import InspectorRegister, LeaveRegister
from mingcha.registry.registers.recusals import RecusalRegister
from mingcha.registry.registers.subjects import SubjectRegister
from mingcha.registry.registers.tags import TagRegister
from mingcha.registry.registers.visits import VisitRegister

__all__ = [
    "BulkChangeRegister",
    "ClaimRegister",
    "InspectorRegister",
    "LeaveRegister",
    "MergeRegister",
    "RecusalRegister",
    "SubjectRegister",
    "SuspicionRegister",
    "TagRegister",
    "VisitRegister",
]
