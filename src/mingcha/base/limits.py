"""The one table of limits: how much the platform accepts at once, and why.

These protect the machine; numbers that a ministry or a bureau sets for its work are dated parameters
(basics), not limits. `MINGCHA_LIMIT_<CODE>` in the environment replaces a value.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from mingcha.kernel.refusal import Refusal, Refused, gettext_noop

MIB = 1024 * 1024
_PREFIX = "MINGCHA_LIMIT_"
_BYTES = gettext_noop("字节")


@dataclass(frozen=True)
class Limit:
    """One limit: what is counted, in which unit, the value as delivered and where it comes from.

    `setting` names the Django setting that holds the value instead, where the framework itself enforces
    it; `variable` is then the environment variable that sets it (empty: fixed).
    """

    code: str
    label: str
    value: int
    unit: str
    source: str
    remedy: str = ""
    setting: str = ""
    variable: str = ""

    @property
    def env(self) -> str:
        """The environment variable that replaces the value, or empty when none does."""
        return self.variable if self.setting else _PREFIX + self.code.upper()

    @property
    def effective(self) -> int:
        """The value that holds now. Raises ImproperlyConfigured for a replacement that is no number ≥ 1."""
        if self.setting:
            return int(getattr(settings, self.setting))
        text = os.environ.get(self.env, "").strip()
        if not text:
            return self.value
        if not text.isdecimal() or int(text) < 1:
            raise ImproperlyConfigured(
                f"{self.env} 应为正整数，现在是 {text!r}；请改正或删除该变量。"
                f" Expected a positive whole number: correct or remove the variable."
            )
        return int(text)

    def shown(self, value: int) -> str:
        """A value in this limit's unit as people read it: 20 MiB (rounded up to 0.1), 1,000,000 行."""
        if self.unit == _BYTES and value >= MIB:
            return f"{math.ceil(value * 10 / MIB) / 10:g} MiB"
        return f"{value:,} {self.unit}"


_SMALLER = gettext_noop("请压缩或拆分后重新上传")
_SPLIT = gettext_noop("请拆成几个文件分次导入")
_DISK = gettext_noop("磁盘与备份容量；手机照片、扫描件通常远小于此")
_ORIGINAL = gettext_noop("手机原图可达 40 MB；分段续传，保留原图")
_MEMORY = gettext_noop("单机内存，实测")
_BOMB = gettext_noop("防压缩炸弹")

LIMITS: dict[str, Limit] = {
    row.code: row
    for row in (
        Limit("upload_bytes", gettext_noop("上传文件大小"), 20 * MIB, _BYTES, _DISK, _SMALLER),
        Limit("photo_bytes", gettext_noop("照片大小"), 40 * MIB, _BYTES, _ORIGINAL, _SMALLER),
        Limit("attachments", gettext_noop("一件事项的附件数"), 200, gettext_noop("个"), _DISK,
              gettext_noop("请合并为一个文件后上传")),
        Limit("import_file_bytes", gettext_noop("导入文件大小"), 1024 * MIB, _BYTES,
              gettext_noop("一百万行带经营范围的 CSV 约 400 至 900 MiB，逐行读取，占磁盘不占内存"), _SPLIT),
        Limit("import_book_bytes", gettext_noop("导入的 Excel 文件大小"), 100 * MIB, _BYTES, _MEMORY,
              gettext_noop("请另存为“CSV UTF-8”后上传，或拆成几个文件分次导入")),
        Limit("return_blank_bytes", gettext_noop("省平台空白模板大小"), 5 * MIB, _BYTES,
              gettext_noop("空白模板通常只有几十 KB；每次下载都要在内存中整份填写"),
              gettext_noop("请从省平台重新下载没有填写内容的空白模板后上传")),
        Limit("import_rows", gettext_noop("导入行数"), 1_000_000, gettext_noop("行"),
              gettext_noop("Excel 单表约 104.8 万行"), _SPLIT),
        Limit("import_columns", gettext_noop("导入列数"), 500, gettext_noop("列"), _MEMORY,
              gettext_noop("请删去用不到的列后重新导入")),
        Limit("import_cells", gettext_noop("一张工作表的格数（到最远的一格为止）"), 20_000_000,
              gettext_noop("格"), _MEMORY,
              gettext_noop("请删去远处多余的内容和用不到的列，或拆成几个文件分次导入")),
        Limit("zip_ratio", gettext_noop("压缩包解压倍数"), 100, gettext_noop("倍"), _BOMB,
              gettext_noop("请用办公软件重新另存该文件后上传")),
        Limit("zip_entries", gettext_noop("压缩包内文件数"), 10_000, gettext_noop("个"), _BOMB,
              gettext_noop("请拆成几个压缩包")),
        Limit("zip_bytes", gettext_noop("压缩包解压后大小"), 1024 * MIB, _BYTES, _BOMB, _SPLIT),
        Limit("search_words", gettext_noop("一次搜索的词数"), 8, gettext_noop("个"),
              gettext_noop("每个词都要查一遍名册；其余的词不参加查找，并在页面上说明"),
              gettext_noop("请只留最要紧的几个词")),
        Limit("progress_queries", gettext_noop("一个网络地址每分钟查询举报进度的次数"), 10,
              gettext_noop("次"),
              gettext_noop("防止逐个试探查询码；查询码本身有 16 位，猜不出来"),
              gettext_noop("请过一分钟再查，并核对查询码")),
        Limit("export_rows", gettext_noop("导出行数"), 200_000, gettext_noop("行"), _MEMORY,
              gettext_noop("请先筛选，缩小范围后再导出")),
        Limit("roster_rows", gettext_noop("一次抽查的对象数"), 200_000, gettext_noop("户"),
              gettext_noop("一个县的市场主体数量级；封存与抽取在请求之外进行"),
              gettext_noop("请按行业或区域分成几次抽查")),
        Limit("visit_complaints", gettext_noop("一次检查收到的投诉件数"), 20, gettext_noop("件"),
              gettext_noop("防止用一个码灌入大量内容；正常投诉一两件"), gettext_noop("请拨打监督电话")),
        Limit("wrong_codes", gettext_noop("一小时内查不到的入企码"), 10, gettext_noop("个"),
              gettext_noop("六位数字一百万种，防止逐个试出正在检查的企业"),
              gettext_noop("请让企业直接扫码，或一小时后再核对")),
        Limit("form_bytes", gettext_noop("表单提交大小（不含文件）"), 8 * MIB, _BYTES, _MEMORY,
              setting="DATA_UPLOAD_MAX_MEMORY_SIZE"),
        Limit("form_ops", gettext_noop("一次送出的检查表改动"), 200, gettext_noop("笔"), _MEMORY,
              gettext_noop("请分几次送出")),
        Limit("form_changes", gettext_noop("一部设备在一次检查中的改动"), 20_000, gettext_noop("笔"), _MEMORY,
              gettext_noop("九十个要点每栏改十遍不到五千笔；请换一部设备填写，并报系统管理员")),
        Limit("piece_bytes", gettext_noop("分段上传时一段的大小"), MIB, _BYTES, _MEMORY,
              gettext_noop("请用较小的段重新上传")),
        Limit("phone_requests", gettext_noop("一人的手机一分钟内的请求数"), 600, gettext_noop("次"),
              gettext_noop("一张照片约十段；一天的记录几分钟内传完，足够"),
              gettext_noop("请过一分钟再试；没有传完的会接着传")),
        Limit("login_failures", gettext_noop("连续登录失败次数（随后锁定）"), 5, gettext_noop("次"),
              gettext_noop("网络安全等级保护基本要求 GB/T 22239-2019 7.1.4.1 身份鉴别"),
              setting="AXES_FAILURE_LIMIT", variable="MINGCHA_LOCKOUT_FAILURES"),
        Limit("session_seconds", gettext_noop("登录有效时间"), 8 * 3600, gettext_noop("秒"),
              gettext_noop("网络安全等级保护基本要求 GB/T 22239-2019 7.1.4.1 身份鉴别"),
              setting="SESSION_COOKIE_AGE", variable="MINGCHA_SESSION_SECONDS"),
    )
}  # fmt: skip


def limit(code: str) -> int:
    """The value of a limit that holds now, in its unit. Raises KeyError for an unknown code."""
    return LIMITS[code].effective


def check(code: str, value: int) -> None:
    """Raise Refused when `value` exceeds the limit."""
    row = LIMITS[code]
    highest = row.effective
    if value <= highest:
        return
    raise Refused(
        Refusal(
            code=f"limit.{code}",
            message=gettext_noop("%(label)s为 %(given)s，超过上限 %(highest)s"),
            basis=gettext_noop("本系统限额表：%(label)s（%(source)s）"),
            remedy=row.remedy or gettext_noop("请减少后重试，或请系统管理员调整限额"),
            params={
                "label": row.label,
                "given": row.shown(value),
                "highest": row.shown(highest),
                "source": row.source,
            },
        )
    )


@checks.register()
def check_limits(**kwargs: Any) -> list[checks.CheckMessage]:
    """One error for each replacement in the environment that is malformed or names no limit."""
    errors: list[checks.CheckMessage] = []
    for row in LIMITS.values():
        try:
            _ = row.effective
        except ImproperlyConfigured as error:
            errors.append(checks.Error(str(error), id="mingcha.base.E005"))
    known = {row.env for row in LIMITS.values()}
    errors.extend(
        checks.Error(
            f"{name} 不对应任何限额，请检查拼写。 {name} names no limit: check the spelling.",
            id="mingcha.base.E006",
        )
        for name in sorted(os.environ)
        if name.startswith(_PREFIX) and name not in known
    )
    return errors
