"""The register pages of 一单两库, one file per register."""

from mingcha.registry.registers.inspectors import InspectorRegister, LeaveRegister
from mingcha.registry.registers.recusals import RecusalRegister
from mingcha.registry.registers.subjects import SubjectRegister
from mingcha.registry.registers.visits import VisitRegister

__all__ = ["InspectorRegister", "LeaveRegister", "RecusalRegister", "SubjectRegister", "VisitRegister"]
