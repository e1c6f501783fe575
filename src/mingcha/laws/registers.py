"""The register of laws, and the page of one law with its articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics.registers.common import confirmation
from mingcha.laws.forms import LawForm
from mingcha.laws.models import Law, LawText
from mingcha.laws.rules import KEEPERS
from mingcha.laws.services import library
from mingcha.laws.shown import chapters
from mingcha.web.components import Action
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section


def text_today(law: Law) -> LawText | None:
    """The text that applies today, from the rows at hand; without one, the last that applied."""
    today = clock.today()
    standing = [text for text in law.texts.all() if text.withdrawn_at is None]
    begun = [text for text in standing if text.effective_from <= today]
    return max(begun or standing, key=lambda text: text.effective_from, default=None)


def state_of(law: Law) -> tuple[str, Tone]:
    """Whether a text of the law applies today."""
    text, today = text_today(law), clock.today()
    if text is None:
        return gettext("没有文本"), "warning"
    if text.effective_to is not None and text.effective_to < today:
        return gettext("已废止"), "secondary"
    return (gettext("尚未施行"), "info") if text.effective_from > today else (gettext("现行有效"), "success")


def _version(law: Law) -> str:
    text = text_today(law)
    return text.label if text is not None else ""


def _since(law: Law) -> Any:
    text = text_today(law)
    return text.effective_from if text is not None else None


def _state(law: Law) -> str:
    return state_of(law)[0]


def _checked(law: Law) -> SafeString | str:
    text = text_today(law)
    return confirmation(text) if text is not None else ""


class LawRegister(Register):
    """The laws that inspections rest on."""

    model = Law
    slug = "laws"
    prefix = ""
    title = _("法规库")
    description = _("检查所依据的法律、法规、规章；引用精确到条、款、项，随修订保留各个时期的文本")
    write_roles = KEEPERS
    columns = (
        Column("title", _("名称")),
        "rank",
        Column("version", _("文本"), render=_version, sortable=False),
        Column("since", _("施行日期"), render=_since, sortable=False),
        Column("state", _("状态"), render=_state, sortable=False),
        Column("checked", _("核实"), render=_checked, sortable=False),
    )
    filters = ("rank",)
    search_fields = ("title", "short_title", "aliases")
    search_hint = _("名称、简称或文号")
    ordering = ("rank", "title")
    prefetch = ("texts",)
    form_class = LawForm
    create_label = _("录入法规")
    create_button = _("保存，接着录入文本")
    detail_sections = (Section(_("法规"), ("title", "short_title", "aliases", "rank"), "scale"),)
    detail_template = "laws/law_detail.html"
    empty_title = _("法规库还是空的")
    empty_text = _("请系统管理员运行初始数据，或录入第一部法规。")

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> models.Model:
        return library.add_law(actor=actor, **cleaned)

    def update(self, actor: Viewer, instance: Law, cleaned: dict[str, Any]) -> models.Model:
        return library.change_law(actor=actor, law_id=instance.pk, **cleaned)

    def initial(self, instance: Law) -> dict[str, Any]:
        return LawForm.values_of(instance)

    def status(self, instance: Law) -> tuple[str, Tone]:
        return state_of(instance)

    def list_actions(self, viewer: Viewer) -> Sequence[Action]:
        return (Action(label=gettext("查找条文"), url=reverse("laws:search"), icon="search"),)

    def more_tabs(self, viewer: Viewer, instance: Law) -> Sequence[Action]:
        url = reverse("laws:versions", args=[instance.pk])
        return (Action(label=gettext("各个版本"), url=url, icon="git-compare"),)

    def extra_actions(self, viewer: Viewer, instance: Law) -> Sequence[Action]:
        if not isinstance(viewer, Officer) or not viewer.has(*KEEPERS):
            return ()
        text = text_today(instance)
        actions = [
            Action(
                label=gettext("录入新版本") if text else gettext("录入文本"),
                url=reverse("laws:text-add", args=[instance.pk]),
                icon="file-plus",
                primary=text is None,
            )
        ]
        if text is not None and text.effective_to is None:
            url = reverse("laws:repeal", args=[instance.pk])
            actions.append(Action(label=gettext("登记废止"), url=url, icon="file-x"))
        return actions

    def detail_values(self, viewer: Viewer, instance: Law) -> Mapping[str, Any]:
        text = text_today(instance)
        return shown_text(text) if text is not None else {"text": None}


def shown_text(text: LawText) -> dict[str, Any]:
    """What `laws/text.html` shows of a text."""
    return {
        "text": text,
        "chapters": chapters(text.articles.all()),
        "history_lines": text.history.splitlines(),
        "preamble_lines": text.preamble.splitlines(),
        "appendix_lines": text.appendix.splitlines(),
    }
