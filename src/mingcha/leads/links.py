"""The addresses of a lead."""

from __future__ import annotations

from django.urls import reverse


def page_of(pk: int) -> str:
    """The page of a lead."""
    return reverse("leads:leads-detail", args=[pk])
