"""Finding subjects among a million: one index of single characters and pairs, the same answers everywhere.

`narrow(rows, text)` keeps the subjects in which every word is found: anywhere in a name, a former name or
the pinyin initials; at the beginning of a code; from four characters on also at its end. Brackets, blanks,
width and case do not matter.

How. `SubjectText` holds the folded text of each subject. Beside it stand *keys*: each character and each
pair of neighbours as a number, with the beginnings and ends of its codes. Keys only propose; the text
itself decides (`instr`, `strpos`), so the databases cannot differ, and keys may collide. A word that is
nearly everywhere (公司) is not looked up but tested row by row, which ends as soon as a page is full.

What was measured at 1,000,000 subjects before choosing, on two cores:

- SQLite: FTS5 without content and without positions, a token for each key: 20-30 µs a row to write,
  130 MB with the text, the first 20,000 ids of any word within 5 ms. A plain table of (key, subject) would
  hold 35 million rows: ten times the space and the time. FTS5's trigram is wrong for two characters (3.40).
- PostgreSQL: an integer array under GIN, 77 MB; a rare word in 5-20 ms. Phrase queries on `tsvector` read
  every proposed row to check positions: the work of `strpos` on a larger column. `pg_trgm` sees nothing in
  two characters.
- Both: reading all texts takes 0.2-0.4 s, which bounds the worst case.

Keeping in step. Saving a `Subject` or `FormerName` indexes it in the same transaction (`signals`). What
writes in bulk calls `index_subjects(ids)`, or `mark_pending` first and `index_pending` when there is time;
pending subjects are searched by their own columns meanwhile.
"""

from mingcha.registry.search.find import narrow
from mingcha.registry.search.index import (
    Health,
    check,
    forget_subjects,
    index_pending,
    index_subjects,
    mark_pending,
    rebuild,
    refresh_statistics,
    set_aside,
)
from mingcha.registry.search.initials import initials_of
from mingcha.registry.search.text import normalise

__all__ = [
    "Health",
    "check",
    "forget_subjects",
    "index_pending",
    "index_subjects",
    "initials_of",
    "mark_pending",
    "narrow",
    "normalise",
    "rebuild",
    "refresh_statistics",
    "set_aside",
]
