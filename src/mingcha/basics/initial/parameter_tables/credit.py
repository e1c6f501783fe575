"""Repair of credit (domain §6): 国家发展改革委令2025年第36号 and 国办发〔2025〕22号, from 1 April 2026."""

from __future__ import annotations

from datetime import date

from mingcha.basics.initial.parameter_tables.rows import CREDIT, Row
from mingcha.basics.models import Trust
from mingcha.basics.models.parameters import Kind, Section

V, VP, M = Trust.VERIFIED, Trust.PARTLY, Trust.MEMORY
CREDITS = Section.PUBLICATION
_36 = "《信用修复管理办法》国家发展改革委令2025年第36号"
_SINCE = date(2026, 4, 1)

TABLE: tuple[Row, ...] = (
    Row("REPAIR_MAX_LIGHT", "轻微失信信息最长公示期", Kind.TERM, "3M", "", CREDITS, _36, V,
        "原则上不公示；履行完毕即可申请修复", since=_SINCE),
    Row("REPAIR_ACCEPT", "收到修复申请后决定是否受理的期限", Kind.TERM, "3WD", "", CREDITS,
        f"{_36}，条文未见；各地公布口径一致", VP, since=_SINCE, confirm_with=CREDIT),
    Row("REPAIR_FINISH", "受理后反馈修复结果的期限", Kind.TERM, "10WD", "", CREDITS, _36, V, since=_SINCE),
    Row("REPAIR_FINISH_MORE", "案情复杂延长的期限", Kind.TERM, "10WD", "", CREDITS, f"{_36}，条文未见", M,
        since=_SINCE, confirm_with=CREDIT),
    Row("REPAIR_OBJECTION", "处理信用信息申诉的期限", Kind.TERM, "7WD", "", CREDITS, f"{_36}，条文未见", M,
        since=_SINCE, confirm_with=CREDIT),
)  # fmt: skip
