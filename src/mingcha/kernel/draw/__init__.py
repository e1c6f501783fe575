"""SSJ-1: the double-random draw that anyone can repeat. Pure Python, standard library only.

The life of a draw in calls:

1. `seal(...)` turns rows and rules into the frozen files and the plan digest that is published;
   `sealing_problems(files)` says what speaks against publishing it.
2. `value_problems(values)` looks at what was typed, `reveal(files, values)` draws.
3. `full_bundle(files)` and `public_bundle(files)` are what the overseer and the public receive.
4. `replay(files)` repeats, `verify(files, plan_digest)` compares, `explain(draw, id)` says why.
5. `Dispatch(draw)` names reserves and replacements; `append_event(register, …)` and `first_gap(register)`
   keep the public register; `change_lines` and `check_changes` say and check what a replacement was.
6. `shortages(pairing)` proves why a place stays empty; `chain_sentence` and `shortage_text` say it.

Everything that is not accepted raises `Rejected`, whose `code` is stable.
"""

from .bundle import Revealed, full_bundle, public_bundle, reveal
from .certificate import Shortage, newcomers, shortages
from .changes import (
    CONFIDENTIAL_CHANGES,
    PUBLIC_CHANGES,
    SALT_DIGITS,
    ChangeLines,
    change_lines,
    check_changes,
)
from .errors import CODES, Rejected
from .explain import Explanation, excluded_within_cutoff, explain, explanation_lines
from .files import read_bundle
from .plan import Plan, parse_plan, plan_digest
from .register import Entry, Gap, append_event, first_gap, load_register
from .replay import Draw, replay, result_csv
from .roster import Roster, RosterRow
from .sealing import Sealed, seal, sealing_problems
from .seed import PATTERNS, Source, Value, entropy_centibits, sealed_commitment, value_problems
from .single_file import single_file
from .substitution import Change, Dispatch, Known
from .tables import InspectorRow, Recusal
from .verify import Report, report_lines, verify
from .wording import ShortageText, Words, chain_sentence, shortage_text, total_sentence

__all__ = [
    "CODES", "CONFIDENTIAL_CHANGES", "Change", "ChangeLines", "Dispatch", "Draw", "Entry", "Explanation",
    "Gap", "InspectorRow", "Known", "PATTERNS", "PUBLIC_CHANGES", "Plan", "Recusal", "Rejected", "Report",
    "Revealed", "Roster", "RosterRow", "SALT_DIGITS", "Sealed", "Shortage", "ShortageText", "Source",
    "Value", "Words", "append_event", "chain_sentence", "change_lines", "check_changes",
    "entropy_centibits", "excluded_within_cutoff", "explain", "explanation_lines", "first_gap",
    "full_bundle", "load_register", "newcomers", "parse_plan", "plan_digest", "public_bundle",
    "read_bundle", "replay", "report_lines", "result_csv", "reveal", "seal", "sealed_commitment",
    "sealing_problems", "shortage_text", "shortages", "single_file", "total_sentence", "value_problems",
    "verify",
]  # fmt: skip
