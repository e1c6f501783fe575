"""The score that orders what is looked at first (domain §10.6): suggested, explainable, never a penalty."""

from __future__ import annotations

from mingcha.basics.initial.parameter_tables.rows import BUREAU, CITY, Row
from mingcha.basics.models import Trust
from mingcha.basics.models.parameters import Kind, Section

VP, D = Trust.PARTLY, Trust.DESIGN
RISK = Section.GRADING
_SCORE = "建议；风险分只用于排序，不得直接作为处罚依据"

TABLE: tuple[Row, ...] = (
    Row("COVERAGE_RISK_CLASS_BP", "市监信用风险各等级的抽取下限", Kind.INT, 300, "‱", Section.COVERAGE,
        "河北省双随机监管平台的做法（沧州市新华区2024年联合抽查方案）：各等级各抽取不低于3%", VP,
        "只用于跨部门联合抽查", confirm_with=CITY),
    Row("RISK_SEVERITY", "风险分：黄、红、紧急的分值", Kind.LIST, "1,3,5", "分", RISK, _SCORE, D,
        confirm_with=BUREAU),
    Row("RISK_HALF_LIFE", "风险分：记录影响减半的期间", Kind.TERM, "12M", "", RISK, _SCORE, D,
        confirm_with=BUREAU),
    Row("RISK_WEIGHT_COMPLAINT", "风险分：投诉属实的权重", Kind.INT, 3, "", RISK, _SCORE, D,
        confirm_with=BUREAU),
    Row("RISK_WEIGHT_UNCORRECTED", "风险分：未改正的权重", Kind.INT, 4, "", RISK, _SCORE, D,
        confirm_with=BUREAU),
    Row("RISK_POINTS_C", "风险分：守法诚信C级加分", Kind.INT, 20, "分", RISK, _SCORE, D, confirm_with=BUREAU),
    Row("RISK_POINTS_LISTED", "风险分：列入失信名单加分", Kind.INT, 40, "分", RISK, _SCORE, D,
        confirm_with=BUREAU),
    Row("RISK_LEVELS", "风险分：中、较高、高的起点", Kind.LIST, "10,30,60", "分", RISK, _SCORE, D,
        "低于第一个数为低", confirm_with=BUREAU),
)  # fmt: skip
