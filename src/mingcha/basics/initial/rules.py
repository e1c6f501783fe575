"""The table of terms (domain §3.2), and the terms that parameters give."""

from __future__ import annotations

from dataclasses import dataclass

from mingcha.base.viewers import Viewer
from mingcha.basics.initial.parameters import START
from mingcha.basics.models import DeadlineRule, Trust
from mingcha.basics.models.deadlines import Form, Roll
from mingcha.basics.services import deadline_rules


@dataclass(frozen=True)
class Row:
    """One rule of the table."""

    code: str
    trigger: str
    term: str
    label: str
    source: str
    trust: Trust
    form: Form = Form.TERM
    parameter: str = ""
    extends: str = ""
    roll: Roll = Roll.FORWARD
    note: str = ""


V, VP, M, S, D = Trust.VERIFIED, Trust.PARTLY, Trust.MEMORY, Trust.PLAN, Trust.DESIGN
EXT, GATE, NOTICE, STATED = Form.EXTENSION, Form.GATE, Form.NOTICE, Form.STATED

TABLE: tuple[Row, ...] = (
    Row("T01", "收到投诉", "5WD", "受理投诉", "部令25号第十八条", V, note="受理之日即立案查处"),
    Row("T02", "收到投诉（超过二年等）", "5WD", "书面通知不予受理或告知补正", "部令25号第十八条", V),
    Row("T03", "主动发现或举报需调查处理", "", "及时报监察机构负责人批准立案",
        "《劳动保障监察条例》第十四条；部令25号", VP, GATE, note="批准之日为立案之日"),
    Row("T04", "立案", "60WD", "完成调查", "《劳动保障监察条例》第十七条", V),
    Row("T05", "案情复杂，经部门负责人批准", "30WD", "延长调查期限（一次）",
        "《劳动保障监察条例》第十七条", V, EXT, extends="T04"),
    Row("T06", "调查完成", "15WD", "作出处罚、处理、责令改正决定或撤销立案", "部令25号第三十七条", M),
    Row("T07", "立案", "90D", "作出行政处罚决定（一般规定，仅作预警）", "《行政处罚法》第六十条", V,
        note="法律、法规、规章另有规定的从其规定"),
    Row("T08", "先行登记保存", "7WD", "对保存的证据作出处理决定", "《行政处罚法》第五十六条、第八十五条", V),
    Row("T09", "收到回避申请", "3WD", "部门负责人决定是否回避",
        "部令25号第二十六条；《行政处罚法》第四十三条", VP,
        note="决定前不停止检查、调查"),
    Row("T10", "作出处罚决定前", "", "告知拟处罚内容及陈述、申辩、听证权利",
        "《行政处罚法》第四十四条、第四十五条、第六十二条；《劳动保障监察条例》第十九条", V, GATE),
    Row("T11", "送达听证告知书", "5WD", "当事人提出听证要求",
        "《行政处罚法》第六十四条第一项、第八十五条", V),
    Row("T12", "举行听证", "7WD", "通知听证的时间、地点",
        "《行政处罚法》第六十四条第二项、第八十五条", V, NOTICE),
    Row("T13", "作出决定或指令书，当事人不在场", "7WD", "送达文书",
        "《行政处罚法》第六十一条；部令25号第三十八条", VP),
    Row("T14", "公告", "30D", "公告送达期满", "《民事诉讼法》（2023）第九十五条", V),
    Row("T15", "收到处罚决定", "15D", "当事人缴纳罚款", "《行政处罚法》第六十七条、第七十二条", V),
    Row("T16", "当事人知道行政行为", "60D", "申请行政复议", "《行政复议法》第二十条、第二十三条", V),
    Row("T17", "当事人知道行政行为", "6M", "提起行政诉讼", "《行政诉讼法》第四十六条", V),
    Row("T17A", "收到复议决定", "15D", "不服复议决定的提起诉讼", "《行政诉讼法》第四十五条", V),
    Row("T18", "复议、诉讼期限届满未履行", "3M", "申请人民法院强制执行", "《行政强制法》第五十三条", V),
    Row("T18A", "催告书送达", "10WD", "催告后当事人履行", "《行政强制法》第五十四条、第六十九条", V),
    Row("T19", "报告涉嫌犯罪案件", "3D", "正职负责人决定是否移送",
        "《行政执法机关移送涉嫌犯罪案件的规定》第五条", V),
    Row("T19A", "批准移送", "24H", "向公安机关移送",
        "《行政执法机关移送涉嫌犯罪案件的规定》第五条、第十一条", V),
    Row("T20", "接到公安机关立案通知", "3D", "移交涉案物品和材料",
        "《行政执法机关移送涉嫌犯罪案件的规定》第十二条", V),
    Row("T21", "处罚信息形成或变更", "7WD", "公开处罚信息",
        "《河北省行政执法公示办法》（石家庄裕华区公布口径）", V),
    Row("T22", "处罚被变更、撤销、确认违法或无效", "3WD", "撤回公开并说明理由",
        "《行政处罚法》第四十八条、第八十五条", V),
    Row("T23", "违法行为发生或终了", "2Y", "查处时效",
        "《劳动保障监察条例》第二十条；《行政处罚法》第三十六条", V, roll=Roll.NONE),
    Row("T24", "抽查结束", "20WD", "公示抽查结果",
        "冀政办发〔2015〕22号", V, note="有问题的也公示；时钟不等审核"),
    Row("T25", "送达责令限期支付文书", "", "当事人按期支付",
        "《劳动保障监察条例》第二十六条；《劳动合同法》第八十五条", V, STATED),
    Row("T26", "符合简易程序", "", "当场作出处罚决定", "《行政处罚法》第五十一条", V, GATE),
    Row("CONFIRM_DISPATCH", "接到抽查名单", "", "比对、确认派来的检查任务", "参照山东2017年先例", VP,
        parameter="CONFIRM_DISPATCH"),
    Row("EMERGENCY_APPROVAL", "紧急电话批准", "", "补办审批手续", "国办发〔2024〕54号五", D,
        parameter="EMERGENCY_APPROVAL"),
    Row("SCAN_LATE_ENTRY", "扫码故障的检查结束", "", "补录扫码记录并说明理由", "参照深圳“扫码入企”细则", VP,
        parameter="SCAN_LATE_ENTRY"),
    Row("LEAD_LOOK", "收到举报、转办、线索、企业申请", "", "首次处理线索：受理、告知补正、转出或不予受理",
        "《劳动保障监察条例》第十四条：及时；期限参照投诉，为建议值", D, parameter="LEAD_LOOK_DAYS"),
    Row("LEAD_MORE", "告知补正", "", "催收补正材料，期满决定是否受理",
        "部令25号第十八条第二项；期限为建议值", D,
        parameter="LEAD_MORE_DAYS"),
    Row("LEAD_DUE", "收到转办函、平台线索", "", "按来文要求办结并反馈", "来文载明的日期", D, STATED),
    Row("LEAD_ANSWER", "投诉办结", "", "书面告知投诉人办理结果",
        "部令25号第十八条：投诉受理后立案查处；办结告知的期限为建议值", D, parameter="LEAD_ANSWER_DAYS"),
    Row("VISIT_WINDOW", "检查任务确认", "", "在批准的期间内完成入企检查",
        "国办发〔2024〕54号五：按批准的方案和时间检查；本局方案二（三）2：杜绝任务超期", S, STATED),
    Row("RECORD_ENTRY", "检查结束离开企业", "", "提交检查记录",
        "本局方案三（二）：不得随意录入、超期未完成；期限为建议值", D,
        parameter="RECORD_ENTRY_DAYS"),
    Row("RESULT_REVIEW", "提交检查记录", "", "审核检查结果", "本局方案二（三）3；期限为建议值", D,
        parameter="RESULT_REVIEW_DAYS"),
    Row("REFERRAL_FEEDBACK", "发出抄告函", "", "收到抄告的反馈，或者催办",
        "本局方案二（三）3：后续跟踪、闭环管理；期限为建议值", D, parameter="REFERRAL_FEEDBACK_TERM"),
    Row("CLAIM", "检查对象列入待认领", "", "认领或说明不属本局监管",
        "本局监管工作实施方案二（二）2：及时认领；期限为建议值", D, parameter="CLAIM_DAYS"),
    Row("OPEN_SEALED_DRAW", "封存抽取（暗访）完成", "", "公开封存的抽取结果", "SSJ-1 抽取协议 §7.0 T5", D,
        STATED, note="到期日写在封存的方案里"),
)  # fmt: skip


def load(actor: Viewer) -> int:
    """Enter every rule whose code is not there."""
    held = set(DeadlineRule.objects.values_list("code", flat=True))
    missing = [row for row in TABLE if row.code not in held]
    for row in missing:
        deadline_rules.set_rule(
            actor=actor,
            code=row.code,
            label=row.label,
            trigger=row.trigger,
            form=row.form,
            term=row.term,
            parameter=row.parameter,
            extends=row.extends,
            roll=row.roll,
            source=row.source,
            trust=row.trust,
            confirmed=row.trust.is_settled,
            note=row.note,
            effective_from=START,
        )
    return len(missing)
