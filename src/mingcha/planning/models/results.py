"""What a draw gave: the people under their codes, the drawn firms and the reserves, the teams."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.planning import lifecycle
from mingcha.planning.dispatch import change_lifecycle as changes
from mingcha.planning.models.draws import DRAW_READERS, PAIRING_READERS, Draw, OfDrawQuerySet
from mingcha.registry.models import Inspector, Subject


class DrawPersonQuerySet(OfDrawQuerySet):
    """Who is who behind the codes stays inside (draw protocol, Details)."""


class DrawPerson(models.Model):
    """The inspector behind a fresh code (I001 …) of one draw."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="people")
    code = models.CharField(max_length=8)
    inspector = models.ForeignKey(Inspector, on_delete=models.PROTECT)

    objects = DrawPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("参加抽取的人员")
        constraints = [
            models.UniqueConstraint(fields=["draw", "code"], name="draw_person_code_once"),
            models.UniqueConstraint(fields=["draw", "inspector"], name="draw_person_once"),
        ]

    def __str__(self) -> str:
        return self.code


class DrawTargetQuerySet(OfDrawQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        """While a result is kept, nobody who may be sent sees it; the organiser and the overseer must."""
        rows = super().for_officer(officer)
        if not officer.has(*DRAW_READERS) or officer.has(*PAIRING_READERS):
            return rows
        if officer.has(Role.INSPECTOR):
            return rows.exclude(draw__state=lifecycle.KEPT)
        mine = DrawPerson.objects.filter(inspector__user=officer.id).values("draw")
        return rows.exclude(draw__state=lifecycle.KEPT, draw__in=mine)

    def for_public(self) -> Self:
        return self.filter(draw__state=lifecycle.DRAWN)

    def to_visit(self) -> Self:
        """Whom people are sent to now: the drawn and the reserves that were called up, without those whose
        place a reserve took (draw protocol §7.7)."""
        called_up = Q(kind=DrawTarget.Kind.RESERVE, task__isnull=False)
        left = DrawTarget._base_manager.filter(
            task__change_requests__kind="reserve", task__change_requests__state=changes.APPROVED
        )
        return self.filter(Q(kind=DrawTarget.Kind.DRAWN) | called_up).exclude(pk__in=left.values("pk"))


class DrawTarget(models.Model):
    """A drawn subject (S) or a reserve (R), in the order of result.csv (draw protocol §7.8)."""

    class Kind(models.TextChoices):
        DRAWN = "S", _("抽中")
        RESERVE = "R", _("候补")

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="targets")
    seq = models.PositiveIntegerField(_("抽取序号"))
    kind = models.CharField(_("结果"), max_length=1, choices=Kind)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, verbose_name=_("检查对象"))
    name = models.CharField(_("名称（封存时）"), max_length=200)
    roster_id = models.CharField(_("编号"), max_length=32)
    stratum = models.CharField(_("类别"), max_length=32)
    ticket = models.CharField(_("号码"), max_length=64)
    team = models.ManyToManyField(DrawPerson, through="TeamMember", related_name="targets")

    objects = DrawTargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("抽取结果")
        ordering = ["draw", "-kind", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "kind", "seq"], name="draw_target_seq_once"),
            models.UniqueConstraint(fields=["draw", "subject"], name="draw_target_once"),
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """A person on a target's team; position 1 is 主检."""

    target = models.ForeignKey(DrawTarget, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(DrawPerson, on_delete=models.PROTECT)
    position = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("检查组成员")
        ordering = ["target", "position"]
        constraints = [
            models.UniqueConstraint(fields=["target", "position"], name="team_position_once"),
            models.UniqueConstraint(fields=["target", "person"], name="team_member_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)
