"""Small laws for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from mingcha.base.viewers import System, Viewer
from mingcha.laws.models import Law, LawText, Rank
from mingcha.laws.services import library

SYSTEM = System(purpose="tests")
FIRST = """示例用工条例

2010年1月5日 示例机关令第1号公布

第一章 总则

第一条 为了示范，制定本条例。

第二条 用人单位应当建立职工名册。

职工名册应当包括下列内容：

（一）姓名；

（二）公民身份号码。

第二章 附则

第三条 本条例自2010年3月1日起施行。
"""
SECOND = (
    FIRST.replace("用人单位应当建立职工名册", "用人单位应当自用工之日起建立职工名册")
    .replace(
        "第三条 本条例自2010年3月1日起施行",
        "第二条之一 名册保存三年。\n\n第三条 本条例自2010年3月1日起施行",
    )
    .replace("2010年1月5日 示例机关令第1号公布", "2027年1月5日 示例机关令第2号修订")
)


def make_law(title: str = "示例用工条例", **more: Any) -> Law:
    return library.add_law(actor=SYSTEM, title=title, rank=Rank.REGULATION, **more)


def make_text(
    law: Law, content: str = FIRST, since: date = date(2010, 3, 1), *, actor: Viewer = SYSTEM, **more: Any
) -> LawText:
    values: dict[str, Any] = {"label": f"{since.year}年公布", "source": "示例公报", **more}
    return library.add_text(actor=actor, law_id=law.pk, effective_from=since, content=content, **values)
