"""Superiors' lists: brought in, compared with ours, decided row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Viewer
from mingcha.items.forms import UploadForm
from mingcha.items.importing import services
from mingcha.items.importing.comparing import Comparison, compared
from mingcha.items.lifecycle import KEEPERS, keeps
from mingcha.items.models import LIST_WORKERS, SuperiorList, SuperiorRow
from mingcha.kernel.refusal import Refusal, gettext_noop
from mingcha.web.components import Action
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section
from mingcha.web.templatetags.mingcha import status

_State = SuperiorList.State
LIST_TONES: dict[str, Tone] = {
    _State.OPEN: "info",
    _State.CONFIRMED: "success",
    _State.CANCELLED: "secondary",
}
VERDICT_TONES: dict[str, Tone] = {
    SuperiorRow.Verdict.UNDERSTOOD: "success",
    SuperiorRow.Verdict.WARNED: "warning",
    SuperiorRow.Verdict.REFUSED: "danger",
}


class SuperiorRegister(Register):
    model = SuperiorList
    slug = "superiors"
    title = _("上级清单")
    description = _("把上级公布的事项清单读进来，与本局清单逐项对照；确认之前，本局清单不变")
    read_roles = LIST_WORKERS
    write_roles = KEEPERS
    columns = (
        "title",
        "authority",
        "published_on",
        Column(
            "state", _("状态"), render=lambda row: status(str(row.get_state_display()), LIST_TONES[row.state])
        ),
        "received_at",
    )
    filters = ("state",)
    search_fields = ("title", "authority")
    ordering = ("-received_at",)
    form_class = UploadForm
    create_label = _("读入上级清单")
    create_button = _("读入并对照")
    detail_template = "items/superior_detail.html"
    detail_sections = (
        Section(
            _("清单"),
            ("authority", "published_on", "file_name", "sha256", "received_at", "received_by", "settled_at"),
            icon="file-input",
        ),
    )
    empty_title = _("还没有读入上级清单")

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> SuperiorList:
        return services.receive(actor=actor, **cleaned)

    def status(self, instance: SuperiorList) -> tuple[str, Tone]:
        return str(instance.get_state_display()), LIST_TONES[instance.state]

    def extra_actions(self, viewer: Viewer, instance: SuperiorList) -> Sequence[Action]:
        if instance.state != _State.OPEN or not keeps(viewer):
            return ()
        pending = instance.rows.filter(decision=SuperiorRow.Decision.PENDING)
        left = pending.count()
        actions = [
            Action(
                gettext("确认处理结果"),
                reverse("items:superior-confirm", args=[instance.pk]),
                icon="check-check",
                primary=not left,
                post=True,
                refusals=(_undecided(left),) if left else (),
            )
        ]
        if pending.filter(suggested__isnull=False).exists():
            actions.insert(
                0,
                Action(
                    gettext("采用全部建议的对应"),
                    reverse("items:superior-accept", args=[instance.pk]),
                    icon="wand-sparkles",
                    post=True,
                    hint=gettext("只处理有建议的行；之后仍可逐行改"),
                ),
            )
        actions.append(
            Action(
                gettext("取消"),
                reverse("items:superior-cancel", args=[instance.pk]),
                icon="ban",
                danger=True,
                post=True,
                needs_reason=True,
            )
        )
        return actions

    def detail_values(self, viewer: Viewer, instance: SuperiorList) -> Mapping[str, Any]:
        found: Comparison = compared(instance)
        may = instance.state == _State.OPEN and keeps(viewer)
        return {
            "comparison": found,
            "rows": [(one, VERDICT_TONES[SuperiorRow.Verdict(one.row.verdict)]) for one in found.rows],
            "may_decide": may,
        }


def _undecided(left: int) -> Refusal:
    return Refusal(
        "item.superior_undecided",
        gettext_noop("还有 %(count)s 行没有处理"),
        gettext_noop("本局监管工作实施方案二（二）1：依法建立并动态调整抽查事项清单"),
        gettext_noop("请逐行选择：对应本局事项、拟定新事项，或写明理由不采用"),
        {"count": left},
    )
