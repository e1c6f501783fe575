"""Draws: sealed mode, fallback, what stands beside the roster (SSJ-1 §5, §7)."""

from __future__ import annotations

from mingcha.basics.initial.parameter_tables.rows import BUREAU, Row
from mingcha.basics.models import Trust
from mingcha.basics.models.parameters import Kind, Section

D = Trust.DESIGN

TABLE: tuple[Row, ...] = (
    Row("DRAW_OPEN_WITHIN", "封存抽取在检查结束后最迟公开的期限", Kind.TERM, "20WD", "", Section.DRAW,
        "建议：与抽查结果的公示期限一致（冀政办发〔2015〕22号）；SSJ-1 §7.0 T5只要求方案写明日期", D,
        "自检查结束日期起；封存时写入方案", confirm_with=BUREAU),
    Row("MARKET_ENTERPRISES", "市场监管部门公布的本辖区企业户数", Kind.INT, 0, "户", Section.DRAW,
        "尚未录入；录入时写明公布的文件或网页", D,
        "公示页面把它与封存名单的户数并列，供公众核对名单是否完整；0表示还没有录入", confirm_with=BUREAU),
    Row("VISITS_PER_HALF_DAY", "同一乡镇一个半天至多检查几户", Kind.INT, 1, "户", Section.DRAW,
        "建议：与年度计划测算一致，一户一个半天；几户相距很近、检查内容少的，可以调高", D,
        "只对每户所需半天数为 1 的任务有效；不同乡镇的不排在同一个半天", confirm_with=BUREAU),
    Row("TASK_KNOWN_DAYS_BEFORE", "封存的名单（暗访）提前几天告知检查人员", Kind.INT, 1, "天", Section.DRAW,
        "建议：入企检查一般不事先通知，检查人员在检查开始前一天才知道对象（国办发〔2024〕54号五）", D,
        "公开抽取的名单不受限制；0 表示检查开始当天", confirm_with=BUREAU),
)  # fmt: skip
