"""The life of one list: 读取 → 列的含义 → 核对 → 待确认 → 写入 → 已导入, and how it ends otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mingcha.base.roles import role_labels
from mingcha.kernel.lifecycle import Guard, Lifecycle, State, Transition
from mingcha.kernel.refusal import Refusal
from mingcha.kernel.refusal import gettext_noop as _
from mingcha.registry.models.imports import IMPORTERS, ImportBatch

READING, MAPPING, STAGING, READY, CONFIRMING, DONE, CANCELLED, FAILED, UNDONE = (
    state.value for state in ImportBatch.State
)
#: Left by nothing.
_ENDED = (CANCELLED, FAILED, UNDONE)
_BASIS = _("本局方案二（二）：名录库的每次变动都须有依据、可追溯")


@dataclass(frozen=True)
class BatchFacts:
    """What the guards look at. `inverse` is the state of a standing batch that undoes this one, if any."""

    columns_missing: tuple[str, ...] = ()
    will_change: int = 0
    inverse: str = ""
    is_inverse: bool = False
    running: bool = False


Check = Callable[[BatchFacts], Refusal | None]


def _columns_known(facts: BatchFacts) -> Refusal | None:
    if not facts.columns_missing:
        return None
    return Refusal(
        "import.columns",
        _("还不能核对，缺少：%(columns)s"),
        _BASIS,
        _("请在“列的含义”里指定；文件里确实没有的，请补上后重新上传"),
        {"columns": "、".join(facts.columns_missing)},
    )


def _something_changes(facts: BatchFacts) -> Refusal | None:
    if facts.will_change:
        return None
    return Refusal(
        "import.nothing",
        _("没有一行会改变名录库"),
        _BASIS,
        _("请先改正或恢复有问题的行；确实都不用导入的，取消这次导入即可"),
    )


def _not_being_undone(facts: BatchFacts) -> Refusal | None:
    if not facts.inverse:
        return None
    return Refusal(
        "import.undoing",
        _("已经有人在撤销这次导入"),
        _BASIS,
        _("请打开那次撤销，继续办理或取消它"),
    )


def _is_no_inverse(facts: BatchFacts) -> Refusal | None:
    if not facts.is_inverse:
        return None
    return Refusal(
        "import.inverse",
        _("这一批本身是一次撤销，不能再撤销"),
        _BASIS,
        _("需要恢复的，请重新导入原来的名单"),
    )


def _comes_from_a_file(facts: BatchFacts) -> Refusal | None:
    if not facts.is_inverse:
        return None
    return Refusal(
        "import.no_cells",
        _("这一批是一次撤销，没有可以改正的单元格"),
        _BASIS,
        _("不想撤销的，取消这次撤销；要改内容的，撤销后重新导入"),
    )


def _stopped(facts: BatchFacts) -> Refusal | None:
    if not facts.running:
        return None
    return Refusal(
        "import.running",
        _("后台还在办理这份名单"),
        _BASIS,
        _("请稍候；中断的任务会自动重新开始"),
    )


_PEOPLE = frozenset(str(role.value) for role in IMPORTERS)


def _way(
    verb: str, label: str, sources: tuple[str, ...], target: str, *guards: Guard[BatchFacts]
) -> Transition[BatchFacts]:
    return Transition(verb, label, sources, target, _PEOPLE, guards)


def _job(verb: str, label: str, sources: tuple[str, ...], target: str) -> Transition[BatchFacts]:
    return Transition(verb, label, sources, target, frozenset(), by_system=True)


IMPORT: Lifecycle[BatchFacts] = Lifecycle(
    name="import",
    label=_("导入名单"),
    states=tuple(
        State(state.value, str(state.label), final=state.value in _ENDED) for state in ImportBatch.State
    ),
    initial=READING,
    transitions=(
        _job("recognise", _("读完表头"), (READING,), MAPPING),
        _job("stage", _("开始核对"), (READING,), STAGING),
        _job("offer", _("核对完毕"), (STAGING,), READY),
        _job("reject", _("无法读取"), (READING, STAGING), FAILED),
        _job("finish", _("写入完毕"), (CONFIRMING,), DONE),
        _job("relist", _("名录已变，重新核对"), (CONFIRMING,), READY),
        _job("mark_undone", _("已被撤销"), (DONE,), UNDONE),
        _way("map", _("确认列的含义"), (MAPPING, READY), STAGING, Guard("columns_known", _columns_known)),
        _way("confirm", _("确认导入"), (READY,), CONFIRMING, Guard("something_changes", _something_changes)),
        _way("correct", _("改正各行"), (READY,), READY, Guard("comes_from_a_file", _comes_from_a_file)),
        *(
            _way("resume", _("继续办理"), (state,), state, Guard("stopped", _stopped))
            for state in (READING, STAGING, CONFIRMING)
        ),
        Transition(
            "cancel",
            _("取消"),
            (READING, MAPPING, STAGING, READY),
            CANCELLED,
            _PEOPLE,
            by_system=True,
        ),
        _way(
            "undo",
            _("撤销这次导入"),
            (DONE,),
            DONE,
            Guard("is_no_inverse", _is_no_inverse),
            Guard("not_being_undone", _not_being_undone),
        ),
    ),
    role_labels=role_labels(),
)
