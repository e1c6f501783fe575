"""Papers that a lead gives rise to, to whoever came and to other authorities, and how each was served."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import User
from mingcha.base.crypto.fields import EncryptedTextField
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.basics.models import Attachment
from mingcha.leads.models.leads import Lead
from mingcha.leads.models.people import Complainant, Reporter
from mingcha.leads.vocabulary import Ground


class LeadNoticeQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self.filter(lead__in=Lead.objects.visible_to(officer).values("pk"))

    def to_reporters(self) -> Self:
        """Those that go to somebody who reported, whichever way it came (条例9).

        As it was when the paper was written: whoever complains in the lead later changes nothing of it.
        """
        complained = Complainant.objects.filter(
            lead=OuterRef("lead"), recorded_at__date__lt=OuterRef("issued_on")
        )
        sent = Q(lead__in=Reporter.objects.values("lead")) & ~Q(Exists(complained))
        return self.exclude(kind__in=OUTWARD).filter(Q(lead__kind=Lead.Kind.REPORT) | sent)


class LeadNotice(models.Model):
    """One paper as it was issued; never changed. `addressee` is the authority a lead is sent to."""

    class Kind(models.TextChoices):
        ASK = "ask", _("补正告知书")
        DECLINE = "decline", _("不予受理通知书")
        SEND_ON = "send_on", _("线索转送函")
        TOLD = "told", _("转送告知书")
        ANSWER = "answer", _("办理结果告知书")
        FEEDBACK = "feedback", _("办理情况反馈函")

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="notices", verbose_name=_("线索"))
    kind = models.CharField(_("文书"), max_length=8, choices=Kind)
    number = models.CharField(_("文号"), max_length=80, blank=True)
    ground = models.CharField(_("理由"), max_length=14, choices=Ground, blank=True, default="")
    addressee = models.CharField(_("转往"), max_length=100, blank=True, default="")
    text = models.CharField(_("内容"), max_length=500)
    issued_on = models.DateField(_("日期"))
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("经手人"))

    objects = LeadNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("线索文书")
        verbose_name_plural = _("线索文书")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def to_authority(self) -> bool:
        """Whether it goes to another authority, and not to whoever came."""
        return self.kind in OUTWARD

    @property
    def to_reporter(self) -> bool:
        """Whether it goes to somebody who reported: of its service nothing is kept that tells who (条例9)."""
        return LeadNotice.objects.to_reporters().filter(pk=self.pk).exists()


#: What goes to another authority.
OUTWARD = (LeadNotice.Kind.SEND_ON, LeadNotice.Kind.FEEDBACK)
#: What a verb of the lifecycle writes once the lead has ended.
ANSWERS = {"answer": LeadNotice.Kind.ANSWER, "feed_back": LeadNotice.Kind.FEEDBACK}


class ServiceQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self.filter(notice__in=LeadNotice.objects.visible_to(officer).values("pk"))

    def proofs_for(self, officer: Officer) -> Self:
        """Those whose proof, which bears who signed, the officer may open: of a complaint its handler alone;
        of what went to somebody who reported nobody."""
        closed = Q(notice__lead__kind=Lead.Kind.COMPLAINT) | Q(notice__lead__complained=True)
        own = Q(notice__lead__handler=officer.id)
        rows = self.for_officer(officer).exclude(notice__in=LeadNotice.objects.to_reporters().values("pk"))
        return rows.filter(own | ~closed)


class NoticeService(models.Model):
    """送达: how and when a paper reached whom; never changed. `receiver` is who signed for it, empty where
    that would name who reported."""

    class How(models.TextChoices):
        DIRECT = "direct", _("直接送达")
        LEFT = "left", _("留置送达")
        POST = "post", _("邮寄送达")
        ELECTRONIC = "electronic", _("电子送达（本人同意）")
        SPOKEN = "spoken", _("电话或当面告知，有记录")

    notice = models.OneToOneField(
        LeadNotice, models.PROTECT, primary_key=True, related_name="service", verbose_name=_("线索文书")
    )
    on = models.DateField(_("送达日期"))
    how = models.CharField(_("送达方式"), max_length=10, choices=How)
    receiver = EncryptedTextField(_("签收人"), blank=True)
    paper = models.ForeignKey(
        Attachment, models.PROTECT, null=True, related_name="+", verbose_name=_("送达回证")
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("登记时间"))

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("线索文书送达")
        verbose_name_plural = _("线索文书送达")
        ordering = ["notice"]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.get_how_display()}"
