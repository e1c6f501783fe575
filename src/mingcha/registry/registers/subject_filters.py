"""By what the list of subjects can be narrowed; each stands on an index, or on ids from a small table."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.registry import sizes
from mingcha.registry.models import (
    Claim,
    Grading,
    ImportBatch,
    Licence,
    StagedSubject,
    Subject,
    SubjectTag,
    Violation,
)
from mingcha.registry.selectors import facets
from mingcha.registry.selectors.licences import ending_until
from mingcha.web.registers.filters import RegisterFilterSet

Rows = QuerySet[Any]
ALL = _("全部")
YES_NO = [("yes", _("有")), ("no", _("没有"))]
EXPIRING, ENDED = "expiring", "ended"
UNKNOWN = "none"
_LATEST_BATCHES = 50


def sizes_said() -> list[tuple[str, str]]:
    """Sizes as `first-last`: nobody apart, for firms without workers are looked for by themselves."""
    found = [(UNKNOWN, gettext("没有登记")), ("0-0", gettext("0 人")), ("1-9", gettext("1–9 人"))]
    for first in sorted(floor for floor in sizes.FLOORS if floor > 9):
        found.append((f"{first}-{sizes.end_of(first) or ''}", sizes.label_of(first)))
    return found


def prefixed(path: str, prefix: str) -> Q:
    """Values that begin with a prefix, as a range that an index serves on both databases."""
    return Q(**{f"{path}__gte": prefix, f"{path}__lt": prefix[:-1] + chr(ord(prefix[-1]) + 1)})


def grades(system: Grading.System) -> list[tuple[str, Any]]:
    """The grades of one system, and whether there is none; systems are never mixed (rule N12)."""
    return [*((grade, grade) for grade in Grading.GRADES[system]), (UNKNOWN, _("没有评定"))]


def _batches(request: HttpRequest) -> Rows:
    batches = ImportBatch.objects.visible_to(request.viewer)  # type: ignore[attr-defined]
    done = batches.filter(register="subjects", state=ImportBatch.State.DONE)
    return batches.only("file_name", "started_at").filter(
        pk__in=done.order_by("-pk").values("pk")[:_LATEST_BATCHES]
    )


def _choice(label: Any, choices: Any, method: str = "", **options: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label, choices=choices, empty_label=ALL, method=method or None, **options
    )


class SubjectFilters(RegisterFilterSet):
    """Every label of a subject."""

    kind = _choice(_("类型"), Subject.Kind.choices)
    registration = _choice(_("登记状态"), Subject.Registration.choices)
    division = _choice(_("属地"), facets.divisions, "by_division")
    town = _choice(_("乡镇街道"), facets.towns)
    industry = _choice(_("行业"), facets.industries, "by_industry")
    tag = _choice(_("标签"), facets.tags, "by_tag")
    grade_hrss = _choice(_("守法诚信等级"), grades(Grading.System.HRSS), "by_grade")
    grade_market = _choice(_("市监信用风险等级"), grades(Grading.System.MARKET), "by_grade")
    grade_dispatch = _choice(_("劳务派遣信用等级"), grades(Grading.System.DISPATCH), "by_grade")
    workers = _choice(_("用工人数"), sizes_said, "by_size")
    insured = _choice(_("参保人数"), sizes_said, "by_size")
    licence = _choice(_("许可备案"), Licence.Kind.choices, "by_licence")
    licence_end = _choice(
        _("许可有效期"), [(EXPIRING, _("将到期（应当申请延续）")), (ENDED, _("已经过期"))], "by_licence_end"
    )
    claim = _choice(_("认领"), Claim.State.choices, "by_claim")
    violation = _choice(_("违法违规记录"), YES_NO, "by_violation")
    warning = _choice(_("代码核对提示"), YES_NO, "by_warning")
    source = _choice(_("来源"), facets.sources, "by_source")
    batch = django_filters.ModelChoiceFilter(
        label=_("导入批次"), queryset=_batches, empty_label=ALL, method="by_batch"
    )

    def by_division(self, rows: Rows, name: str, code: str) -> Rows:
        return rows.filter(prefixed("division_code", code))

    def by_industry(self, rows: Rows, name: str, code: str) -> Rows:
        """A section is its letter alone, or one of its divisions; everything below begins with its number."""
        if code.isdigit():
            return rows.filter(prefixed("industry_code", code))
        found = Q(industry_code=code)
        for number in facets.divisions_of_section(code):
            found |= prefixed("industry_code", number)
        return rows.filter(found)

    def by_tag(self, rows: Rows, name: str, tag: str) -> Rows:
        return rows.filter(pk__in=self._own(SubjectTag).filter(tag_id=int(tag)).values("subject_id"))

    def by_source(self, rows: Rows, name: str, source: str) -> Rows:
        return rows.filter(source_id=int(source))

    def by_grade(self, rows: Rows, name: str, grade: str) -> Rows:
        return rows.filter(**{name: "" if grade == UNKNOWN else grade})

    def by_size(self, rows: Rows, name: str, size: str) -> Rows:
        if size == UNKNOWN:
            return rows.filter(**{f"{name}__isnull": True})
        first, _dash, last = size.partition("-")
        rows = rows.filter(**{f"{name}__gte": int(first)})
        return rows.filter(**{f"{name}__lte": int(last)}) if last else rows

    def by_licence(self, rows: Rows, name: str, kind: str) -> Rows:
        held = self._own(Licence).filter(kind=kind, state=Licence.State.VALID)
        return rows.filter(pk__in=held.values("subject_id"))

    def by_licence_end(self, rows: Rows, name: str, when: str) -> Rows:
        today = clock.today()
        ending = Q(valid_until__gte=today, valid_until__lte=ending_until(today))
        held = self._own(Licence).filter(
            ending if when == EXPIRING else Q(valid_until__lt=today), state=Licence.State.VALID
        )
        if kind := self.form.cleaned_data.get("licence"):
            held = held.filter(kind=kind)
        return rows.filter(pk__in=held.values("subject_id"))

    def by_claim(self, rows: Rows, name: str, state: str) -> Rows:
        return rows.filter(pk__in=self._own(Claim).filter(state=state).values("subject_id"))

    def by_violation(self, rows: Rows, name: str, answer: str) -> Rows:
        standing = Violation.objects.visible_to(self.request.viewer).standing()
        recorded = Q(pk__in=standing.values("subject_id"))
        return rows.filter(recorded if answer == "yes" else ~recorded)

    def by_warning(self, rows: Rows, name: str, answer: str) -> Rows:
        return rows.exclude(code_warnings="") if answer == "yes" else rows.filter(code_warnings="")

    def by_batch(self, rows: Rows, name: str, batch: ImportBatch) -> Rows:
        written = StagedSubject.objects.visible_to(self.request.viewer).filter(batch=batch)
        changed = written.filter(action__in=(StagedSubject.Action.CREATE, StagedSubject.Action.UPDATE))
        return rows.filter(pk__in=changed.values("target_id"))

    def _own(self, model: Any) -> Rows:
        """Rows about subjects. The list itself is of visible ones only, so these need no second look."""
        return model.objects.visible_to(self.request.viewer)
