"""Initial data: the number series of publications, and that preparing and reviewing are two people's work."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from mingcha.accounts.services import declare_conflict
from mingcha.base.viewers import Viewer
from mingcha.basics.models import NumberSeries
from mingcha.basics.services import numbers
from mingcha.publication import selectors
from mingcha.publication.services.preparing import PREPARE_DUTY
from mingcha.publication.services.publishing import NUMBER_SERIES


def load(actor: Viewer) -> int:
    """Enter what is missing; loading again changes nothing."""
    declare_conflict(
        actor=actor,
        duties=(PREPARE_DUTY, selectors.REVIEW_DUTY),
        label=gettext_noop("提交公示与审核公示分离"),
        basis=gettext_noop("国办发〔2018〕118号：公示信息发布前须经审核"),
        mandatory=True,
    )
    if NumberSeries.objects.filter(code=NUMBER_SERIES).exists():
        return 1
    numbers.set_series(
        actor=actor,
        code=NUMBER_SERIES,
        label="公示编号",
        issuer="公示",
        pattern="{issuer}〔{year}〕{number:04d}号",
        source="建议格式，待与本局文号规则核对",
    )
    return 2
