"""The parameters, each with its source and trust tag (domain §0, §1.3, §2, §3.5, §10, §12, §14).

What is tagged M, V- or D stays 待确认 until somebody of the bureau confirms it.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Min

from mingcha.base.viewers import Viewer
from mingcha.basics.initial.parameter_tables import MORE
from mingcha.basics.initial.parameter_tables.rows import (
    BUREAU,
    CITY,
    JUSTICE,
    LEGAL,
    PROVINCE,
    START,
    Former,
    Row,
)
from mingcha.basics.models import ParameterValue, Trust
from mingcha.basics.models.parameters import Kind, Section
from mingcha.basics.services import parameters

__all__ = ["START", "TABLE", "load"]

_PLAN = "本局监管工作实施方案"
_HISTORY = "初始数据：按施行日期补入此前的取值"

V, VP, M, S, D = Trust.VERIFIED, Trust.PARTLY, Trust.MEMORY, Trust.PLAN, Trust.DESIGN

TABLE: tuple[Row, ...] = (
    Row("COVERAGE_ENTERPRISE_BP", "企业年度抽查比例下限", Kind.INT, 300, "‱", Section.COVERAGE,
        f"{_PLAN}二（三）1：不低于全区企业总数的3%", S, "万分之三百即3%；应抽户数向上取整"),
    Row("COVERAGE_BASE_DAY", "抽查比例的基准日", Kind.TEXT, "01-01", "", Section.COVERAGE,
        "建议：以年初名录库存续企业数为分母", D, "月-日；分母按该日名录库计算并留快照",
        confirm_with=CITY),
    Row("COVERAGE_BASE_STATES", "计入企业总数的登记状态", Kind.LIST, "存续", "", Section.COVERAGE,
        f"{_PLAN}二（三）1只说“企业总数”；建议：年初名录库存续企业", D, "登记状态的名称，用顿号或逗号隔开",
        confirm_with=CITY),
    Row("COVERAGE_COUNTS_GONE", "核查发现注销、失联等的计入完成数", Kind.BOOL, True, "", Section.COVERAGE,
        "建议：已按规定核查并记录的算完成；市区口径未找到", D,
        confirm_with=CITY),
    Row("COVERAGE_COUNTS_OFF_SITE", "非现场检查计入完成数", Kind.BOOL, True, "", Section.COVERAGE,
        "建议；本局方案二（五）推行非现场检查，市区口径未找到", D,
        confirm_with=CITY),
    Row("COVERAGE_COUNTS_SUPERIOR", "上级计划的任务计入本局比例", Kind.BOOL, True, "", Section.COVERAGE,
        "建议：在本区抽取、由本局检查的算本局；市区口径未找到", D,
        confirm_with=CITY),
    Row("COVERAGE_UPPER_BP", "抽查比例的上限提示", Kind.INT, 2000, "‱", Section.COVERAGE,
        "辽宁口径：抽查对象不超过名录库的20%；河北未见，只作提示", D,
        confirm_with=CITY),
    Row("COVERAGE_BEHIND_PCT", "进度落后的提示线", Kind.INT, 10, "%", Section.COVERAGE,
        "建议：比按时间应完成的户数少于此比例以上时提示", D,
        confirm_with=BUREAU),
    Row("GRADE_WEIGHT_A", "守法诚信A级的抽取权重", Kind.DECIMAL, "0.3", "倍", Section.COVERAGE,
        "建议；人社部规〔2016〕1号：A级适当减少频次，倍数为建议值", D,
        confirm_with=BUREAU),
    Row("GRADE_WEIGHT_B", "守法诚信B级的抽取权重", Kind.DECIMAL, "1", "倍", Section.COVERAGE,
        "建议；人社部规〔2016〕1号，倍数为建议值", D,
        confirm_with=BUREAU),
    Row("GRADE_WEIGHT_C", "守法诚信C级的抽取权重", Kind.DECIMAL, "3", "倍", Section.COVERAGE,
        "建议；人社部规〔2016〕1号：C级列为重点对象，倍数为建议值", D,
        confirm_with=BUREAU),
    Row("GRADE_WEIGHT_NONE", "未评级的抽取权重", Kind.DECIMAL, "1", "倍", Section.COVERAGE,
        "建议：未评级和新设立的按一般比例", D,
        confirm_with=BUREAU),
    Row("INSPECTOR_TIME_PCT", "执法人员可用于抽查的时间", Kind.INT, 50, "%", Section.COVERAGE,
        "建议：其余时间用于办案、窗口等；由本局按实际测定", D,
        confirm_with=BUREAU),
    Row("VISIT_HALF_DAYS", "入企检查一户所需的半天数", Kind.INT, 1, "半天", Section.COVERAGE,
        "建议：含路途；由本局按实际测定", D,
        confirm_with=BUREAU),
    Row("OFF_SITE_PER_HALF_DAY", "一组半天可非现场核查的户数", Kind.INT, 10, "户", Section.COVERAGE,
        "建议；由本局按实际测定", D,
        confirm_with=BUREAU),
    Row("CAP_CLEAN", "年度入企上限（上年度无处罚处理记录）", Kind.INT, 1, "次/年", Section.COVERAGE,
        "参照广西人社厅公布口径；河北、石家庄上限未找到", D,
        confirm_with=CITY),
    Row("CAP_DEFAULT", "年度入企上限（一般企业）", Kind.INT, 2, "次/年", Section.COVERAGE,
        "建议；国办发〔2024〕54号四要求公布频次上限，本地上限未找到", D,
        confirm_with=CITY),
    Row("CAP_C", "年度入企上限（守法诚信C级）", Kind.INT, 4, "次/年", Section.COVERAGE,
        "建议；国办发〔2024〕54号四要求公布频次上限，本地上限未找到", D,
        confirm_with=CITY),
    Row("MERGE_WINDOW", "同一企业任务合并提示的间隔", Kind.TERM, "30D", "", Section.COVERAGE,
        "建议；国办发〔2024〕54号四：能合并的不得重复", D,
        confirm_with=BUREAU),
    Row("EXEMPT_REASONS", "不受频次上限限制的个案情形", Kind.LIST,
        "投诉举报,上级交办转办,配合上级,稽查,非现场监管发现线索,媒体曝光,整改问题需现场核查,企业申请,许可现场核查,法定紧急情形",
        "", Section.COVERAGE, "国办发〔2024〕54号四；濮阳公布的十种情形", VP,
        confirm_with=JUSTICE),
    Row("CLAIM_DAYS", "新增检查对象的认领期限", Kind.TERM, "10WD", "", Section.COVERAGE,
        f"{_PLAN}二（二）2只说“及时”，期限为建议值", D, "自列入待认领之日起",
        confirm_with=BUREAU),
    Row("DRAW_MIN_ENTROPY_BITS", "抽取随机值的最小信息量", Kind.INT, 48, "比特", Section.DRAW,
        "抽取规则 SSJ-1 §7.1：除见证语与封存值外合计不少于48比特", S),
    Row("DRAW_MIN_LEAD_MINUTES", "封存到摇号的最短间隔（现场摇号）", Kind.INT, 5, "分钟", Section.DRAW,
        "建议：先封存公示摘要，再当众摇号", D,
        confirm_with=BUREAU),
    Row("DRAW_PUBLIC_STRATA", "抽取可以用来分层并随名单公开的事实", Kind.LIST,
        "按守法诚信等级,按行业门类,按乡镇街道,按用工人数", "", Section.DRAW,
        "建议：名单公开后谁都看得到分层；市监信用风险等级供内部使用，不列（国市监信发〔2022〕6号）", D,
        "对象类型总是可以用来分层", confirm_with=BUREAU),
    Row("SPECIAL_CAMPAIGNS_A_YEAR", "专项检查的年度数量", Kind.INT, 2, "次/年", Section.DRAW,
        "国办发〔2024〕54号六：专项检查实行年度数量控制；数量由区政府核定，建议值", D,
        "0 表示没有核定数量", confirm_with=JUSTICE),
    Row("DRAW_RESERVE_PCT", "候补对象比例", Kind.INT, 20, "%", Section.DRAW,
        "建议：失联、注销等按次序递补", D,
        confirm_with=BUREAU),
    Row("TASK_TERM", "抽查任务完成期限", Kind.TERM, "30WD", "", Section.DRAW,
        "建议：自派发之日起；年度计划另有规定的从其规定", D,
        confirm_with=BUREAU),
    Row("CONFIRM_DISPATCH", "接到名单后匹配检查人员的期限", Kind.TERM, "2WD", "", Section.DRAW,
        "参照山东2017年先例：县级接到名单2个工作日内随机匹配", VP,
        confirm_with=CITY),
    Row("EMERGENCY_APPROVAL", "紧急检查补办审批的期限", Kind.TERM, "2WD", "", Section.VISIT,
        "国办发〔2024〕54号五：及时报告并补办手续；期限为建议值", D,
        confirm_with=JUSTICE),
    Row("SCAN_LATE_ENTRY", "扫码故障补录期限", Kind.TERM, "10D", "", Section.VISIT,
        "参照深圳“扫码入企”细则：检查结束后10个自然日内补录并说明理由", VP,
        confirm_with=JUSTICE),
    Row("MIN_INSPECTORS", "一次检查的最少执法人员", Kind.INT, 2, "人", Section.VISIT,
        "《劳动保障监察条例》第十六条；《行政处罚法》第四十二条", V),
    Row("SHORT_VISIT_MINUTES", "过短检查的预警线", Kind.INT, 10, "分钟", Section.VISIT,
        "建议：检查时长短于此列入录入真实性核查", D,
        confirm_with=BUREAU),
    Row("FAR_AWAY_METRES", "签到位置偏离的预警线", Kind.INT, 500, "米", Section.VISIT,
        "建议：签到坐标距登记地址超过此列入核查", D,
        confirm_with=BUREAU),
    Row("REPEAT_ALERT_TERM", "多股室重复入企的预警间隔", Kind.TERM, "30D", "", Section.VISIT,
        "建议；国办发〔2024〕54号九：预警重复检查、高频检查", D,
        confirm_with=BUREAU),
    Row("LOST_CONTACT_TRIES", "认定失联所需的不同日期联系次数", Kind.INT, 2, "次", Section.VISIT,
        "建议：实地或书面联系记录", D,
        confirm_with=LEGAL),
    Row("COMPLAINT_YEARS", "投诉受理的违法行为年限", Kind.TERM, "2Y", "", Section.PROCEDURE,
        "《劳动保障监察条例》第二十条；部令25号第十八条", V),
    Row("SUMMARY_FINE_LEGAL", "简易程序罚款上限（法人或其他组织）", Kind.INT, 3000, "元", Section.PROCEDURE,
        "《行政处罚法》第五十一条", V),
    Row("SUMMARY_FINE_CITIZEN", "简易程序罚款上限（公民）", Kind.INT, 200, "元", Section.PROCEDURE,
        "《行政处罚法》第五十一条", V),
    Row("HEARING_THRESHOLD", "听证：较大数额罚款（法人，经营性）", Kind.INT, 10000, "元", Section.PROCEDURE,
        "石家庄市人民政府令第112号（2000年），现行有效性未核实；宁低勿高", VP,
        confirm_with=JUSTICE),
    Row("HEARING_THRESHOLD_CITIZEN", "听证：较大数额罚款（公民，经营性）", Kind.INT, 1000, "元",
        Section.PROCEDURE, "石家庄市人民政府令第112号（2000年），现行有效性未核实；宁低勿高", VP,
        confirm_with=JUSTICE),
    Row("HEARING_THRESHOLD_OTHER", "听证：较大数额罚款（法人，非经营性）", Kind.INT, 5000, "元",
        Section.PROCEDURE, "石家庄市人民政府令第112号（2000年），现行有效性未核实；宁低勿高", VP,
        confirm_with=JUSTICE),
    Row("LATE_FINE_PCT_DAY", "逾期不缴罚款每日加处", Kind.DECIMAL, "3", "%", Section.PROCEDURE,
        "《行政处罚法》第七十二条：不超过罚款本数", V),
    Row("CRIME_ONE_AMT", "拒不支付劳动报酬：一人三个月以上的数额", Kind.INT, 5000, "元", Section.AMOUNT,
        "法释〔2013〕3号第三条幅度5000元至2万元的下限；河北具体数额未核实", D,
        confirm_with=LEGAL),
    Row("CRIME_TEN_AMT", "拒不支付劳动报酬：十人以上的累计数额", Kind.INT, 30000, "元", Section.AMOUNT,
        "法释〔2013〕3号第三条幅度3万元至10万元的下限；河北具体数额未核实", D,
        confirm_with=LEGAL),
    Row("MIN_WAGE_MONTH", "月最低工资标准（一档）", Kind.INT, 2200, "元/月", Section.AMOUNT,
        "河北省2023年最低工资标准一档；2025、2026年是否调整未核实", VP, "石家庄市区（不含井陉矿区）为一档",
        since=date(2023, 1, 1), confirm_with=PROVINCE,
        earlier=(
            Former(1650, date(2016, 7, 1), "河北省2016年最低工资标准一档（注明含新增的藁城、鹿泉、栾城区）"),
            Former(1900, date(2019, 11, 1), "冀人社发〔2019〕34号一档"),
        )),
    Row("MIN_WAGE_HOUR", "小时最低工资标准（一档）", Kind.DECIMAL, "22", "元/时", Section.AMOUNT,
        "河北省2023年最低工资标准一档；2025、2026年是否调整未核实", VP, since=date(2023, 1, 1),
        confirm_with=PROVINCE, earlier=(Former("19", date(2019, 11, 1), "冀人社发〔2019〕34号一档"),)),
    Row("LATE_CONTRIBUTION_BP_DAY", "社会保险费滞纳金", Kind.DECIMAL, "5", "‱/日", Section.AMOUNT,
        "《社会保险法》第八十六条", V),
    Row("PAY_DAYS_MONTH", "月计薪天数", Kind.DECIMAL, "21.75", "天", Section.AMOUNT,
        "月计薪天数21.75，2025年调整后不变", V),
    Row("WORK_DAYS_MONTH", "月平均工作天数", Kind.DECIMAL, "20.67", "天", Section.AMOUNT,
        "人社部发〔2025〕2号（文号待核）", V, since=date(2025, 1, 1),
        earlier=(Former("20.83", date(2008, 1, 3), "劳社部发〔2008〕3号"),)),
    Row("EXTRA_PAY_PCT", "逾期不支付的加付赔偿金幅度", Kind.LIST, "50,100", "%", Section.AMOUNT,
        "《劳动合同法》第八十五条；《劳动保障监察条例》第二十六条", V),
    Row("PUBLIC_YEARS_LEGAL", "执法决定公开期限（法人）", Kind.TERM, "5Y", "", Section.PUBLICATION,
        "河北口径：《河北省行政执法公示办法》，原文未见", VP,
        confirm_with=JUSTICE),
    Row("PUBLIC_YEARS_PERSON", "执法决定公开期限（自然人）", Kind.TERM, "2Y", "", Section.PUBLICATION,
        "河北口径：《河北省行政执法公示办法》，原文未见", VP,
        confirm_with=JUSTICE),
    Row("REPAIR_MIN_GENERAL", "一般失信信息最短公示期", Kind.TERM, "3M", "", Section.PUBLICATION,
        "《信用修复管理办法》国家发展改革委令2025年第36号", V, since=date(2026, 4, 1),
        earlier=(Former("3M", date(2023, 5, 1), "国家发展改革委令第58号（已废止，只用于此前的数据）"),)),
    Row("REPAIR_MAX_GENERAL", "一般失信信息最长公示期", Kind.TERM, "1Y", "", Section.PUBLICATION,
        "《信用修复管理办法》国家发展改革委令2025年第36号", V, since=date(2026, 4, 1)),
    Row("REPAIR_MIN_SERIOUS", "严重失信信息最短公示期", Kind.TERM, "1Y", "", Section.PUBLICATION,
        "《信用修复管理办法》国家发展改革委令2025年第36号", V, since=date(2026, 4, 1)),
    Row("REPAIR_MAX_SERIOUS", "严重失信信息最长公示期", Kind.TERM, "3Y", "", Section.PUBLICATION,
        "《信用修复管理办法》国家发展改革委令2025年第36号", V, since=date(2026, 4, 1)),
    Row("WAGE_LEDGER_YEARS", "工资台账保存年限", Kind.TERM, "2Y", "", Section.RETENTION,
        "《工资支付暂行规定》第六条", V),
    Row("WAGE_LEDGER_YEARS_MIGRANT", "工资台账保存年限（含农民工）", Kind.TERM, "3Y", "", Section.RETENTION,
        "《保障农民工工资支付条例》", V),
    Row("ATTACHMENT_RETENTION", "附件保管期限", Kind.TERM, "10Y", "", Section.RETENTION,
        "建议；按本局档案分类方案确定", D, "自事项办结起算；期满前不清理",
        confirm_with=BUREAU),
    Row("IMPORT_KEPT_DAYS", "未确认的导入名单保留天数", Kind.INT, 30, "天", Section.RETENTION,
        "建议；《个人信息保护法》第十九条：保存期限为实现处理目的所必要的最短时间", D,
        "自最后一次办理起算；到期自动取消，名单文件和内容一并删除",
        confirm_with=BUREAU),
    Row("DEADLINE_ESCALATION_DAYS", "超期多少天后上报", Kind.INT, 3, "天", Section.DEADLINE,
        "建议：超期先提醒责任人，满此天数再报局领导与督导员", D,
        confirm_with=BUREAU),
)  # fmt: skip


def load(actor: Viewer) -> int:
    """Define every parameter and give its values to those that never had one.

    A parameter that has values is left as the bureau keeps it, except that what applied before its first
    value is filled in where a new version of the platform knows it.
    """
    first_days = dict(
        ParameterValue.objects.order_by().values_list("parameter__code").annotate(Min("effective_from"))
    )
    added = 0
    for row in (*TABLE, *MORE):
        parameters.define(
            actor=actor,
            code=row.code,
            label=row.label,
            kind=row.kind,
            section=row.section,
            unit=row.unit,
            keeper=row.keeper,
            meaning=row.meaning,
            confirm_with=row.confirm_with,
        )
        first = first_days.get(row.code)
        for value in row.values:
            if first is None or value.since < first:
                _enter(actor, row.code, value)
                added += 1
    return added


def _enter(actor: Viewer, code: str, value: Former) -> None:
    parameters.set_value(
        actor=actor,
        code=code,
        value=value.value,
        effective_from=value.since,
        source=value.source,
        trust=value.trust,
        confirmed=value.trust.is_settled,
        why=_HISTORY,
    )
