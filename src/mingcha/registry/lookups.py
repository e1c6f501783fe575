"""Finding one subject of the register while filling in a form."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Viewer
from mingcha.registry import search
from mingcha.registry.models import REGISTER_READERS, Subject
from mingcha.registry.selectors.subjects import named
from mingcha.web.lookups import Lookup, LookupField, Suggestion


class SubjectLookup(Lookup):
    """By part of a name, code or pinyin initials; the box then holds "code name"."""

    code = "subjects"
    roles = REGISTER_READERS
    hint = _("输入名称、拼音首字母或代码的一部分，从列表中选；也可以直接填写统一社会信用代码")

    def rows(self, viewer: Viewer) -> models.QuerySet[Any]:
        return Subject.objects.visible_to(viewer).current()

    def matching(self, rows: models.QuerySet[Any], text: str) -> models.QuerySet[Any]:
        return search.narrow(rows, text).order_by("-pk")

    def exactly(self, rows: models.QuerySet[Any], text: str) -> models.QuerySet[Any]:
        return named(rows, text)

    def suggestion(self, instance: Subject) -> Suggestion:
        place = " ".join(part for part in (instance.town, str(instance.get_registration_display())) if part)
        return Suggestion(
            text=f"{instance.roster_id} {instance.name}".strip(),
            label=instance.name,
            detail=f"{instance.roster_id} {place}".strip(),
        )


class SubjectChoiceField(LookupField):
    """One subject of the register, in any form."""

    def __init__(self, **options: Any) -> None:
        super().__init__(SubjectLookup.code, Subject.objects.all(), **options)
        self.help_text = options.get("help_text", SubjectLookup.hint)
