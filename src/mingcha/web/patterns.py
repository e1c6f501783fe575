"""Sample values for the page that shows every component (`/patterns/`)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.kernel.refusal import Refusal
from mingcha.web.charts import Chart, Series
from mingcha.web.components import Action
from mingcha.web.forms import DateInput, Form
from mingcha.web.providers import HistoryEntry, NextStep, Signal, Tone
from mingcha.web.registers.columns import Column, Section
from mingcha.web.registers.tables import make_table, rows_of
from mingcha.web.templatetags.mingcha import status

REGISTER_SOURCE = """class SubjectRegister(Register):
    model = Subject
    slug = "subject"
    title = _("检查对象")
    write_roles = (Role.COORDINATOR,)
    columns = ("name", "code", "town", Column("grade", render=grade_badge))
    filters = ("kind", "town")
    search_fields = ("name", "code")
    form_class = SubjectForm
"""


@dataclass(frozen=True)
class SampleFirm:
    """An invented firm, for the sample table."""

    pk: int
    name: str
    code: str
    town: str
    grade: str
    tone: Tone
    employees: int

    def __str__(self) -> str:
        return self.name


class SampleForm(Form):
    """A form with one field of each look."""

    name = forms.CharField(label=_("单位名称"), help_text=_("与营业执照一致。"))
    code = forms.CharField(label=_("统一社会信用代码"), min_length=18, max_length=18)
    kind = forms.ChoiceField(
        label=_("类型"), choices=[("", _("请选择")), ("firm", _("企业")), ("dispatch", _("劳务派遣机构"))]
    )
    since = forms.DateField(label=_("设立日期"), widget=DateInput(), required=False)
    notify = forms.BooleanField(label=_("同意以短信送达文书"), required=False)
    note = forms.CharField(label=_("备注"), widget=forms.Textarea, required=False)


_FIRMS = (
    SampleFirm(1, "栾城区示例机械制造有限公司", "91130124MA00000017", "窦妪镇", "A 级", "success", 212),
    SampleFirm(2, "示例劳务派遣有限公司", "91130124MA00000025", "栾城镇", "B 级", "info", 1460),
    SampleFirm(3, "示例建筑安装工程有限公司", "91130124MA00000033", "冶河镇", "C 级", "danger", 87),
)


def _grade(firm: SampleFirm) -> SafeString:
    return status(firm.grade, firm.tone)


_COLUMNS = (
    Column("name", str(_("单位名称"))),
    Column("code", str(_("统一社会信用代码"))),
    Column("town", str(_("乡镇"))),
    Column("grade", str(_("守法诚信等级")), render=_grade),
    Column("employees", str(_("用工人数")), numeric=True),
)


def _refusals() -> tuple[Refusal, ...]:
    return (
        Refusal(
            code="sample.cap",
            message="这家企业今年已经入企检查 2 次，达到年度上限，不能再列入本次抽查",
            basis="年度入企检查频次上限（参数 visit.cap，2026 年为 2 次）",
            remedy="请改用非现场检查，或者等到 2027 年 1 月 1 日以后",
        ),
    )


def _actions() -> list[Action]:
    return [
        Action(_("送审"), "/patterns/", icon="send", primary=True),
        Action(_("封存名单"), "#", icon="lock-keyhole", post=True, refusals=_refusals()),
        Action(_("查看规则"), "/patterns/", icon="book-open"),
    ]


def _steps() -> list[NextStep]:
    today = clock.today()
    return [
        NextStep(
            title=str(_("责令改正复查")),
            url="/patterns/",
            detail="示例建筑安装工程有限公司 · 改正期限已过",
            due=today - timedelta(days=2),
            tone="danger",
            icon="triangle-alert",
        ),
        NextStep(
            title=str(_("审核检查结果")),
            url="/patterns/",
            detail="二季度劳务派遣专项",
            due=today,
            icon="clipboard-check",
            count=3,
        ),
        NextStep(title=str(_("完善单位信息")), url="/patterns/", detail="", icon="building-2", count=12),
    ]


def _history() -> list[HistoryEntry]:
    now = clock.now()
    return [
        HistoryEntry(
            at=now,
            who="李敏（综合经办）",
            what=str(_("修改检查对象")),
            why="企业来函更正地址",
            changes=(("乡镇", "栾城镇", "窦妪镇"), ("联系电话", "138****1234", "139****5678")),
            digest=hashlib.sha256(b"sample").hexdigest(),
        ),
        HistoryEntry(at=now - timedelta(days=3), who="系统", what=str(_("导入检查对象"))),
    ]


def sample_values() -> dict[str, Any]:
    """Everything that the pattern page shows."""
    wrong = SampleForm({"name": "示例机械制造有限公司", "code": "9113", "kind": "", "note": "内容不会丢失"})
    wrong.is_valid()
    firm = _FIRMS[0]
    table = make_table(list(_FIRMS), _COLUMNS)
    return {
        "form": SampleForm(auto_id="plain_%s"),
        "wrong_form": wrong,
        "table": table,
        "rows": rows_of(table, lambda firm: ""),
        "register_source": REGISTER_SOURCE,
        "section": (section := Section(str(_("基本情况")), _COLUMNS)),
        "pairs": section.pairs(firm),
        "sample_refusals": _refusals(),
        "actions": _actions(),
        "steps": _steps(),
        "history": _history(),
        "signal_danger": Signal("sample.worker", "后台任务没有运行。", "请在服务器上执行 mingcha serve。"),
        "signal_warning": Signal(
            "sample.calendar", "2027 年放假安排尚未公布。", "期限按暂定工作日计算。", "warning"
        ),
        "sample_chart": Chart(
            title=_("各月底累计完成检查的企业"),
            unit=_("户"),
            label=_("月份"),
            labels=[_("1 月"), _("2 月"), _("3 月"), _("4 月")],
            series=[
                Series(_("已完成"), [4, 9, 17, None], "line"),
                Series(_("计划"), [5, 10, 15, 20]),
                Series(_("全年下限"), [18, 18, 18, 18], "limit"),
            ],
        ),
        "sample_digest": hashlib.sha256("明查".encode()).hexdigest(),
        "today": clock.today(),
        "tones": [
            ("success", _("已办结")),
            ("info", _("办理中")),
            ("warning", _("即将到期")),
            ("danger", _("已逾期")),
            ("secondary", _("未开始")),
        ],
    }
