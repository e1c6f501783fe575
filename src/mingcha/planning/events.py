"""What happens to a draw."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from mingcha.base.events import Event


@dataclass(frozen=True, kw_only=True)
class DrawPlanned(Event):
    code = "planning.draw.planned"
    label = _("拟定抽取")


@dataclass(frozen=True, kw_only=True)
class DrawChanged(Event):
    code = "planning.draw.changed"
    label = _("修改拟定的抽取")


@dataclass(frozen=True, kw_only=True)
class DrawSealed(Event):
    code = "planning.draw.sealed"
    label = _("封存名单")
    field_labels = {
        "subjects": _("名单户数"),
        "excluded": _("不参加抽取的户数"),
        "to_draw": _("将抽取户数"),
        "people": _("参加抽取的人员数"),
    }


@dataclass(frozen=True, kw_only=True)
class DigitsEntered(Event):
    code = "planning.draw.digits_entered"
    label = _("录入摇出的号码")


@dataclass(frozen=True, kw_only=True)
class DigitsReturned(Event):
    code = "planning.draw.digits_returned"
    label = _("号码退回重录")


@dataclass(frozen=True, kw_only=True)
class DrawCompleted(Event):
    code = "planning.draw.completed"
    label = _("核对号码并抽取")
    field_labels = {
        "drawn": _("抽中户数"),
        "unserved": _("没有派满人员的户数"),
        "result_digest": _("结果摘要"),
    }


@dataclass(frozen=True, kw_only=True)
class DrawVoided(Event):
    code = "planning.draw.voided"
    label = _("作废抽取")
