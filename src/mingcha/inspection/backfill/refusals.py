"""Why something cannot be handed over or read back, in words."""

from __future__ import annotations

from mingcha.kernel.refusal import Refusal, gettext_noop

_BASIS = gettext_noop("本局方案二（一）：检查结果全过程规范、高效、准确录入省监管平台")


def unmapped() -> Refusal:
    """Columns lack what the platform cannot do without, or two hold the same."""
    return Refusal(
        "return.columns",
        gettext_noop("各列的对照不完整：检查对象和检查结果必须各有一列，同一项内容不能填进两列"),
        _BASIS,
        gettext_noop("请为每一列选定填什么；平台自己生成的列选“不填”"),
    )


def into_headings(last: int) -> Refusal:
    """The first row to be filled lies in the headings."""
    return Refusal(
        "return.first_row",
        gettext_noop("开始填写的行在表头以内，会盖住表头"),
        _BASIS,
        gettext_noop("请从第 %(row)s 行或更后的行开始"),
        {"row": last + 1},
    )


def not_mapped() -> Refusal:
    """Nobody has said what the columns mean."""
    return Refusal(
        "return.not_mapped",
        gettext_noop("这个模板还没有确认各列填什么"),
        _BASIS,
        gettext_noop("请先在模板的页面确认一次，以后不用再确认"),
    )


def nothing() -> Refusal:
    """No reviewed inspection waits."""
    return Refusal(
        "return.nothing",
        gettext_noop("没有可以回填的检查：审核通过、又不在别的回填清单里的，一户也没有"),
        _BASIS,
        gettext_noop("请等检查结果审核通过以后再列；在别的清单里的，到那份清单读回"),
    )


def other_file(name: str, rows: int) -> Refusal:
    """None of the list's firms is in the file."""
    return Refusal(
        "return.other_file",
        gettext_noop("“%(name)s”里没有这份清单上的任何一户（清单共 %(rows)s 户）"),
        _BASIS,
        gettext_noop("请核对导出的是不是这一项任务的检查结果；什么都没有改变，可以重新上传"),
        {"name": name, "rows": rows},
    )
