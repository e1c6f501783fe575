"""What the pages of one subject show, and what can be done from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.base.viewers import Officer, Viewer
from mingcha.registry.models import CaseCount, Claim, Licence, Project, Subject
from mingcha.registry.selectors.licences import ending_until
from mingcha.registry.selectors.places import place_of
from mingcha.registry.selectors.subjects import grades_of
from mingcha.registry.selectors.visits import cap_of
from mingcha.registry.services.duplicates import suspicions_of
from mingcha.registry.services.parts import PARTS, Part, masked_contact
from mingcha.registry.services.subjects import SUBJECT_KEEPERS
from mingcha.web.components import Action, days_left
from mingcha.web.providers import Tone

#: What stands on the first page, and what in the file behind it.
FIRST_PAGE = ("contacts", "licences", "tags")
FILE = ("gradings", "headcounts", "cases", "violations", "names")
_ICONS = {
    "contacts": "phone",
    "licences": "badge-check",
    "tags": "tags",
    "gradings": "award",
    "headcounts": "users",
    "cases": "scale",
    "violations": "gavel",
    "names": "signature",
}


@dataclass(frozen=True)
class Line:
    """One row of a part: what it says in one line, details below it, a badge, and whether it has ended."""

    pk: int
    title: str
    details: tuple[str, ...] = ()
    badge: tuple[str, Tone] | None = None
    ended: bool = False
    has_phone: bool = False


@dataclass(frozen=True)
class PartCard:
    """One kind of things on a subject's page, the ended ones folded away."""

    part: str
    title: str
    icon: str
    standing: tuple[Line, ...]
    ended: tuple[Line, ...]
    end_label: str


def keeps(viewer: Viewer) -> bool:
    """Whether the viewer may change subjects."""
    return isinstance(viewer, Officer) and viewer.has(*SUBJECT_KEEPERS)


def summary(subject: Subject) -> dict[str, Any]:
    """The first thing every page of a subject says: who, where, state, three grades, visits and cap."""
    return {
        "place": place_of(subject),
        "grades": grades_of(subject),
        "cap": cap_of(subject, clock.today()),
        "warnings": subject.code_warnings.splitlines(),
    }


def detail(viewer: Viewer, subject: Subject) -> dict[str, Any]:
    """More values for a subject's first page."""
    project = None
    if subject.kind == Subject.Kind.PROJECT:
        project = Project.objects.visible_to(viewer).filter(subject=subject).first()
    return {
        **summary(subject),
        "project": project,
        "builders": builders(viewer, project) if project is not None else (),
        "cards": cards(viewer, subject, FIRST_PAGE),
        "suspicions": suspicions_of(subject, viewer),
        "claim": Claim.objects.visible_to(viewer).filter(subject=subject).order_by("-pk").first(),
        "keeps": keeps(viewer),
    }


def builders(viewer: Viewer, project: Project) -> tuple[tuple[str, str, Subject | None], ...]:
    """建设单位 and 施工总承包单位: label, name in the permit, and the firm where the viewer may see it."""
    ids = [pk for pk in (project.owner_id, project.contractor_id) if pk is not None]
    seen = Subject.objects.visible_to(viewer).in_bulk(ids)
    return (
        (_("建设单位"), project.owner_name, seen.get(project.owner_id)),
        (_("施工总承包单位"), project.contractor_name, seen.get(project.contractor_id)),
    )


def cards(viewer: Viewer, subject: Subject, parts: Iterable[str]) -> list[PartCard]:
    """The things of these kinds, each kind by one query."""
    return [_card(viewer, PARTS[code], subject) for code in parts]


def _card(viewer: Viewer, part: Part, subject: Subject) -> PartCard:
    rows: QuerySet[Any] = part.model._default_manager.visible_to(viewer)  # type: ignore[attr-defined]
    if part.code == "tags":
        rows = rows.select_related("tag")
    soon = ending_until(clock.today()) if part.code == "licences" else clock.today()
    lines = [_line(part, row, soon) for row in rows.filter(subject=subject)]
    end_labels = {"tags": _("去掉"), "contacts": _("停用"), "licences": _("注销")}
    return PartCard(
        part=part.code,
        title=part.label,
        icon=_ICONS[part.code],
        standing=tuple(line for line in lines if not line.ended),
        ended=tuple(line for line in lines if line.ended),
        end_label=end_labels.get(part.code, _("撤回")),
    )


def _line(part: Part, row: Any, soon: date) -> Line:
    ended = part.has_ended(row)
    details = _DETAILS[part.code](row)
    if ended and part.withdrawn:
        details = (*details, _("%(day)s 撤回：%(why)s") % {"day": row.withdrawn_on, "why": row.withdrawn_why})
    if part.code == "contacts":
        name, phone = masked_contact(row)
        return Line(
            pk=row.pk,
            title=f"{row.get_post_display()} {name}",
            details=(phone, *details),
            ended=ended,
            has_phone=bool(row.phone) and not ended,
        )
    badge = licence_badge(row, soon) if isinstance(row, Licence) else None
    return Line(pk=row.pk, title=_TITLES[part.code](row), details=details, badge=badge, ended=ended)


def licence_badge(licence: Licence, soon: date) -> tuple[str, Tone]:
    """Its state, or how long it is still valid where it ends by the day `soon`."""
    if licence.state != Licence.State.VALID:
        return str(licence.get_state_display()), "secondary"
    if licence.valid_until is None:
        return _("有效"), "success"
    today = clock.today()
    if licence.valid_until > soon:
        return _("有效"), "success"
    words, _tone = days_left(licence.valid_until, today)
    return words, "danger" if licence.valid_until < today else "warning"


def _span(licence: Licence) -> str:
    if licence.valid_from is None and licence.valid_until is None:
        return ""
    return f"{licence.valid_from or ''} 至 {licence.valid_until or _('长期')}"


def _counts(row: Any) -> str:
    named = ((_("用工"), row.workers), (_("参保"), row.insured), (_("派遣"), row.dispatched))
    return "，".join(f"{name} {number} 人" for name, number in named if number is not None)


def cases_text(row: CaseCount) -> str:
    """The counts of one row in words; both are of twelve months."""
    named = ((_("劳动争议"), row.disputes), (_("投诉举报"), row.complaints))
    return "，".join(f"{name} {number} 件" for name, number in named if number is not None)


def _given(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


_TITLES: dict[str, Any] = {
    "licences": lambda row: f"{row.get_kind_display()} {row.number}",
    "tags": lambda row: str(row.tag),
    "gradings": lambda row: f"{row.get_system_display()}：{row.grade}",
    "headcounts": _counts,
    "cases": cases_text,
    "violations": lambda row: f"{row.get_handling_display()}：{row.what}",
    "names": lambda row: row.name,
}
_DETAILS: dict[str, Any] = {
    "contacts": lambda row: _given(
        row.source,
        _("%(day)s 登记") % {"day": row.recorded_on},
        f"{row.ended_on} 停用" if row.ended_on else "",
    ),
    "licences": lambda row: _given(row.authority, _span(row)),
    "tags": lambda row: _given(_("自 %(day)s") % {"day": row.since}, row.why),
    "gradings": lambda row: _given(
        _("%(year)s 年度") % {"year": row.year}, _("%(day)s 评定") % {"day": row.graded_on}, row.source
    ),
    "headcounts": lambda row: _given(str(row.counted_on), row.source),
    "cases": lambda row: _given(_("截至 %(day)s 的前 12 个月") % {"day": row.counted_on}, row.source),
    "violations": lambda row: _given(
        str(row.decided_on),
        row.article,
        row.document_number,
        row.authority,
        _("%(day)s 履行完毕") % {"day": row.settled_on} if row.settled_on else _("尚未履行完毕"),
    ),
    "names": lambda row: _given(_("用至 %(day)s") % {"day": row.until}),
}


def actions(viewer: Viewer, subject: Subject) -> Sequence[Action]:
    """What can be done with a subject besides editing it."""
    if not keeps(viewer) or subject.merged_into_id is not None:
        return ()
    return (
        Action(_("与另一户比对、合并"), reverse("registry:subject-compare", args=[subject.pk]), "git-merge"),
        Action(
            _("列入待认领"),
            reverse("registry:claim-receive", args=[subject.pk]),
            "inbox",
            post=True,
            needs_reason=True,
            hint=_("理由栏写明名单来源，例如省监管平台推送"),
        ),
    )


def row_of(part: Part, viewer: Viewer, pk: int) -> Model | None:
    """One row of a part that the viewer may know of."""
    rows: Any = part.model._default_manager.visible_to(viewer)  # type: ignore[attr-defined]
    found: Model | None = rows.select_related("subject").filter(pk=pk).first()
    return found
