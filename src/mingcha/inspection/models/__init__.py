"""Tables, and who may see a row."""

from mingcha.inspection.models.backfill import (
    RETURN_KEEPERS,
    RETURN_READERS,
    ReadBack,
    ReturnRow,
    ReturnSheet,
    ReturnTemplate,
)
from mingcha.inspection.models.corrections import Correction
from mingcha.inspection.models.entries import Entry, EntryPerson
from mingcha.inspection.models.forms import PIECES, Evidence, EvidencePiece, FormOp
from mingcha.inspection.models.inspections import (
    ALL_INSPECTIONS,
    DESK_READERS,
    INSPECTION_READERS,
    SECTION_INSPECTIONS,
    Inspection,
    InspectionItem,
    InspectionMember,
    OfInspectionQuerySet,
)
from mingcha.inspection.models.packages import VisitPackage
from mingcha.inspection.models.papers import KeptPaper
from mingcha.inspection.models.procedures import AbnormalCheck, ContactAttempt, Referral
from mingcha.inspection.models.published import PublishedResult
from mingcha.inspection.models.records import RecordedAnswer, RecordVersion
from mingcha.inspection.models.recusals import APPLICATION_READERS, RecusalApplication
from mingcha.inspection.models.result_notices import FailedDelivery, ResultNotice
from mingcha.inspection.models.single import InspectionHelper
from mingcha.inspection.models.unvisited import Unvisited

__all__ = [
    "ALL_INSPECTIONS",
    "APPLICATION_READERS",
    "RecusalApplication",
    "AbnormalCheck",
    "ContactAttempt",
    "Correction",
    "DESK_READERS",
    "Entry",
    "EntryPerson",
    "Evidence",
    "EvidencePiece",
    "FailedDelivery",
    "FormOp",
    "INSPECTION_READERS",
    "Inspection",
    "InspectionHelper",
    "InspectionItem",
    "InspectionMember",
    "KeptPaper",
    "OfInspectionQuerySet",
    "PIECES",
    "PublishedResult",
    "RETURN_KEEPERS",
    "RETURN_READERS",
    "ReadBack",
    "RecordVersion",
    "RecordedAnswer",
    "Referral",
    "ResultNotice",
    "ReturnRow",
    "ReturnSheet",
    "ReturnTemplate",
    "SECTION_INSPECTIONS",
    "Unvisited",
    "VisitPackage",
]
