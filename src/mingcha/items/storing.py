"""Between the rows of a version and its content as one value; writing binds every citation to its article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from mingcha.basics.models.common import Trust
from mingcha.items import content as parts
from mingcha.items.binding import Binder, Bound
from mingcha.items.content import Content
from mingcha.items.models import Basis, CheckPoint, Exemption, ItemVersion, Material, Outcome
from mingcha.kernel.refusal import Refusal, Refused
from mingcha.registry.models import Specialty


def content_of(version: ItemVersion) -> Content:
    """What a version says."""
    bases = _Cited(version)
    return Content(
        code=version.item.code,
        name=version.name,
        family=version.family,
        key=version.key,
        kinds=version.kind_codes,
        kinds_note=version.kinds_note,
        manners=version.manner_codes,
        specialty=version.specialty.code if version.specialty else "",
        body=version.body,
        body_name=version.body_name,
        cap=version.cap,
        ratio_note=version.ratio_note,
        trust=Trust(version.trust),
        unverified=version.unverified_lines,
        bases=bases(None, None),
        points=tuple(_point(point, bases) for point in version.points.all()),
        materials=tuple(
            parts.Material(row.name, row.why, row.held_by_bureau, row.holder)
            for row in version.materials.all()
        ),
        outcomes=tuple(parts.Outcome(row.result, row.way_codes, row.note) for row in version.outcomes.all()),
        exemptions=tuple(
            parts.Exemption(row.condition, bases(None, row.pk), row.except_when)
            for row in version.exemptions.all()
        ),
    )


class _Cited:
    """(point, exemption, role) → citations in order."""

    def __init__(self, version: ItemVersion) -> None:
        self._found: dict[tuple[int | None, int | None, str], list[str]] = {}
        for basis in version.all_bases.all():
            key = (basis.point_id, basis.exemption_id, basis.role)
            self._found.setdefault(key, []).append(basis.cited)

    def __call__(self, point: int | None, exemption: int | None, role: str = "duty") -> tuple[str, ...]:
        return tuple(self._found.get((point, exemption, role), ()))


def _point(point: CheckPoint, bases: _Cited) -> parts.Point:
    return parts.Point(
        question=point.question,
        standard=point.standard,
        answer=point.answer,
        bases=bases(point.pk, None),
        consequence=point.consequence,
        consequence_bases=bases(point.pk, None, Basis.Role.CONSEQUENCE),
        off_site=point.off_site,
        choices=point.choice_lines,
        trust=Trust(point.trust),
    )


class _Writer:
    """Collects the bindings of one version while its parts are written."""

    def __init__(self, version: ItemVersion, on: date) -> None:
        self.version = version
        self._binder = Binder(on)
        self._refusals: list[Refusal] = []
        self.bases: list[Basis] = []

    def bind(
        self,
        lines: Iterable[str],
        *,
        point: CheckPoint | None = None,
        exemption: Exemption | None = None,
        role: str = Basis.Role.DUTY,
    ) -> None:
        try:
            bound = self._binder.bind(lines)
        except Refused as refused:
            self._refusals.extend(refused.refusals)
            return
        self.bases.extend(self._basis(one, point, exemption, role) for one in dict.fromkeys(bound))

    def _basis(self, bound: Bound, point: CheckPoint | None, exemption: Exemption | None, role: str) -> Basis:
        return Basis(
            version=self.version,
            position=len(self.bases) + 1,
            point=point,
            exemption=exemption,
            role=role,
            cited=str(bound.citation),
            law_text=bound.article.text,
            article=bound.article,
            paragraph=bound.citation.paragraph,
            clause=bound.citation.clause,
        )

    def finish(self) -> None:
        if self._refusals:
            raise Refused(*dict.fromkeys(self._refusals))
        for place, basis in enumerate(self.bases, start=1):
            basis.position = place
        Basis.objects.bulk_create(self.bases)


def write(version: ItemVersion, content: Content, *, on: date) -> None:
    """Make a draft say this, its citations bound as of the day. Refused when one does not resolve.

    The draft's parts are written anew; its number, state and dates stay.
    """
    _fill(version, content)
    version.save()
    for rows in (version.all_bases, version.points, version.exemptions, version.materials, version.outcomes):
        rows.all().delete()
    writer = _Writer(version, on)
    writer.bind(content.bases)
    _write_points(writer, content.points)
    _write_exemptions(writer, content.exemptions)
    writer.finish()
    Material.objects.bulk_create(
        Material(
            version=version,
            position=place,
            name=row.name,
            why=row.why,
            held_by_bureau=row.held_by_bureau,
            holder=row.holder,
        )
        for place, row in enumerate(content.materials, start=1)
    )
    Outcome.objects.bulk_create(
        Outcome(version=version, position=place, result=row.result, ways=",".join(row.ways), note=row.note)
        for place, row in enumerate(content.outcomes, start=1)
    )


def _fill(version: ItemVersion, content: Content) -> None:
    version.name, version.family, version.key = content.name, content.family, content.key
    version.kinds, version.kinds_note = ",".join(content.kinds), content.kinds_note
    version.manners = ",".join(content.manners)
    version.specialty = Specialty.objects.get(code=content.specialty) if content.specialty else None
    version.body, version.body_name = content.body, content.body_name
    version.cap, version.ratio_note = content.cap, content.ratio_note
    version.trust, version.unverified = content.trust, "\n".join(content.unverified)


def _write_points(writer: _Writer, points: Sequence[parts.Point]) -> None:
    rows = CheckPoint.objects.bulk_create(
        CheckPoint(
            version=writer.version,
            position=place,
            question=point.question,
            standard=point.standard,
            answer=point.answer,
            choices="\n".join(point.choices),
            consequence=point.consequence,
            off_site=point.off_site,
            trust=point.trust,
        )
        for place, point in enumerate(points, start=1)
    )
    for row, point in zip(rows, points, strict=True):
        writer.bind(point.bases, point=row)
        writer.bind(point.consequence_bases, point=row, role=Basis.Role.CONSEQUENCE)


def _write_exemptions(writer: _Writer, exemptions: Sequence[parts.Exemption]) -> None:
    rows = Exemption.objects.bulk_create(
        Exemption(
            version=writer.version,
            position=place,
            condition=row.condition,
            except_when=row.except_when,
        )
        for place, row in enumerate(exemptions, start=1)
    )
    for row, exemption in zip(rows, exemptions, strict=True):
        writer.bind(exemption.bases, exemption=row)
