"""Working time, leave, and what counts as little enough to be forgiven (domain §0.9, §3.4, §12)."""

from __future__ import annotations

from datetime import date

from mingcha.basics.initial.parameter_tables.rows import BUREAU, JUSTICE, LEGAL, PROVINCE, Row
from mingcha.basics.models import Trust
from mingcha.basics.models.parameters import Kind, Section

V, VP, M, D = Trust.VERIFIED, Trust.PARTLY, Trust.MEMORY, Trust.DESIGN
AMOUNT, VISIT = Section.AMOUNT, Section.VISIT

TABLE: tuple[Row, ...] = (
    Row("WEEK_HOURS", "每周标准工时", Kind.INT, 40, "小时", AMOUNT,
        "《国务院关于职工工作时间的规定》第三条（劳动法第三十六条为44小时，以此为准）", V),
    Row("DAY_HOURS", "每日标准工时", Kind.INT, 8, "小时", AMOUNT, "《国务院关于职工工作时间的规定》第三条",
        V),
    Row("OVERTIME_DAY_HOURS", "每日延长工时（一般）", Kind.INT, 1, "小时", AMOUNT, "《劳动法》第四十一条", V),
    Row("OVERTIME_DAY_HOURS_MOST", "每日延长工时（因特殊原因）", Kind.INT, 3, "小时", AMOUNT,
        "《劳动法》第四十一条", V),
    Row("OVERTIME_MONTH_HOURS", "每月延长工时上限", Kind.INT, 36, "小时", AMOUNT, "《劳动法》第四十一条", V,
        "非现场指标 WG07 也用此数"),
    Row("OVERTIME_PAY_PCT", "加班工资倍数（延长工时、休息日、法定节日）", Kind.LIST, "150,200,300", "%",
        AMOUNT,
        "《劳动法》第四十四条", V),
    Row("MATERNITY_DAYS", "产假", Kind.INT, 98, "天", AMOUNT,
        "《女职工劳动保护特别规定》第七条（监察条例第二十三条仍写90天，以此为准）", V),
    Row("MATERNITY_MORE_DAYS", "难产、多胞胎每多一个增加的产假", Kind.INT, 15, "天", AMOUNT,
        "《女职工劳动保护特别规定》第七条", V),
    Row("MATERNITY_PROVINCE_DAYS", "本省延长的产假", Kind.INT, 60, "天", AMOUNT,
        "《河北省人口与计划生育条例》，原文未见；生育三个以上子女的另有规定", M,
        since=date(2021, 11, 23), confirm_with=PROVINCE),
    Row("ENROL_DAYS", "用工后申请参加社会保险的期限", Kind.TERM, "30D", "", Section.PROCEDURE,
        "《社会保险法》第五十七条、第五十八条", V, "非现场指标 SI02、SI04 也用此数"),
    Row("HR_LEDGER_YEARS", "人力资源服务台账保存年限", Kind.TERM, "2Y", "", Section.RETENTION,
        "《人力资源市场暂行条例》第三十三条", V),
    Row("CRIME_ONE_MONTHS", "拒不支付劳动报酬：一人欠薪的月数", Kind.TERM, "3M", "", AMOUNT,
        "法释〔2013〕3号第三条", V),
    Row("CRIME_TEN_PERSONS", "拒不支付劳动报酬：多人欠薪的人数", Kind.INT, 10, "人", AMOUNT,
        "法释〔2013〕3号第三条", V),
    Row("FORGIVE_WINDOW", "首违不罚：无同类记录的期间", Kind.TERM, "1Y", "", Section.PROCEDURE,
        "参照北京人社“一案三书”口径；河北包容免罚清单的人社条目未见", VP,
        "《行政处罚法》第三十三条的具体掌握",
        confirm_with=JUSTICE),
    Row("FORGIVE_OVERTIME_PERSONS", "首违不罚：违法延长工时涉及的最多人数", Kind.INT, 2, "人",
        Section.PROCEDURE, "参照咸宁人社首违免罚清单；河北口径未见", VP, confirm_with=JUSTICE),
    Row("SCAN_AFTER_REASONS", "可以先检查后扫码的情形", Kind.LIST, "突发应急,不及时检查证据可能灭失", "",
        VISIT,
        "参照深圳“扫码入企”细则：离企前补扫", VP, confirm_with=JUSTICE),
    Row("REPEAT_SAME_ITEM", "同一事项一年内重复检查的预警次数", Kind.INT, 2, "次/年", VISIT,
        "建议；国办发〔2024〕54号九：预警重复检查、高频检查", D, confirm_with=BUREAU),
    Row("VISIT_THEN_CLUE_DAYS", "非执法入企后产生处罚线索的预警间隔", Kind.TERM, "7D", "", VISIT,
        "建议；国办发〔2024〕54号：不得以观摩、督导、考察等名义行检查之实", D, confirm_with=BUREAU),
    Row("GRADE_C_TIMES", "守法诚信C级：一年内被查处的次数", Kind.INT, 3, "次", Section.GRADING,
        "人社部规〔2016〕1号第七条", V, confirm_with=PROVINCE),
    Row("GRADE_C_WINDOW", "守法诚信C级：次数的统计期间", Kind.TERM, "1Y", "", Section.GRADING,
        "人社部规〔2016〕1号第七条；“一年内”参照钦州口径", VP, confirm_with=PROVINCE),
    Row("GRADE_FILE_YEARS", "守法诚信档案保存年限", Kind.TERM, "3Y", "", Section.GRADING,
        "人社部规〔2016〕1号，保存年限的条文未见", M, confirm_with=PROVINCE),
    Row("GRADE_APPLY_FROM", "年审和等级评价申报开始", Kind.TEXT, "03-15", "", Section.GRADING,
        "井陉矿区人社局2026年3月9日通知；本区安排未见", VP, "月-日", since=date(2026, 1, 1),
        confirm_with=LEGAL),
    Row("GRADE_APPLY_UNTIL", "年审和等级评价申报截止", Kind.TEXT, "06-15", "", Section.GRADING,
        "井陉矿区人社局2026年3月9日通知；本区安排未见", VP, "月-日", since=date(2026, 1, 1),
        confirm_with=LEGAL),
)  # fmt: skip
