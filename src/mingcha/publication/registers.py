"""The register of publications, and the page on which one is reviewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import django_filters
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Officer, Viewer
from mingcha.publication import lifecycle, presenting, selectors, types
from mingcha.publication.models import READERS, Publication
from mingcha.web.components import Action, verb_actions
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section
from mingcha.web.registers.filters import RegisterFilterSet
from mingcha.web.text import Text

VERB_PAGES = {
    "publish": "publication:publish",
    "return": "publication:return",
    "withdraw": "publication:withdraw",
}
VERB_ICONS = {"publish": "megaphone", "return": "undo-2", "withdraw": "archive-x"}


def _type_choices() -> list[tuple[str, str]]:
    return [(one.code, str(one.label)) for one in types.all_types()]


class PublicationFilters(RegisterFilterSet):
    type = django_filters.ChoiceFilter(label=_("类别"), choices=_type_choices, empty_label=_("全部"))


class PublicationRegister(Register):
    model = Publication
    slug = "publications"
    prefix = ""
    title = _("公示")
    description = _("每一件公示先由一人提交、另一人审核；发布、更新、撤下都留有记录")
    read_roles = READERS
    columns = (
        "title",
        Column("type", _("类别"), render=lambda row: row.type_label, order_by=("type",)),
        "number",
        Column("version", numeric=True),
        Column("row_count", numeric=True),
        "state",
        "from_day",
        "until_day",
        "prepared_at",
    )
    filters = ("state", "from_day")
    filterset_class = PublicationFilters
    search_fields = ("number", "title", "thing_label")
    search_hint = _("公示编号、标题或对象")
    ordering = ("-prepared_at",)
    empty_title = _("还没有公示")
    empty_text = _("抽查事项清单、年度计划、检查结果等提交公示后，会出现在这里等待审核。")
    detail_template = "publication/publication_detail.html"
    detail_sections = (
        Section(
            _("公示情况"),
            (
                Column("type", _("类别"), render=lambda row: row.type_label),
                "number",
                "version",
                Column("period", _("公示期间"), render=presenting.period),
                "change_note",
                "prepared_by",
                "prepared_at",
                "reviewed_by",
                "reviewed_at",
                "ended_why",
            ),
            icon="megaphone",
        ),
    )

    def list_actions(self, viewer: Viewer) -> Sequence[Action]:
        return (Action(_("公示项目表"), reverse("publication:types"), "list-checks"),)

    def queryset(self, viewer: Viewer) -> models.QuerySet[Any]:
        return super().queryset(viewer).defer("rows", "fields")

    def status(self, instance: Publication) -> tuple[Text, Tone]:
        return instance.get_state_display(), presenting.TONES[instance.state]

    def extra_actions(self, viewer: Viewer, instance: Publication) -> Sequence[Action]:
        actions = verb_actions(
            lifecycle.PUBLICATION,
            state=instance.state,
            roles=viewer.roles,
            facts=selectors.facts_of(instance, viewer),
            url_for=lambda row: reverse(VERB_PAGES[row.verb], args=[instance.pk]),
            icons=VERB_ICONS,
            danger=("withdraw",),
        )
        kept = selectors.kept_from_reviewing(instance, viewer) if isinstance(viewer, Officer) else None
        if instance.state == lifecycle.PREPARED and kept is not None:
            actions = [replace(action, refusals=(*action.refusals, kept)) for action in actions]
        return [*actions, *self._links(instance)]

    def _links(self, instance: Publication) -> list[Action]:
        if instance.state not in (lifecycle.PUBLISHED, lifecycle.SUPERSEDED, lifecycle.WITHDRAWN):
            return []
        page = selectors.public_url(instance)
        return [Action(_("公众看到的页面"), page, "globe")] if page else []

    def detail_values(self, viewer: Viewer, instance: Publication) -> Mapping[str, Any]:
        return {
            "content": presenting.content(instance, viewer),
            "difference": selectors.changes(instance, viewer),
            "versions": selectors.versions(instance, viewer),
        }
