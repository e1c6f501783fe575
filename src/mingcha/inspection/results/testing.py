"""An inspection from its filled form to the public; builders for tests, nothing in production imports this.

recorded(county)     left, its form filled (`values` of fields, by what `answers` says)
submitted(county)    handed to the reviewer
reviewed(county)     passed by the head
published(county)    before the public
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.basics.selectors import approvals
from mingcha.basics.services import attachments
from mingcha.basics.services.approvals import approve
from mingcha.inspection import services
from mingcha.inspection.form.reading import form_of
from mingcha.inspection.models import Correction, Evidence, Inspection
from mingcha.inspection.results.reasons import OF_RESULTS, OTHER
from mingcha.inspection.services.correcting import ROUTE
from mingcha.inspection.testing import goes, left, wrote
from mingcha.kernel.forms import Scalar
from mingcha.planning.testing import County
from mingcha.publication.lifecycle import PREPARED
from mingcha.publication.models import Publication

NOTHING_FOUND, PENDING, UNREACHABLE = "1", "6", "4"


def a_paper(name: str = "证明.pdf", content: bytes = b"") -> SimpleUploadedFile:
    """A file that proves something; other `content` makes it another file."""
    return SimpleUploadedFile(name, b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n" + content)


def signed_paper(inspection: Inspection) -> Evidence:
    """The handwritten record with every signature, as a photograph that has wholly arrived."""
    actor, file = goes(inspection), a_paper(content=str(inspection.pk).encode())
    kept = attachments.add(actor=actor, file=file, thing=Thing.nameless(inspection), purpose="signed-paper")
    return Evidence.objects.create(
        inspection=inspection,
        kind=Evidence.Kind.PAPER,
        name=file.name or "",
        sha256=kept.sha256,
        size=kept.size,
        received=kept.size,
        taken_at=clock.now(),
        taken_by_id=actor.id,
        announced_at=clock.now(),
        attachment=kept,
    )


def answered(inspection: Inspection, result: str = NOTHING_FOUND, **values: Scalar) -> dict[str, Scalar]:
    """Values for every field that the form needs: all in order, or with `result` PENDING the first not."""
    form = form_of(inspection)
    found: dict[str, Scalar] = {
        "present:name": "王经理",
        "present:post": "人事主管",
        "told:certificates": "yes",
        "told:rights": "yes",
        "told:recusal": "none",
        "firm:agrees": "yes",
        "result:category": result,
    }
    for item in form.items:
        found[f"item:{item.version.pk}:result"] = result
        for point in item.points:
            found[f"point:{point.point.pk}:answer"] = "ok"
    if result != NOTHING_FOUND:
        found["result:reason"] = "缺少上月工资支付台账"
        first = form.points[0].point.pk
        found |= {
            f"point:{first}:answer": "bad",
            f"point:{first}:facts": "九月份工资没有支付凭证",
            f"point:{first}:persons": 3,
            f"point:{first}:amount": "8200.50",
        }
    return found | values


def recorded(
    county: County,
    inspection: Inspection | None = None,
    *,
    result: str = NOTHING_FOUND,
    minutes: int = 45,
    values: Mapping[str, Scalar] | None = None,
) -> Inspection:
    """The team has left and the form is whole; `values` write over what `answered` gives."""
    found = left(county, inspection, minutes=minutes)
    paper = signed_paper(found)
    given = answered(found, result) | {"record:on_paper": str(paper.uuid)} | dict(values or {})
    if given["result:category"] in OF_RESULTS:
        given.setdefault("result:reasons", OTHER)
    wrote(found, goes(found), given)
    return found


def submitted(county: County, inspection: Inspection | None = None, **values: Any) -> Inspection:
    """Handed to the reviewer by 主检."""
    found = recorded(county, inspection, **values)
    services.submit(actor=goes(found), inspection=found)
    return again(found)


def reviewed(county: County, inspection: Inspection | None = None, **values: Any) -> Inspection:
    """Passed by the head of the section, who was not there."""
    found = submitted(county, inspection, **values)
    services.pass_review(actor=county.head, inspection=found)
    return again(found)


def published(county: County, inspection: Inspection | None = None, **values: Any) -> Inspection:
    """Before the public."""
    found = reviewed(county, inspection, **values)
    services.publish_results(actor=county.head, publications=waiting())
    return again(found)


def corrected(county: County, inspection: Inspection, proposed: Mapping[str, Any], reason: str) -> Correction:
    """A correction that 主检 asked for and the head has agreed to."""
    asked = services.ask_correction(
        actor=goes(inspection), inspection=inspection, proposed=proposed, reason=reason
    )
    decide(county, asked)
    return Correction.objects.get(pk=asked.pk)


def decide(county: County, asked: Correction) -> None:
    """The head agrees to a correction."""
    found = approvals.of_thing(ROUTE, Thing.of(asked))
    if found is None:
        raise LookupError("nobody has asked")
    approve(actor=county.head, approval_id=found.pk, opinion="同意")


def tried(inspection: Inspection, day: date, way: str = "visit") -> None:
    """主检 tried to reach the firm on a day."""
    services.add_attempt(
        actor=goes(inspection),
        inspection=inspection,
        day=day,
        way=way,
        outcome="大门紧锁，邻居称已搬走三个月",
        proof=a_paper(content=day.isoformat().encode()),
    )


def waiting() -> list[int]:
    """Every publication that waits for its reviewer."""
    return list(Publication.objects.filter(state=PREPARED).values_list("pk", flat=True))


def again(inspection: Inspection) -> Inspection:
    """The row as it is now."""
    found: Inspection = Inspection.objects.get(pk=inspection.pk)
    return found
