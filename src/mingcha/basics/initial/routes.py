"""Approval routes (design §4.7)."""

from __future__ import annotations

from dataclasses import dataclass

from mingcha.base.roles import Reach, Role
from mingcha.base.viewers import Viewer
from mingcha.basics.models import ApprovalRoute
from mingcha.basics.services import routes
from mingcha.basics.services.routes import Step

_LEADER = (Step("局领导批准", Role.BUREAU_LEADER),)
_HEAD = (Step("股室负责人批准", Role.SECTION_HEAD, Reach.SECTION),)
_54 = "国办发〔2024〕54号五：检查前制定检查方案并报行政执法主体负责人批准"


@dataclass(frozen=True)
class Row:
    """One route."""

    kind: str
    label: str
    basis: str
    steps: tuple[Step, ...]
    emergency_rule: str = ""


TABLE: tuple[Row, ...] = (
    Row(
        "annual-plan", "年度抽查计划审批", "本局监管工作实施方案二（三）1；国办发〔2024〕54号五、六", _LEADER
    ),
    Row("campaign", "抽查方案审批", _54, _LEADER),
    Row(
        "visit-window",
        "延长检查期限审批",
        "国办发〔2024〕54号五：按批准的方案和时间检查；变更的，报原批准人批准",
        _LEADER,
    ),
    Row(
        "item-list",
        "抽查事项清单审批",
        "国办发〔2024〕54号三：检查事项依法确定并公布；国办发〔2015〕58号：随机抽查事项清单",
        _LEADER,
    ),
    Row("inspection", "行政检查审批", _54, _LEADER, "EMERGENCY_APPROVAL"),
    Row(
        "visit-other",
        "调研、督导、观摩入企审批",
        "国办发〔2024〕54号九：观摩、督导等活动也要记录在案；不得以观摩、督导、考察等名义行检查之实",
        _HEAD,
    ),
    Row(
        "case-opening",
        "立案审批",
        "《劳动保障监察条例》第十四条；部令25号：报监察机构负责人批准",
        (Step("监察机构负责人批准", Role.SECTION_HEAD, Reach.SECTION),),
    ),
    Row("extension", "延期审批", "《劳动保障监察条例》第十七条：经劳动保障行政部门负责人批准", _LEADER),
    Row("evidence", "先行登记保存审批", "《行政处罚法》第五十六条：经行政机关负责人批准", _LEADER),
    Row("correction", "检查结果更正审批", "本局监管工作实施方案：严禁擅自修改检查结果", _HEAD),
)


def load(actor: Viewer) -> int:
    """Enter every route whose kind is not there."""
    held = set(ApprovalRoute.objects.values_list("kind", flat=True))
    missing = [row for row in TABLE if row.kind not in held]
    for row in missing:
        routes.set_route(
            actor=actor,
            kind=row.kind,
            label=row.label,
            basis=row.basis,
            steps=row.steps,
            emergency_allowed=bool(row.emergency_rule),
            emergency_rule=row.emergency_rule,
        )
    return len(missing)
