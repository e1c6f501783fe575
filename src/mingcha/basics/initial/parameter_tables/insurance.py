"""Contribution bases and rates by date, and what counts as an irregularity (domain §10.1, §10.2)."""

from __future__ import annotations

from datetime import date

from mingcha.basics.initial.parameter_tables.rows import BUREAU, INSURANCE, PROVINCE, Row
from mingcha.basics.models import Trust
from mingcha.basics.models.parameters import Kind, Section

VP, M, D = Trust.PARTLY, Trust.MEMORY, Trust.DESIGN
AMOUNT, OFF_SITE = Section.AMOUNT, Section.OFF_SITE
_SUGGESTED = "建议的预警线，不是法定标准；告警只产生线索"
_BASE = "2024年度公布值（按记忆，原文未见）；2025、2026年度值未找到，须按公布值录入"
_RATE = "通行费率（按记忆，原文未见）"

TABLE: tuple[Row, ...] = (
    Row("SI_BASE_LOWER", "社会保险缴费基数下限", Kind.DECIMAL, "3920.55", "元/月", AMOUNT, _BASE, M,
        "上年全口径城镇单位就业人员月平均工资的60%", confirm_with=PROVINCE),
    Row("SI_BASE_UPPER", "社会保险缴费基数上限", Kind.DECIMAL, "19602.75", "元/月", AMOUNT, _BASE, M,
        "上年全口径城镇单位就业人员月平均工资的300%", confirm_with=PROVINCE),
    Row("SI_BASE_LOWER_PCT", "缴费基数下限占平均工资的比例", Kind.INT, 60, "%", AMOUNT,
        "通行规则，原文未见", VP,
        confirm_with=PROVINCE),
    Row("SI_BASE_UPPER_PCT", "缴费基数上限占平均工资的比例", Kind.INT, 300, "%", AMOUNT,
        "通行规则，原文未见", VP,
        confirm_with=PROVINCE),
    Row("RATE_PENSION_UNIT", "基本养老保险费率（单位）", Kind.DECIMAL, "16", "%", AMOUNT, _RATE, M,
        since=date(2019, 5, 1), confirm_with=PROVINCE),
    Row("RATE_PENSION_PERSON", "基本养老保险费率（个人）", Kind.DECIMAL, "8", "%", AMOUNT, _RATE, M,
        confirm_with=PROVINCE),
    Row("RATE_UNEMPLOYMENT_UNIT", "失业保险费率（单位）", Kind.DECIMAL, "0.7", "%", AMOUNT, _RATE, M,
        "阶段性降低费率，期满另行公布", confirm_with=PROVINCE),
    Row("RATE_UNEMPLOYMENT_PERSON", "失业保险费率（个人）", Kind.DECIMAL, "0.3", "%", AMOUNT, _RATE, M,
        "阶段性降低费率，期满另行公布", confirm_with=PROVINCE),
    Row("SI01_RED_MONTHS", "连续零申报的红色预警线", Kind.INT, 3, "个月", OFF_SITE, _SUGGESTED, D,
        "不足此数为黄", confirm_with=INSURANCE),
    Row("SI03_GAP_PERSONS", "参保缺口的人数预警线", Kind.INT, 2, "人", OFF_SITE, _SUGGESTED, D,
        confirm_with=INSURANCE),
    Row("SI03_GAP_PCT", "参保缺口的比例预警线", Kind.INT, 10, "%", OFF_SITE, _SUGGESTED, D,
        confirm_with=INSURANCE),
    Row("SI03_MONTHS", "参保缺口持续的月数", Kind.INT, 2, "个月", OFF_SITE, _SUGGESTED, D,
        confirm_with=INSURANCE),
    Row("SI07_GAP_PCT", "缴费基数低于应有基数的预警线", Kind.INT, 5, "%", OFF_SITE, _SUGGESTED, D,
        confirm_with=INSURANCE),
    Row("SI08_SHARE_PCT", "同额缴费基数占比的预警线", Kind.INT, 80, "%", OFF_SITE, _SUGGESTED, D,
        confirm_with=INSURANCE),
    Row("SI08_MIN_PERSONS", "同额缴费基数：最少人数", Kind.INT, 10, "人", OFF_SITE, _SUGGESTED, D,
        confirm_with=INSURANCE),
    Row("SI08_WAGE_VARIATION", "同额缴费基数：工资变异系数下限", Kind.DECIMAL, "0.2", "", OFF_SITE,
        _SUGGESTED, D,
        confirm_with=INSURANCE),
    Row("SI09_GAP_PCT", "申报总额低于个税工资总额的预警线", Kind.INT, 10, "%", OFF_SITE, _SUGGESTED, D,
        "先剔除超过上限的部分", confirm_with=INSURANCE),
    Row("SI11_DROP_PCT", "参保人数环比断崖减少的比例", Kind.INT, 30, "%", OFF_SITE, _SUGGESTED, D,
        confirm_with=INSURANCE),
    Row("SI11_DROP_PERSONS", "参保人数环比断崖减少的人数", Kind.INT, 5, "人", OFF_SITE, _SUGGESTED, D,
        confirm_with=INSURANCE),
    Row("SI12_MONTHS", "疑似挂靠参保持续的月数", Kind.INT, 3, "个月", OFF_SITE, _SUGGESTED, D,
        confirm_with=BUREAU),
)  # fmt: skip
