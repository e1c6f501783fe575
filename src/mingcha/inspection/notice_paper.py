"""行政检查通知书 as a paper: what it says in words, as it is kept when it is issued, printed and shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mingcha.inspection.models import Inspection, KeptPaper
from mingcha.inspection.notice import Notice, notice_of
from mingcha.inspection.papers import kept
from mingcha.registry.selectors import standing_entry


def paper_of(inspection: Inspection) -> dict[str, Any]:
    """The notice as it was last issued; one that was never issued as it reads now."""
    issued = kept(inspection, KeptPaper.Kind.NOTICE)
    return issued if issued is not None else content_of(notice_of(inspection))


def content_of(notice: Notice) -> dict[str, Any]:
    """What the notice says, as it is kept (`papers.keep`)."""
    opening = _(
        "%(organ)s依照下列规定，对你单位实施行政检查（%(kind)s）。"
        "请予以配合，并按下面写明的内容监督本次检查。"
    )
    return {
        "number": notice.number,
        "organ": notice.organ,
        "firm": _firm(notice.inspection),
        "opening": opening % {"organ": notice.organ, "kind": notice.inspection.get_kind_display()},
        "facts": [[label, text] for label, text in _facts(notice)],
        "rights": [[str(text), str(basis)] for text, basis in notice.rights],
        "duties": [[str(text), str(basis)] for text, basis in notice.duties],
        "prohibitions": [[str(text), str(means)] for text, means in notice.prohibitions],
        "phones": list(notice.phones),
        "check_phones": list(notice.check_phones),
    }


def _firm(inspection: Inspection) -> str:
    code = standing_entry(inspection.subject).roster_id
    return f"{inspection.name}（{code}）" if code else inspection.name


def _facts(notice: Notice) -> Iterator[tuple[str, str]]:
    visit, firm = notice.inspection, standing_entry(notice.inspection.subject)
    yield _("任务来源"), notice.source
    yield _("检查事项"), "；".join(f"{one.item.code} {one.name}" for one in notice.items)
    yield _("检查依据"), "；".join(notice.articles)
    yield _("检查方式"), _manner(visit)
    yield _("检查时间"), _time(notice)
    yield _("检查地点"), firm.address or firm.town
    yield _("检查人员"), "\n".join(_person(one) for one in notice.people)
    if notice.helpers:
        who = "、".join(f"{one.name}（{one.helps_with}）" for one in notice.helpers)
        yield _("协助人员"), _("%(n)d 人：%(who)s") % {"n": len(notice.helpers), "who": who}
    yield _("年度频次"), _counted(notice)
    yield _("请准备的材料"), _papers(notice)


def _manner(visit: Inspection) -> str:
    if not visit.why_on_site:
        return _("现场检查")
    return _("现场检查（必须入企的理由：%(why)s）") % {"why": visit.why_on_site}


def _time(notice: Notice) -> str:
    visit, slot = notice.inspection, notice.slot
    days = {"first": _day(visit.visit_from), "last": _day(visit.visit_until)}
    approved = _("批准的期间：%(first)s至%(last)s") % days
    return f"{_day(slot.day)}{slot.half_text}，{approved}" if slot is not None else approved


def _person(one: Any) -> str:
    authority = f"（{one.authority}）" if one.authority else ""
    told = {"name": one.name, "post": one.post, "number": one.certificate}
    return _("%(name)s，%(post)s，执法证号 %(number)s") % told + authority


def _counted(notice: Notice) -> str:
    counts = {"visits": notice.cap.visits, "most": notice.cap.most}
    counted = _("本年度本机关已入企检查 %(visits)d 次，上限 %(most)d 次。") % counts
    return counted + _("本次依法不计入上限。") if notice.inspection.exempt_reason else counted


def _papers(notice: Notice) -> str:
    asked = "；".join(one.name for one in notice.papers) or _("不用准备材料")
    if not notice.held:
        return asked
    return f"{asked}\n" + _("下列材料本局已掌握，不需要提供：%(names)s") % {"names": "、".join(notice.held)}


def _day(day: date) -> str:
    return date_format(day, "Y年n月j日")
