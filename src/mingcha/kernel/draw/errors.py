"""The one exception of the draw kernel, and its stable machine codes (Command line; Details, `verify` …)."""

from __future__ import annotations

CODES = frozenset(
    {
        "argument",  # a command-line argument or API argument of the wrong form
        "file-missing", "file-not-regular", "file-too-large", "file-unreadable",
        "file-bom", "file-cr", "file-last-lf", "file-encoding",
        "roster-header", "roster-pattern", "roster-order", "roster-duplicate", "roster-digest",
        "inspectors-header", "inspectors-pattern", "inspectors-order", "inspectors-duplicate",
        "inspectors-digest",
        "recusals-header", "recusals-pattern", "recusals-order", "recusals-duplicate", "recusals-digest",
        "names-digest",
        "plan-json", "plan-number", "plan-canonical", "plan-field", "plan-spec", "plan-draw-id",
        "plan-quota-mode", "plan-quota", "plan-entropy", "plan-pattern", "plan-digest",
        "entropy-json", "entropy-number", "entropy-canonical", "entropy-field", "entropy-source",
        "entropy-characters", "entropy-pattern", "entropy-sealed",
        "register-json", "register-number", "register-canonical", "register-field", "register-chain",
        "register-order",
        "changes-json", "changes-number", "changes-canonical", "changes-field", "changes-count",
        "changes-digest", "changes-order", "changes-place", "changes-teams",
    }
)  # fmt: skip
"""Every code a `Rejected` can carry; a code is never renamed, because scripts and tests rely on it."""


class Rejected(ValueError):
    """Input that the protocol does not accept (Details, `verify` rejects …).

    `code` is one of `CODES`; `detail` is one Chinese sentence for a reader. The text is a single line:
    callers pass foreign text through `text.shown`, so it cannot contain control characters.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code} {detail}")
        self.code = code
        self.detail = detail
