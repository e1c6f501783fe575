"""Addresses of applications for recusal."""

from django.urls import URLPattern, path

from mingcha.inspection.recusal_pages import ApplicationRegister
from mingcha.inspection.views import recusing

urlpatterns: list[URLPattern] = [
    *ApplicationRegister.urls(),
    path("inspections/<int:pk>/recusal/", recusing.apply_for_recusal, name="apply-for-recusal"),
    path("recusal-applications/<int:pk>/grant/", recusing.grant, name="application-grant"),
    path("recusal-applications/<int:pk>/reject/", recusing.reject, name="application-reject"),
]
