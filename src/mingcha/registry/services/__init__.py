"""The verbs of the two registers, one file per thing."""

from mingcha.registry.services.bulk import change_together, undo_together
from mingcha.registry.services.claims import decide_claims, receive_claims
from mingcha.registry.services.duplicates import keep_suspicions
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
from mingcha.registry.services.merging import judge_distinct, merge_subjects, undo_merge
from mingcha.registry.services.parts import PARTS, add_part, correct_part, end_part, reveal_phone
from mingcha.registry.services.recusals import (
    RECUSAL_FIELDS,
    approve_recusal,
    change_recusal,
    declare_own_recusal,
    declare_recusal,
    reject_recusal,
)
from mingcha.registry.services.subjects import (
    PROJECT_FIELDS,
    PUBLIC_NUMBER_SERIES,
    SUBJECT_FIELDS,
    SUBJECT_KEEPERS,
    change_subject,
    enter_subject,
)
from mingcha.registry.services.tags import TAG_KEEPERS, change_tag, define_tag
from mingcha.registry.services.visits import (
    VISIT_FIELDS,
    VISIT_KEEPERS,
    change_visit,
    counts_for_cap,
    keep_visit,
    record_visit,
)

__all__ = [
    "INSPECTOR_FIELDS",
    "INSPECTOR_KEEPERS",
    "LEAVE_FIELDS",
    "LEAVE_KEEPERS",
    "PARTS",
    "PROJECT_FIELDS",
    "PUBLIC_NUMBER_SERIES",
    "RECUSAL_FIELDS",
    "SUBJECT_FIELDS",
    "SUBJECT_KEEPERS",
    "TAG_KEEPERS",
    "VISIT_FIELDS",
    "VISIT_KEEPERS",
    "add_part",
    "approve_recusal",
    "cancel_leave",
    "change_inspector",
    "change_leave",
    "change_recusal",
    "change_subject",
    "change_tag",
    "change_together",
    "change_visit",
    "correct_part",
    "counts_for_cap",
    "decide_claims",
    "declare_own_recusal",
    "declare_recusal",
    "define_tag",
    "end_part",
    "enter_inspector",
    "enter_leave",
    "enter_subject",
    "judge_distinct",
    "keep_suspicions",
    "keep_visit",
    "merge_subjects",
    "receive_claims",
    "record_visit",
    "reject_recusal",
    "reveal_phone",
    "undo_merge",
    "undo_together",
]
