"""Addresses of what belongs to inspections, for pages, papers and lists of work."""

from __future__ import annotations

from django.urls import reverse

from mingcha.inspection.models import Correction, Referral, ResultNotice


def page_of(pk: int) -> str:
    """The page of an inspection."""
    return reverse("inspection:inspections-detail", args=[pk])


def page_of_correction(correction: Correction) -> str:
    return reverse("inspection:corrections-detail", args=[correction.pk])


def page_of_referral(referral: Referral) -> str:
    return reverse("inspection:referrals-detail", args=[referral.pk])


def page_of_notice(notice: ResultNotice) -> str:
    return reverse("inspection:result-notice", args=[notice.pk])
