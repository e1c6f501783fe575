"""Addresses that exist in the demo alone (project/urls.py)."""

from django.urls import path

from mingcha.accounts.views import demo

app_name = "demo"

urlpatterns = [path("switch/", demo.switch, name="switch")]
