"""Addresses of trials, which exist in the demo alone (project/urls.py)."""

from django.urls import path

from mingcha.planning import trial_views as views

app_name = "trials"

urlpatterns = [
    path("draws/<int:pk>/try/", views.try_out, name="try"),
    path("trials/<int:pk>/", views.trial, name="trial"),
    path("trials/<int:pk>/delete/", views.delete, name="delete"),
]
