"""The register pages of 一单两库, one file per register."""

from mingcha.registry.registers.inspectors import InspectorRegister
from mingcha.registry.registers.recusals import RecusalRegister
from mingcha.registry.registers.subjects import SubjectRegister

__all__ = ["InspectorRegister", "RecusalRegister", "SubjectRegister"]
