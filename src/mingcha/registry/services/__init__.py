"""The verbs of the two registers, one file per thing."""

from mingcha.registry.services.inspectors import (
    INSPECTOR_FIELDS,
    INSPECTOR_KEEPERS,
    LEAVE_FIELDS,
    LEAVE_KEEPERS,
    cancel_leave,
    change_inspector,
    change_leave,
    enter_inspector,
    enter_leave,
)
from mingcha.registry.services.recusals import (
    RECUSAL_FIELDS,
    approve_recusal,
    change_recusal,
    declare_own_recusal,
    declare_recusal,
    reject_recusal,
)
from mingcha.registry.services.subjects import (
    PUBLIC_NUMBER_SERIES,
    SUBJECT_FIELDS,
    SUBJECT_KEEPERS,
    change_subject,
    enter_subject,
)
from mingcha.registry.services.visits import (
    VISIT_FIELDS,
    VISIT_KEEPERS,
    change_visit,
    counts_for_cap,
    record_visit,
)

__all__ = [
    "INSPECTOR_FIELDS",
    "INSPECTOR_KEEPERS",
    "LEAVE_FIELDS",
    "LEAVE_KEEPERS",
    "PUBLIC_NUMBER_SERIES",
    "RECUSAL_FIELDS",
    "SUBJECT_FIELDS",
    "SUBJECT_KEEPERS",
    "VISIT_FIELDS",
    "VISIT_KEEPERS",
    "approve_recusal",
    "cancel_leave",
    "change_inspector",
    "change_leave",
    "change_recusal",
    "change_subject",
    "change_visit",
    "counts_for_cap",
    "declare_own_recusal",
    "declare_recusal",
    "enter_inspector",
    "enter_leave",
    "enter_subject",
    "record_visit",
    "reject_recusal",
]
