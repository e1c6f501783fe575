"""Verbs of inspections."""

from mingcha.inspection.services.announcing import (
    announce_notice,
    announcement_withdrawn,
    count_as_served,
    end_announcements,
    notice_announced,
    record_failure,
)
from mingcha.inspection.services.calling import reveal_people
from mingcha.inspection.services.copying import copy_record
from mingcha.inspection.services.correcting import (
    ask_correction,
    correct,
    leave_as_it_is,
    withdraw_correction,
)
from mingcha.inspection.services.deciding import approved, cancel, close_leads, given_back
from mingcha.inspection.services.drafting import Draft, change, draft, propose
from mingcha.inspection.services.entering import enter, leave, make_up
from mingcha.inspection.services.evidence import announce, drop, receive
from mingcha.inspection.services.form import put
from mingcha.inspection.services.issuing import end_outdated, issue_package, package_to_keep, package_to_take
from mingcha.inspection.services.leaving_out import (
    ask_unvisited,
    grant_unvisited,
    lapse_unvisited,
    reject_unvisited,
    withdraw_unvisited,
)
from mingcha.inspection.services.noticing import keep_signed_notice
from mingcha.inspection.services.notifying import issue_result_notice, serve_result_notice
from mingcha.inspection.services.preparing import follow_batch
from mingcha.inspection.services.proving import Figures, add_attempt, record_check
from mingcha.inspection.services.publicising import (
    prepare_result,
    publish_results,
    result_published,
    result_withdrawn,
    submit_for_publication,
)
from mingcha.inspection.services.recording import submit
from mingcha.inspection.services.recusing import (
    Applied,
    apply_for_recusal,
    end_applications,
    follow_change,
    grant_recusal,
    reject_recusal_application,
)
from mingcha.inspection.services.referring import answer, draft_letters, send
from mingcha.inspection.services.reviewing import pass_review, return_
from mingcha.inspection.services.windows import follow_extension, watch_window

__all__ = [
    "Applied",
    "apply_for_recusal",
    "end_applications",
    "follow_change",
    "follow_extension",
    "grant_recusal",
    "reject_recusal_application",
    "Draft",
    "Figures",
    "add_attempt",
    "announce",
    "announce_notice",
    "announcement_withdrawn",
    "count_as_served",
    "end_announcements",
    "notice_announced",
    "record_failure",
    "answer",
    "ask_unvisited",
    "grant_unvisited",
    "lapse_unvisited",
    "reject_unvisited",
    "withdraw_unvisited",
    "approved",
    "ask_correction",
    "cancel",
    "change",
    "close_leads",
    "copy_record",
    "correct",
    "draft",
    "draft_letters",
    "drop",
    "end_outdated",
    "enter",
    "follow_batch",
    "given_back",
    "issue_package",
    "issue_result_notice",
    "keep_signed_notice",
    "leave",
    "leave_as_it_is",
    "make_up",
    "package_to_keep",
    "package_to_take",
    "pass_review",
    "prepare_result",
    "propose",
    "publish_results",
    "put",
    "receive",
    "record_check",
    "result_published",
    "result_withdrawn",
    "return_",
    "reveal_people",
    "send",
    "serve_result_notice",
    "submit",
    "submit_for_publication",
    "watch_window",
    "withdraw_correction",
]
