"""Bindings that a change of the law touches, and what was found on review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Viewer
from mingcha.items.lifecycle import keeps
from mingcha.items.models import LIST_WORKERS, BasisFlag
from mingcha.items.shown import citation_of, passage_of
from mingcha.kernel.refusal import Refused
from mingcha.laws import selectors as library
from mingcha.web.components import Action
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section
from mingcha.web.registers.filters import RegisterFilterSet
from mingcha.web.templatetags.mingcha import status

KIND_TONES: dict[str, Tone] = {
    BasisFlag.Kind.CHANGED: "warning",
    BasisFlag.Kind.VANISHED: "danger",
    BasisFlag.Kind.NEW_TEXT: "info",
}


class FlagFilters(RegisterFilterSet):
    """Which are still to be looked at."""

    reviewed = django_filters.ChoiceFilter(
        label=_("复核"),
        choices=[("no", _("待复核")), ("yes", _("已复核"))],
        empty_label=_("全部"),
        method="by_review",
    )

    def by_review(self, rows: Any, name: str, value: str) -> models.QuerySet[BasisFlag]:
        return rows.open() if value == "no" else rows.filter(reviewed_at__isnull=False)  # type: ignore[no-any-return]


class FlagRegister(Register):
    model = BasisFlag
    slug = "flags"
    title = _("依据变动")
    description = _("法律法规有了新文本，清单上的依据要不要跟着改，由人对照后决定")
    read_roles = LIST_WORKERS
    columns = (
        Column(
            "item",
            _("抽查事项"),
            render=lambda flag: str(flag.basis.version),
            order_by=("basis__version__item__code",),
        ),
        Column("basis", _("依据"), render=lambda flag: flag.basis.cited, order_by=("basis__cited",)),
        Column(
            "kind",
            _("变动"),
            render=lambda flag: status(str(flag.get_kind_display()), KIND_TONES[flag.kind]),
        ),
        Column("new_text", _("新文本"), render=lambda flag: str(flag.new_text), sortable=False),
        "raised_at",
        "verdict",
    )
    filters = ("kind",)
    filterset_class = FlagFilters
    search_fields = ("basis__cited", "basis__version__name", "basis__version__item__code")
    ordering = ("-raised_at", "basis__version__item__code")
    select_related = (
        "basis__version__item",
        "basis__law_text__law",
        "basis__article__text__law",
        "basis__point",
        "new_text__law",
    )
    detail_template = "items/flag_detail.html"
    detail_sections = (
        Section(
            _("复核"),
            ("raised_at", "verdict", "reason", "reviewed_at", "reviewed_by"),
            icon="file-check",
        ),
    )
    empty_title = _("没有依据变动")
    empty_text = _("法律法规录入新文本后，受影响的依据会列在这里。")

    def status(self, instance: BasisFlag) -> tuple[str, Tone]:
        return str(instance.get_kind_display()), KIND_TONES[BasisFlag.Kind(instance.kind)]

    def extra_actions(self, viewer: Viewer, instance: BasisFlag) -> Sequence[Action]:
        if instance.reviewed_at is not None or not keeps(viewer):
            return ()
        return (
            Action(
                _("复核"), reverse("items:flag-review", args=[instance.pk]), icon="file-check", primary=True
            ),
        )

    def detail_values(self, viewer: Viewer, instance: BasisFlag) -> Mapping[str, Any]:
        return compared(instance)


def compared(flag: BasisFlag) -> dict[str, Any]:
    """Old and new words of the passage, side by side; the new ones empty where there are none."""
    basis = flag.basis
    article = library.article(flag.new_text, basis.article.number, basis.article.suffix)
    new = ""
    if article is not None and flag.new_text_id != basis.law_text_id:
        try:
            new = library.passage(article, citation_of(basis))
        except Refused:
            # The article has no such 款 or 项 any more: the whole article is what there is to read.
            new = article.body
    page = reverse("laws:text", args=[flag.new_text_id])
    return {
        "flag": flag,
        "basis": basis,
        "old_words": passage_of(basis),
        "new_words": new,
        "new_url": f"{page}#{article.anchor}" if article is not None else page,
    }
