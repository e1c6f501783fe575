"""How this package says no to a whole file: one sentence, its basis, and what to do."""

from __future__ import annotations

from mingcha.kernel.refusal import Refusal, Refused, gettext_noop

_BASIS = gettext_noop("本系统能读取的名单文件：.xlsx、.xls、.csv")
SAVE_AS_XLSX = gettext_noop("请用 Excel 或 WPS 打开该文件，“另存为”.xlsx 格式后重新上传")


def refused(code: str, message: str, remedy: str = SAVE_AS_XLSX, **params: object) -> Refused:
    """The exception to raise for a file that cannot be read."""
    return Refused(
        Refusal(code=f"sheets.{code}", message=message, basis=_BASIS, remedy=remedy, params=params)
    )
