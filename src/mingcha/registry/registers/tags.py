"""The dictionary of tags."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Viewer
from mingcha.registry.forms.tags import TagForm
from mingcha.registry.models import REGISTER_READERS, Tag
from mingcha.registry.services import tags as services
from mingcha.web.registers import Register, Section


class TagRegister(Register):
    model = Tag
    slug = "tags"
    title = _("标签字典")
    description = _("检查对象的分类和标签；停用的标签不再新加，已有的仍然保留")
    read_roles = REGISTER_READERS
    write_roles = services.TAG_KEEPERS
    columns = ("label", "code", "group", "meaning", "in_use")
    filters = ("group", "in_use")
    search_fields = ("label", "code", "meaning")
    ordering = ("group", "label")
    form_class = TagForm
    create_label = _("新增标签")
    detail_sections = (Section(_("标签"), ("label", "code", "group", "meaning", "in_use"), icon="tag"),)

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> Tag:
        return services.define_tag(actor=actor, values=cleaned)

    def update(self, actor: Viewer, instance: Tag, cleaned: dict[str, Any]) -> Tag:
        return services.change_tag(actor=actor, tag=instance, values=cleaned)
