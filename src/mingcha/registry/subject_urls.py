"""Addresses of the register of subjects and of what belongs to it; `urls` takes them in."""

from django.urls import path

from mingcha.registry.registers import (
    BulkChangeRegister,
    ClaimRegister,
    MergeRegister,
    SubjectRegister,
    SuspicionRegister,
    TagRegister,
)
from mingcha.registry.services import SUBJECT_KEEPERS
from mingcha.registry.views import bulk, claims, duplicates, parts, subjects, timeline
from mingcha.web.access import officers

keepers = officers(*SUBJECT_KEEPERS)

patterns = [
    path("subjects/new-project/", keepers(subjects.ProjectCreate.as_view()), name="project-create"),
    path("subjects/suggest/industries/", subjects.suggest_industries, name="suggest-industries"),
    path("subjects/suggest/towns/", subjects.suggest_towns, name="suggest-towns"),
    path("subjects/bulk/", bulk.bulk, name="subjects-bulk"),
    path("subjects/<int:pk>/file/", parts.subject_file, name="subject-file"),
    path("subjects/<int:pk>/timeline/", timeline.timeline, name="subject-timeline"),
    path("subjects/<int:pk>/receive/", claims.receive, name="claim-receive"),
    path("subjects/<int:pk>/compare/", keepers(duplicates.CompareWith.as_view()), name="subject-compare"),
    path(
        "subjects/<int:first>/merge/<int:second>/",
        keepers(duplicates.MergeTwo.as_view()),
        name="subjects-merge",
    ),
    path("subjects/<int:pk>/<slug:part>/new/", keepers(parts.AddPart.as_view()), name="part-add"),
    path("parts/<slug:part>/<int:row>/edit/", keepers(parts.CorrectPart.as_view()), name="part-edit"),
    path("parts/<slug:part>/<int:row>/end/", keepers(parts.EndPart.as_view()), name="part-end"),
    path("contacts/<int:pk>/phone/", keepers(parts.RevealPhone.as_view()), name="contact-phone"),
    path("claims/many/", claims.many, name="claims-many"),
    path("claims/<int:pk>/decide/<slug:verb>/", claims.decide, name="claim-decide"),
    path("suspicions/look/", duplicates.look, name="duplicates-look"),
    path("suspicions/<int:pk>/distinct/", duplicates.distinct, name="suspicion-distinct"),
    path("merges/<int:pk>/undo/", duplicates.undo, name="merge-undo"),
    path("bulkchanges/<int:pk>/undo/", bulk.undo, name="bulkchange-undo"),
    *SubjectRegister.urls(),
    *ClaimRegister.urls(),
    *SuspicionRegister.urls(),
    *MergeRegister.urls(),
    *BulkChangeRegister.urls(),
    *TagRegister.urls(),
]
