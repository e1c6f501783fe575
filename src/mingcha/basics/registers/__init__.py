"""The register pages of basics, one module a subject."""

from mingcha.basics.registers.approvals import ApprovalRegister, RouteRegister
from mingcha.basics.registers.deadlines import DeadlineRegister, RuleRegister
from mingcha.basics.registers.numbers import NumberRegister, SeriesRegister
from mingcha.basics.registers.parameters import ParameterRegister, UnconfirmedRegister

__all__ = [
    "ApprovalRegister",
    "DeadlineRegister",
    "NumberRegister",
    "ParameterRegister",
    "RouteRegister",
    "RuleRegister",
    "SeriesRegister",
    "UnconfirmedRegister",
]
