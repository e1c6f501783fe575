"""What the law library adds to the shared pages."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base.viewers import Officer
from mingcha.basics import things
from mingcha.basics.rules import CONFIRMERS
from mingcha.laws.models import Law, LawText
from mingcha.web import navigation
from mingcha.web.providers import NextStep, next_steps

#: At most so many texts stand one by one on a home page.
SHOWN = 5


def register() -> None:
    """Called once at start-up."""
    navigation.add(
        navigation.Entry(
            code="laws.laws",
            label=gettext_lazy("法规库"),
            url_name="laws:laws-list",
            icon="scale",
            group="registry",
            order=5,
        )
    )
    next_steps.register("laws.unconfirmed")(_unconfirmed)
    things.register(
        Law,
        label=gettext_lazy("法律法规"),
        url=lambda pk: reverse("laws:laws-detail", args=[pk]),
    )


def _unconfirmed(officer: Officer) -> Iterator[NextStep]:
    """Texts that nobody has compared with the official one, for those who may confirm them."""
    if not officer.has(*CONFIRMERS):
        return
    waiting = LawText.objects.visible_to(officer).standing().filter(confirmed=False).select_related("law")
    for text in waiting.order_by("pk")[:SHOWN]:
        yield NextStep(
            title=_("核对法规文本：《%(law)s》") % {"law": text.law.title},
            url=reverse("laws:versions", args=[text.law_id]),
            detail=text.note or _("与公布的文本核对后确认"),
            tone="secondary",
            icon="scale",
        )
