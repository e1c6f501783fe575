"""一单两库: what may be inspected, who inspects, and every contact with a firm (plan 二（二）, domain S4–S5).

One file per thing: `subjects` (with `projects`, `contacts`, `licences`, `labels`, `records`), `inspectors`,
`recusals`, `visits`, `imports` (with `staged`), `reference` (divisions and industries).
"""

from mingcha.registry.models.audience import REGISTER_READERS
from mingcha.registry.models.bulk import BulkChange, BulkChangeRow
from mingcha.registry.models.claims import Claim
from mingcha.registry.models.contacts import Contact
from mingcha.registry.models.imports import (
    IMPORT_READERS,
    IMPORTERS,
    ColumnMeaning,
    ImportBatch,
    ImportSource,
)
from mingcha.registry.models.inspectors import Inspector, Leave, Specialty
from mingcha.registry.models.labels import Grading, SubjectTag, Tag
from mingcha.registry.models.licences import Licence
from mingcha.registry.models.merges import Merge
from mingcha.registry.models.projects import Project
from mingcha.registry.models.records import CaseCount, FormerName, Headcount, Violation
from mingcha.registry.models.recusals import Recusal
from mingcha.registry.models.reference import Division, Industry
from mingcha.registry.models.search import PendingSubject, SubjectText
from mingcha.registry.models.staged import Staged, StagedProblem, StagedRow, StagedSubject
from mingcha.registry.models.subjects import Subject
from mingcha.registry.models.suspicions import Suspicion
from mingcha.registry.models.visits import Visit

__all__ = [
    "CaseCount",
    "IMPORTERS",
    "IMPORT_READERS",
    "REGISTER_READERS",
    "BulkChange",
    "BulkChangeRow",
    "Claim",
    "ColumnMeaning",
    "Contact",
    "Division",
    "FormerName",
    "Grading",
    "Headcount",
    "ImportBatch",
    "ImportSource",
    "Industry",
    "Inspector",
    "Leave",
    "Licence",
    "Merge",
    "PendingSubject",
    "Project",
    "Recusal",
    "Specialty",
    "Staged",
    "StagedProblem",
    "StagedRow",
    "StagedSubject",
    "Subject",
    "SubjectTag",
    "SubjectText",
    "Suspicion",
    "Tag",
    "Violation",
    "Visit",
]
