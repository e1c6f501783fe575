"""When a 候补 or a 更换 is possible, and in words what stands in the way (draw protocol §7.7)."""

from __future__ import annotations

from mingcha.base import clock
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning import lifecycle as draws
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.changes import Outcome, codes_of, outcome
from mingcha.planning.models import ChangeRequest, Dispatch, Task
from mingcha.registry.models import Inspector

_NAMED_BY_RULE = gettext_noop("SSJ-1 抽取协议 §7.7：候补按号码顺序递补，替换人员由规则确定，任何人不得挑选")
_APPROVED_TIME = gettext_noop("国办发〔2024〕54号五：按批准的方案和时间检查")


def foresee(
    batch: Dispatch, kind: str, *, task: Task | None = None, inspector: Inspector | None = None
) -> Outcome:
    """What would happen; Refused with what stands in the way and with the ways out."""
    _require_running(batch, task)
    target = "" if task is None or task.target is None else task.target.roster_id
    code = _code(batch, task, inspector)
    found = outcome(batch, kind, target=target, code=code)
    if found is None:
        raise Refused(_no_reserve(task))
    return found


def _require_running(batch: Dispatch, task: Task | None) -> None:
    """Only tasks that a draw of ours made, that are still to be done, and about which nothing is pending."""
    if batch.draw is None:
        raise Refused(_named_by_the_superior())
    if clock.today() > batch.visit_until:
        raise Refused(_over(batch))
    gone = task.state if task is not None else batch.state
    if gone in states.VISITED:
        raise Refused(_begun(str(task)))
    if gone == states.UNVISITED or states.CANCELLED in (batch.state, gone):
        raise Refused(_cancelled())
    serving = batch.draw.supplemented_by.filter(state__in=(draws.SEALED, draws.REVEALED)).first()
    if serving is not None:
        raise Refused(_being_served(serving.number))


def _code(batch: Dispatch, task: Task | None, inspector: Inspector | None) -> str:
    """The person's code; Refused for whoever is on no team that this concerns."""
    if inspector is None:
        return ""
    assert batch.draw is not None  # noqa: S101  `_require_running` has asked
    held = Task.objects.filter(dispatch=batch, members__inspector=inspector, members__left_at=None)
    concerned = held.filter(state__in=states.AHEAD)
    if task is not None:
        concerned = concerned.filter(pk=task.pk)
    if not concerned.exists():
        raise Refused(_not_there(inspector))
    return codes_of(batch.draw)[inspector.pk]


def somebody_elses(batch: Dispatch) -> Refusal:
    return Refusal(
        "change.not_answering",
        gettext_noop("“%(title)s”的检查任务由%(unit)s负责，不由您提出候补或更换"),
        gettext_noop("本局方案二（四）：牵头单位负责检查任务的确认和安排"),
        gettext_noop("请告诉负责的股室或部门，或者综合经办"),
        {"title": str(batch), "unit": str(batch.unit)},
    )


def no_longer_as_seen() -> Refusal:
    """Somebody else was quicker: another change came in between, or leave, a recusal, a certificate."""
    return Refusal(
        "change.moved",
        gettext_noop("您查看以后情况有了变化，没有办理：现在推算的结果与您看到的不同"),
        _NAMED_BY_RULE,
        gettext_noop("请看页面上现在的结果，再决定"),
    )


def asked_already(request: ChangeRequest) -> Refusal:
    return Refusal(
        "change.asked",
        gettext_noop("“%(request)s”已经有一件申请在等待批准"),
        gettext_noop("国办发〔2015〕58号：全程留痕、责任可追溯"),
        gettext_noop("请等局领导决定；写错了的，由提出人撤回后重新提出"),
        {"request": str(request)},
    )


def wrong_cause(kind: str) -> Refusal:
    causes = ChangeRequest.CAUSES[ChangeRequest.Kind(kind)]
    return Refusal(
        "change.cause",
        gettext_noop("“%(kind)s”没有这种事由"),
        _NAMED_BY_RULE,
        gettext_noop("可以选择：%(causes)s"),
        {
            "kind": str(ChangeRequest.Kind(kind).label),
            "causes": "、".join(str(cause.label) for cause in causes),
        },
    )


def no_evidence() -> Refusal:
    return Refusal(
        "change.evidence",
        gettext_noop("没有上传佐证，没有提出"),
        gettext_noop("SSJ-1 抽取协议 §7.0 T6：候补、更换要有理由和佐证"),
        gettext_noop("请上传佐证，例如登记状态的网页截图、现场照片、证明"),
    )


def not_on_any_team() -> Refusal:
    return Refusal(
        "change.no_tasks",
        gettext_noop("没有需要退出的检查任务"),
        _NAMED_BY_RULE,
        gettext_noop("今后几天不能参加抽取的，请登记离岗安排"),
    )


def _no_reserve(task: Task | None) -> Refusal:
    return Refusal(
        "change.no_reserve",
        gettext_noop("“%(task)s”这一类的候补已经用完，没有候补可以递补"),
        _NAMED_BY_RULE,
        gettext_noop(
            "请在抽查任务中另取一个编号抽取（写明理由、由另一个人同意）；不再补抽的，撤销时写明情况"
        ),
        {"task": str(task or "—")},
    )


def _named_by_the_superior() -> Refusal:
    return Refusal(
        "change.superior",
        gettext_noop("这份名单和人员由上级确定，本局没有抽取，推算不出由谁接替"),
        gettext_noop("国办发〔2024〕54号五：按批准的方案和名单检查"),
        gettext_noop("请报告上级调整；上级只给名单的，可以在抽查任务中随机选派检查人员"),
    )


def _over(batch: Dispatch) -> Refusal:
    return Refusal(
        "change.over",
        gettext_noop("检查结束日期 %(day)s 已经过去，不再候补或更换"),
        _APPROVED_TIME,
        gettext_noop("请股室负责人在派发页面申请延长检查期限；不再去的，在检查页面办理“未检查，说明理由”"),
        {"day": batch.visit_until.isoformat()},
    )


def _cancelled() -> Refusal:
    return Refusal(
        "change.cancelled",
        gettext_noop("这项检查任务已经撤销，或者已经作“未检查”"),
        _APPROVED_TIME,
        gettext_noop("请打开现在的任务办理"),
    )


def _begun(firm: str) -> Refusal:
    return Refusal(
        "change.begun",
        gettext_noop("“%(firm)s”的检查已经开展，不再候补或更换"),
        gettext_noop("国办发〔2024〕54号五：检查人员在入企前确定；SSJ-1 §7.7"),
        gettext_noop(
            "当事人申请检查人员回避的，在这次检查的页面登记；准予以后此人不再参加，由其余的人继续，不足两名的登记离开，由股室决定是否另派人再查"
        ),
        {"firm": firm},
    )


def _being_served(number: str) -> Refusal:
    return Refusal(
        "change.supplement",
        gettext_noop("正在为缺人的检查对象补充抽取（%(number)s），暂不候补或更换"),
        _NAMED_BY_RULE,
        gettext_noop("请等补充抽取完成或作废以后再办"),
        {"number": number},
    )


def _not_there(inspector: Inspector) -> Refusal:
    return Refusal(
        "change.not_there",
        gettext_noop("%(name)s现在不在这里的检查组"),
        _NAMED_BY_RULE,
        gettext_noop("请刷新页面，看现在的检查组"),
        {"name": str(inspector)},
    )
