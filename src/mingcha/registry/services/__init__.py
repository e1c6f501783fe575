"""The verbs of the two registers, one file per thing."""

from mingcha.registry.services.inspectors import (
    INSPECTOR_FIELDS,
    INSPECTOR_KEEPERS,
    change_inspector,
    enter_inspector,
)
from mingcha.registry.services.recusals import RECUSAL_FIELDS, change_recusal, declare_recusal
from mingcha.registry.services.subjects import (
    PUBLIC_NUMBER_SERIES,
    SUBJECT_FIELDS,
    SUBJECT_KEEPERS,
    change_subject,
    enter_subject,
)

__all__ = [
    "INSPECTOR_FIELDS",
    "INSPECTOR_KEEPERS",
    "PUBLIC_NUMBER_SERIES",
    "RECUSAL_FIELDS",
    "SUBJECT_FIELDS",
    "SUBJECT_KEEPERS",
    "change_inspector",
    "change_recusal",
    "change_subject",
    "declare_recusal",
    "enter_inspector",
    "enter_subject",
]
