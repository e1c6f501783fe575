"""Views of a register that people keep: the filters, order and page size of a list, under a name."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models.people import User
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet

LONGEST_QUERY = 1_000


class SavedViewQuerySet(VisibleQuerySet):
    """One's own, and what colleagues share. A view shows nobody a row that they may not see anyway."""

    def for_officer(self, officer: Officer) -> Self:
        return self.filter(Q(user_id=officer.id) | Q(shared=True))


class SavedView(models.Model):
    """One view of one register; with `is_default` its owner's list opens like that."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views", verbose_name=_("保存人"))
    register = models.CharField(_("名录"), max_length=60)
    name = models.CharField(_("名称"), max_length=40)
    query = models.CharField(_("条件"), max_length=LONGEST_QUERY, blank=True)
    shared = models.BooleanField(_("同事也可以用"), default=False)
    is_default = models.BooleanField(_("打开列表时就用它"), default=False)
    saved_at = models.DateTimeField(_("保存时间"))

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("列表视图")
        verbose_name_plural = _("列表视图")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "register", "name"], name="saved_view_name_once"),
            models.UniqueConstraint(
                fields=["user", "register"], condition=Q(is_default=True), name="saved_view_default_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
