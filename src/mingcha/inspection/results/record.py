"""A record as it was frozen: what it says, read without looking anything up.

The content is plain JSON (`services.recording` writes it):

    firm, visit, people     what the paper begins with
    items                   each with its points, in the order of the form
    values                  field of the form → value; a field that nobody filled is not there
    evidence                number, kind, point, sha256, taken_at; of the firm's signature, sight
    attempts, checks        what the short procedures found (`procedures.py`)
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.inspection.models import Inspection, RecordVersion
from mingcha.inspection.results import procedures
from mingcha.inspection.results.reasons import words_of
from mingcha.items.vocabulary import Result
from mingcha.kernel.digest import canonical_json, hex_digest
from mingcha.publication.difference import Change, ChangedRow, Difference
from mingcha.web.text import Text

OK, BAD, NOT_APPLICABLE = "ok", "bad", "na"
ANSWERS: Final[Mapping[str, Text]] = {
    OK: gettext_lazy("符合"),
    BAD: gettext_lazy("不符合"),
    NOT_APPLICABLE: gettext_lazy("不适用"),
}
#: What of a point a correction may change.
POINT_PARTS: Final = ("answer", "value", "facts", "persons", "amount")


@dataclass(frozen=True)
class PointLine:
    """One check point with what was answered."""

    id: int
    version: int
    number: int
    question: str
    answer: str
    value: str
    facts: str
    persons: int | None
    amount: str
    evidence: tuple[int, ...] = ()

    @property
    def is_bad(self) -> bool:
        return self.answer == BAD

    @property
    def answer_text(self) -> str:
        """The answer in words, with what was measured or chosen."""
        return " ".join(part for part in (str(ANSWERS.get(self.answer, "")), self.value) if part)


@dataclass(frozen=True)
class ItemLine:
    """One item with its own result."""

    version: int
    code: str
    name: str
    unit: str
    result: str
    note: str
    points: tuple[PointLine, ...]

    @property
    def result_text(self) -> str:
        return result_text(self.result)

    @property
    def is_bad(self) -> bool:
        return any(point.is_bad for point in self.points)


@dataclass(frozen=True)
class Record:
    """The content of one version."""

    content: Mapping[str, Any]

    @property
    def values(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.content["values"]
        return found

    def value(self, name: str) -> Any:
        """What a field holds, "" where nobody filled it."""
        found = self.values.get(name)
        return "" if found is None else found

    @property
    def result(self) -> str:
        return str(self.value("result:category"))

    @property
    def result_text(self) -> str:
        """The result in words; empty while there is none (N7)."""
        return result_text(self.result)

    @property
    def reason(self) -> str:
        return str(self.value("result:reason")).strip()

    @property
    def reasons(self) -> tuple[str, ...]:
        """The words of the dictionaries that were chosen; none in records from before there was a choice."""
        return words_of(self.values.get("result:reasons"))

    @property
    def items(self) -> tuple[ItemLine, ...]:
        return tuple(self._item(one) for one in self.content["items"])

    @property
    def points(self) -> tuple[PointLine, ...]:
        return tuple(point for item in self.items for point in item.points)

    @property
    def bad(self) -> tuple[PointLine, ...]:
        """What was found not to be in order."""
        return tuple(point for point in self.points if point.is_bad)

    @property
    def evidence(self) -> Sequence[Mapping[str, Any]]:
        found: Sequence[Mapping[str, Any]] = self.content["evidence"]
        return found

    @property
    def attempts(self) -> Sequence[Mapping[str, Any]]:
        """Attempts to reach the firm: id, day, way, outcome, sha256 of the proof."""
        found: Sequence[Mapping[str, Any]] = self.content["attempts"]
        return found

    @property
    def checks(self) -> Sequence[Mapping[str, Any]]:
        """Checks of what looked abnormal, one a kind."""
        found: Sequence[Mapping[str, Any]] = self.content["checks"]
        return found

    def read(self, name: str) -> Any:
        """What a field that can be corrected holds, None for nothing."""
        if procedures.is_field(name):
            return procedures.read(self.attempts, self.checks, name)
        return self.values.get(name)

    def _item(self, one: Mapping[str, Any]) -> ItemLine:
        about = f"item:{one['version']}"
        return ItemLine(
            version=one["version"],
            code=one["code"],
            name=one["name"],
            unit=one["unit"],
            result=str(self.value(f"{about}:result")),
            note=str(self.value(f"{about}:note")),
            points=tuple(self._point(one["version"], point) for point in one["points"]),
        )

    def _point(self, version: int, one: Mapping[str, Any]) -> PointLine:
        about = f"point:{one['id']}"
        persons = self.values.get(f"{about}:persons")
        return PointLine(
            id=one["id"],
            version=version,
            number=one["number"],
            question=one["question"],
            answer=str(self.value(f"{about}:answer")),
            value=str(self.value(f"{about}:value")),
            facts=str(self.value(f"{about}:facts")),
            persons=None if persons is None else int(persons),
            amount=str(self.value(f"{about}:amount")),
            evidence=tuple(file["number"] for file in self.evidence if file["point"] == one["id"]),
        )

    def corrected(self, proposed: Mapping[str, Any]) -> Record:
        """The same with some fields read otherwise; None takes a field's value away."""
        own = {name: value for name, value in proposed.items() if not procedures.is_field(name)}
        others = {name: value for name, value in proposed.items() if procedures.is_field(name)}
        values = {name: value for name, value in {**self.values, **own}.items() if value is not None}
        attempts, checks = procedures.corrected(self.attempts, self.checks, others)
        return Record({**self.content, "values": values, "attempts": attempts, "checks": checks})

    def json(self) -> str:
        """The one spelling of which the digest is taken."""
        return canonical_json(self.content).decode()

    @property
    def sha256(self) -> str:
        return hex_digest(canonical_json(self.content))

    @property
    def answers_sha256(self) -> str:
        """A digest of the answers alone, by place on the form: alike for two firms answered alike."""
        said = [
            [point.number, point.answer, point.value, point.facts, point.persons, point.amount]
            for point in self.points
        ]
        codes = [item.code for item in self.items]
        return hex_digest(canonical_json([codes, said]))


def record_of(version: RecordVersion) -> Record:
    """What a stored version says."""
    content = json.loads(version.content)
    return Record(content if content["format"] > 1 else _from_words(content, version.inspection))


def _from_words(content: Mapping[str, Any], inspection: Inspection) -> dict[str, Any]:
    """A record of format 1, which kept the words of attempts and checks, with their codes and ids.

    Its attempts are known again by what proves them; one of which the row has gone keeps an id of no row.
    """
    rows = {one.proof.sha256: str(one.pk) for one in inspection.attempts.select_related("proof")}
    way, kind, conclusion = map(
        procedures.codes_of, (procedures.WAYS, procedures.KINDS, procedures.CONCLUSIONS)
    )
    attempts = [
        {
            **one,
            "id": one.get("id") or rows.get(one["sha256"], f"{procedures.GONE}{place}"),
            "way": way.get(one["way"], one["way"]),
        }
        for place, one in enumerate(content["attempts"], start=1)
    ]
    checks = [
        {
            **one,
            "kind": kind.get(one["kind"], one["kind"]),
            "conclusion": conclusion.get(one["conclusion"], one["conclusion"]),
        }
        for one in content["checks"]
    ]
    return {**content, "format": 2, "attempts": attempts, "checks": checks}


def current(inspection: Inspection) -> RecordVersion:
    """The version of the record that holds."""
    found: RecordVersion = inspection.records.order_by("-number")[0]
    return found


def result_text(code: str) -> str:
    """A result in the words of the national publicity system; empty while there is none (N7)."""
    return str(Result(code).label) if code in Result.values else ""


def rows_of(record: Record) -> Iterator[dict[str, str]]:
    """Everything a correction may change, in words, one row a field, in the order of the form."""
    yield {"field": "result:category", "what": _("检查结果"), "said": result_text(record.result)}
    yield {"field": "result:reasons", "what": _("结果的情形"), "said": "、".join(record.reasons)}
    yield {"field": "result:reason", "what": _("结果的具体情形"), "said": record.reason}
    for item in record.items:
        about = f"item:{item.version}"
        yield {
            "field": f"{about}:result",
            "what": _("%(item)s的结果") % {"item": item.name},
            "said": item.result_text,
        }
        yield {
            "field": f"{about}:note",
            "what": _("%(item)s的说明") % {"item": item.name},
            "said": item.note,
        }
        for point in item.points:
            yield from _point_rows(point)
    yield from procedures.rows_of(record.attempts, record.checks)


def _point_rows(point: PointLine) -> Iterator[dict[str, str]]:
    said = {
        "answer": (_("回答"), str(ANSWERS.get(point.answer, ""))),
        "value": (_("答案"), point.value),
        "facts": (_("事实"), point.facts),
        "persons": (_("涉及人数"), "" if point.persons is None else str(point.persons)),
        "amount": (_("涉及金额（元）"), point.amount),
    }
    for part, (what, value) in said.items():
        yield {
            "field": f"point:{point.id}:{part}",
            "what": _("第 %(number)d 项“%(question)s”的%(what)s")
            % {"number": point.number, "question": point.question, "what": what},
            "said": value,
        }


def changes(before: Record, after: Record) -> Difference:
    """What reads otherwise in the later record; what is there no more reads as nothing."""
    old = {row["field"]: row for row in rows_of(before)}
    new = {row["field"]: row for row in rows_of(after)}
    changed = []
    for field, row in (new | {field: row for field, row in old.items() if field not in new}).items():
        was, now = (side[field]["said"] if field in side else "" for side in (old, new))
        if was != now:
            changed.append(ChangedRow(row["what"], (Change(row["what"], was, now),)))
    return Difference(changed=tuple(changed))
