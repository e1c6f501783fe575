"""Addresses of handing over to the superior's platform."""

from django.urls import path

from mingcha.inspection.backfill import views
from mingcha.inspection.backfill.registers import ReturnRegister, TemplateRegister

urlpatterns = [
    *ReturnRegister.urls(),
    path("returns/make/", views.make, name="return-make"),
    path("returns/<int:pk>/file/", views.file, name="return-file"),
    path("returns/<int:pk>/copy/", views.copy, name="return-copy"),
    path("returns/<int:pk>/read/", views.read, name="return-read"),
    path("returns/<int:pk>/do/<slug:name>/", views.verb, name="return-verb"),
    *TemplateRegister.urls(),
    path("return-templates/blank/", views.receive, name="return-blank"),
    path("return-templates/<int:pk>/map/", views.map_columns, name="return-map"),
]
