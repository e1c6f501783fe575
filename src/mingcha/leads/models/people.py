"""Who complained and who reported (条例9; rule N10). Two tables, because one of them has no door.

A 投诉人 speaks for his own rights and is seen by the handler of the lead alone. A 举报人 is seen by nobody:
not on a page, in an export, in the ledger, by a search; not by whoever typed the name, once it is saved.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.base.crypto.fields import BlindIndexField, EncryptedTextField
from mingcha.base.crypto.normalise import normalise_id_number, normalise_phone
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.leads.models.leads import Lead


class ComplainantQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        """The handler's own, whatever else the person is; a head who does not handle it sees nobody."""
        return self.filter(lead__handler=officer.id)


class Complainant(models.Model):
    """One person who complains. Found by exactly equal values only, among the leads that one handles."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="complainants", verbose_name=_("线索"))
    name = EncryptedTextField(_("姓名"))
    name_index = BlindIndexField(source="name")
    phone = EncryptedTextField(_("电话"), blank=True, default="")
    phone_index = BlindIndexField(source="phone", normalise=normalise_phone)
    id_number = EncryptedTextField(_("身份证号"), blank=True, default="")
    id_index = BlindIndexField(source="id_number", normalise=normalise_id_number)
    recorded_at = models.DateTimeField(_("登记时间"))

    objects = ComplainantQuerySet.as_manager()

    class Meta:
        verbose_name = _("投诉人")
        verbose_name_plural = _("投诉人")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.lead} {self._meta.verbose_name}"


class ReporterQuerySet(VisibleQuerySet):
    """Says nothing, so it shows nothing, to anybody: that is the rule."""


class Reporter(models.Model):
    """One person who reported. No index: not even an equal value is found."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="+", verbose_name=_("线索"))
    name = EncryptedTextField(_("姓名"), blank=True, default="")
    phone = EncryptedTextField(_("电话"), blank=True, default="")
    id_number = EncryptedTextField(_("身份证号"), blank=True, default="")
    recorded_at = models.DateTimeField(_("登记时间"))

    objects = ReporterQuerySet.as_manager()

    class Meta:
        verbose_name = _("举报人")
        verbose_name_plural = _("举报人")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.lead} {self._meta.verbose_name}"
