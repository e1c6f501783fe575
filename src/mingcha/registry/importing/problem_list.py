"""The rows that need work, as a workbook that can be corrected and uploaded again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from mingcha.base.viewers import Viewer
from mingcha.registry.importing import targets
from mingcha.registry.models import ImportBatch, Staged, StagedProblem
from mingcha.registry.sheets import FIELDS
from mingcha.web.registers.export import workbook

_AT_ONCE = 1_000
#: Headings that say where a row stood and what was wrong; no list brings anything in by them.
LEADING = ("原工作表", "原行号", "有问题的列", "有问题的内容", "问题说明")


def holds_personal_data(batch: ImportBatch) -> bool:
    """Whether its rows tell of people: who stays away from whom, or whom to call."""
    if batch.register == ImportBatch.Register.RECUSALS:
        return True
    personal = {spec.code for spec in FIELDS[batch.register].fields if spec.personal}
    sheets = [sheet for sheet in batch.layout.get("sheets", []) if sheet["used"]]
    return any(column["field"] in personal for sheet in sheets for column in sheet["columns"])


def problem_list(batch: ImportBatch, viewer: Viewer, *, watermark: str = "") -> IO[bytes]:
    """One line a row: where it stands, what is wrong, then its cells under the fields' own names.

    The corrected workbook is read like any other list; its leading columns are passed over.
    """
    specs = FIELDS[batch.register].fields
    headings = [*LEADING, *(str(spec.label) for spec in specs)]
    lines = _lines(batch, viewer, [spec.code for spec in specs])
    return workbook(_("需要改正的行"), headings, lines, watermark=watermark)


def _lines(batch: ImportBatch, viewer: Viewer, codes: list[str]) -> Iterator[list[str]]:
    staged = targets.of(batch).staged.objects.visible_to(viewer).filter(batch=batch)
    verdicts = (Staged.Verdict.REFUSED, Staged.Verdict.WARNED)
    wanted = staged.filter(verdict__in=verdicts).order_by("position")
    after = 0
    while rows := list(wanted.filter(position__gt=after)[:_AT_ONCE]):
        after = rows[-1].position
        problems: dict[int, list[StagedProblem]] = {}
        known = StagedProblem.objects.visible_to(viewer).filter(
            batch=batch, position__in=[r.position for r in rows]
        )
        for problem in known.order_by("position", "id"):
            problems.setdefault(problem.position, []).append(problem)
        for row in rows:
            said = problems.get(row.position, [])
            yield [
                row.sheet,
                str(row.row),
                "、".join(dict.fromkeys(problem.column for problem in said if problem.column)),
                "；".join(dict.fromkeys(problem.value for problem in said if problem.value)),
                "；".join(dict.fromkeys(problem.reason for problem in said)),
                *[str(row.raw.get(code, "")) for code in codes],
            ]
