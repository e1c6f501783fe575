"""Addresses of single inspections and of visits that are none."""

from django.urls import path

from mingcha.inspection.views import drafting

urlpatterns = [
    path("new/", drafting.start, name="start"),
    path("new/<int:pk>/", drafting.of_lead, name="draft"),
    path("visits/new/", drafting.other_visit, name="other-visit"),
    path("<int:pk>/change/", drafting.change, name="change"),
    path("<int:pk>/draft/<slug:name>/", drafting.verb, name="draft-verb"),
    path("<int:pk>/sheet/", drafting.sheet, name="sheet"),
    path("<int:pk>/sheet.pdf", drafting.sheet_pdf, name="sheet-pdf"),
]
