"""Addresses of the form at a desk."""

from django.urls import path

from mingcha.inspection.desk import views

urlpatterns = [
    path("inspections/<int:pk>/form/", views.copy_record, name="copy-record"),
    path("evidence/<uuid:key>/drop/", views.drop_evidence, name="evidence-drop"),
]
