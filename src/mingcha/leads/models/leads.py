"""线索: what came in, about whom, and who sees to it (rule N1)."""

from __future__ import annotations

from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import Unit, User
from mingcha.base.crypto.fields import EncryptedTextField
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet, reach_filter
from mingcha.items.models import Item
from mingcha.leads import lifecycle as states
from mingcha.leads.vocabulary import Channel, Ground, Jurisdiction, Kind, Proposal
from mingcha.registry.models import Subject
from mingcha.registry.selectors.subjects import every_entry, standing_entry

#: Who sees leads of the bureau or of a section; a handler sees the own ones.
OVERSEEING = (Role.COORDINATOR, Role.SECTION_HEAD, Role.BUREAU_LEADER, Role.OVERSEER)
LEAD_READERS = (*OVERSEEING, Role.INSPECTOR)
#: Who enters what came in.
LEAD_KEEPERS = (Role.COORDINATOR, Role.SECTION_HEAD)
#: Who may be named as handler.
LEAD_HANDLERS = (Role.COORDINATOR, Role.SECTION_HEAD, Role.INSPECTOR)
_STATES = [(state.code, state.label) for state in states.LEAD.states]


class LeadQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        """By reach, section and territory; and what one handles. A lead without a firm has no territory."""
        placed = reach_filter(officer, OVERSEEING, section="unit_id", division="subject__division_code")
        unplaced = Q(subject=None) & reach_filter(officer, OVERSEEING, section="unit_id")
        return self.filter(placed | unplaced | Q(handler=officer.id))

    def answered_by(self, officer: Officer) -> Self:
        """Those that this officer handles, or over whose section he or she is head."""
        heads = reach_filter(officer, (Role.SECTION_HEAD, Role.BUREAU_LEADER), section="unit_id")
        return self.filter(heads | Q(handler=officer.id))

    def open(self) -> Self:
        """Those that still ask for something."""
        return self.filter(state__in=states.OPEN)

    def of_firm(self, subject: Subject) -> Self:
        """Those about a firm, also under an entry that was merged into it."""
        return self.filter(subject__in=every_entry(subject))


class Lead(models.Model):
    """One thing that came in and from which an inspection may follow.

    `subject` is the firm once it is known which one; `subject_text` how it was named by whoever told it.
    `what` holds the facts as told, encrypted: it may tell of people. Who complained or reported stands
    apart (`Complainant`, `Reporter`); `complained` only says that somebody complains in it. `late_why` is why
    it was entered after its first term had passed. `violation_until` is the day on which the violation ended,
    empty while it goes on. `query_mark` is the digest of the code with which anybody may ask for the state of
    a report; the code itself is kept nowhere.
    """

    Kind, Channel, Jurisdiction = Kind, Channel, Jurisdiction

    number = models.CharField(_("线索编号"), max_length=60, unique=True, null=True, editable=False)
    kind = models.CharField(_("来源"), max_length=10, choices=Kind)
    channel = models.CharField(_("渠道"), max_length=16, choices=Channel)
    received_on = models.DateField(_("收到日期"))
    late_why = models.CharField(
        _("为什么现在才登记"),
        max_length=300,
        blank=True,
        default="",
        help_text=_("收到以后已过受理期限的必填；期限从收到之日算，一登记就是超期"),
    )
    reference = models.CharField(
        _("来文编号"), max_length=80, blank=True, help_text=_("转办函文号、12345 工单号、平台线索编号")
    )
    due_on = models.DateField(
        _("来文要求的办结日期"), null=True, blank=True, help_text=_("来文没有写明的不填")
    )
    subject = models.ForeignKey(
        Subject, models.PROTECT, null=True, blank=True, related_name="leads", verbose_name=_("检查对象")
    )
    subject_text = models.CharField(_("反映的单位（原话）"), max_length=200)
    what = EncryptedTextField(_("反映的情况"))
    persons = models.PositiveIntegerField(
        _("涉及人数"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    amount = models.DecimalField(
        _("涉及金额（元）"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    violation_from = models.DateField(_("违法行为开始日期"), null=True, blank=True)
    violation_until = models.DateField(
        _("违法行为终了日期"), null=True, blank=True, help_text=_("还在持续的不填")
    )
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("建议检查事项")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("承办股室"))
    handler = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("承办人")
    )
    jurisdiction = models.CharField(
        _("职权和管辖"), max_length=14, choices=Jurisdiction, blank=True, default=""
    )
    state = models.CharField(_("状态"), max_length=10, choices=_STATES, default=states.PENDING)
    state_since = models.DateField(_("状态自"))
    asked_before = models.BooleanField(_("告知过补正"), default=False)
    proposal = models.CharField(_("承办人的建议"), max_length=8, choices=Proposal, blank=True, default="")
    proposed_ground = models.CharField(_("建议的理由"), max_length=14, choices=Ground, blank=True, default="")
    proposed_why = models.CharField(_("建议的说明"), max_length=300, blank=True, default="")
    proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("建议人")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", verbose_name=_("并入")
    )
    outcome = models.CharField(_("办理结果"), max_length=500, blank=True, default="")
    closed_on = models.DateField(_("办结日期"), null=True)
    complained = models.BooleanField(_("有投诉人"), default=False, editable=False)
    query_mark = models.CharField(max_length=64, blank=True, default="", editable=False)
    registered_at = models.DateTimeField(_("登记时间"))
    registered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("登记人")
    )

    objects = LeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("线索")
        verbose_name_plural = _("线索")
        ordering = ["-received_on", "-id"]
        indexes = [
            models.Index(fields=["state", "received_on"], name="lead_by_state"),
            models.Index(fields=["handler", "state"], name="lead_by_handler"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["query_mark"], condition=~Q(query_mark=""), name="lead_query_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number or ""

    @property
    def firm(self) -> Subject | None:
        """The firm as the register knows it now: the entry into which it was merged, if it was."""
        return self.subject and standing_entry(self.subject)

    @property
    def firm_name(self) -> str:
        """The firm's name, or how it was named by whoever told of it."""
        return self.firm.name if self.firm is not None else self.subject_text

    @property
    def is_open(self) -> bool:
        return self.state in states.OPEN

    @property
    def is_complaint(self) -> bool:
        """Whether the rules of a complaint hold, whichever way it came (部令25号第十八条)."""
        return self.kind == Kind.COMPLAINT or self.complained
