"""Who may open which page around the results of inspections."""

from mingcha.base.roles import Role
from tests.contract.access import audiences as who

_PROVERS: who.Audience = frozenset({Role.INSPECTOR, Role.COORDINATOR})
_REVIEWERS: who.Audience = who.HEAD_AND_LEADER | {Role.PARTNER}
_CLERKS: who.Audience = who.COORDINATOR_AND_HEAD | {Role.INSPECTOR}

PAGES: dict[who.Audience, tuple[str, ...]] = {
    who.BUREAU_AND_PARTNER_AND_INSPECTOR: (
        "inspection:corrections-detail",
        "inspection:corrections-export",
        "inspection:corrections-history",
        "inspection:corrections-list",
        "inspection:record",
        "inspection:record-pdf",
        "inspection:record-version",
        "inspection:referral-letter",
        "inspection:referral-letter-pdf",
        "inspection:referrals-detail",
        "inspection:referrals-export",
        "inspection:referrals-history",
        "inspection:referrals-list",
        "inspection:result-notice",
        "inspection:reveal-people",
        "inspection:result-notice-pdf",
    ),
    _PROVERS: (
        "inspection:add-attempt",
        "inspection:record-check",
        "inspection:submit",
    ),
    _REVIEWERS: (
        "inspection:review",
        "inspection:review-verb",
    ),
    who.HEAD_AND_LEADER: (
        "inspection:prepare-again",
        "inspection:publish-results",
        "inspection:to-publish",
    ),
    _CLERKS: (
        "inspection:announce-result-notice",
        "inspection:answer-referral",
        "inspection:ask-correction",
        "inspection:fail-result-notice",
        "inspection:issue-result-notice",
        "inspection:send-referral",
        "inspection:serve-result-notice",
        "inspection:withdraw-correction",
    ),
}
