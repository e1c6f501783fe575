"""更正: asked for, decided by another, kept as a new version whose difference everybody sees (N7, S8)."""

from __future__ import annotations

from typing import Any

import pytest

from mingcha.base.events import Thing
from mingcha.base.viewers import PUBLIC
from mingcha.basics.selectors import approvals
from mingcha.basics.services.approvals import approve, return_
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.models import Correction, Inspection, PublishedResult, RecordVersion
from mingcha.inspection.results.testing import again, corrected, published, reviewed, submitted, waiting
from mingcha.inspection.services.correcting import ROUTE
from mingcha.inspection.testing import goes
from mingcha.kernel.refusal import Refused
from mingcha.planning.testing import County
from mingcha.publication import selectors as publications
from mingcha.publication.models import Publication

WHY = "九月工资已于当月三十日补发，有银行回单"


def _better(inspection: Inspection) -> dict[str, Any]:
    """The one point was in order after all, so is the item and the whole."""
    point = inspection.answers.get().point_id
    item = inspection.items.get().version_id
    return {
        f"point:{point}:answer": "ok",
        f"item:{item}:result": "1",
        "result:category": "1",
        "result:reason": None,
    }


def test_after_the_head_has_agreed_the_next_version_stands_and_the_public_sees_both(
    here: County, visit: Inspection
) -> None:
    inspection = published(here, visit, result="6")

    corrected(here, inspection, _better(inspection), WHY)

    row = again(inspection)
    assert (row.state, row.result) == (states.PUBLISHED, "1")
    assert [one.cause for one in RecordVersion.objects.filter(inspection=row)] == ["submitted", "corrected"]
    assert PublishedResult.objects.get(inspection=row).result == "6"
    services.publish_results(actor=here.head, publications=waiting())
    standing = publications.current("inspection-result", Thing.nameless(row))
    assert standing is not None
    assert (standing.version, standing.change_note) == (2, WHY)
    difference = publications.changes(standing, PUBLIC)
    assert difference is not None
    told = {one.label: (one.before, one.after) for one in difference.changed[0].changes}
    assert told["检查结果"] == ("发现问题待后续处理", "未发现问题")
    assert PublishedResult.objects.get(inspection=row).result == "1"


def test_what_would_contradict_itself_is_refused_before_anybody_is_asked(
    here: County, visit: Inspection
) -> None:
    inspection = reviewed(here, visit, result="6")

    for proposed, code in (
        ({"result:category": "1"}, "correction.would_not_hold"),
        ({"result:category": "6"}, "correction.nothing"),
        ({"result:category": "99"}, "form.value"),
        ({"present:name": "李四"}, "form.no_field"),
    ):
        with pytest.raises(Refused) as refused:
            services.ask_correction(
                actor=goes(inspection), inspection=inspection, proposed=proposed, reason=WHY
            )
        assert [one.code for one in refused.value.refusals] == [code]
    assert not Correction.objects.exists()


def test_nobody_decides_on_his_own_visit_or_request_and_only_one_waits(
    here: County, visit: Inspection
) -> None:
    inspection = reviewed(here, visit, result="6")
    asked = services.ask_correction(
        actor=here.head, inspection=inspection, proposed=_better(inspection), reason=WHY
    )
    approval = approvals.of_thing(ROUTE, Thing.of(asked))
    assert approval is not None

    with pytest.raises(Refused):
        approve(actor=here.head, approval_id=approval.pk, opinion="同意")
    with pytest.raises(Refused) as refused:
        services.ask_correction(
            actor=goes(inspection), inspection=inspection, proposed=_better(inspection), reason=WHY
        )
    assert refused.value.refusals[0].code == "correction.one_at_a_time"
    assert again(inspection).result == "6"


def test_what_the_head_does_not_agree_to_changes_nothing(here: County, visit: Inspection) -> None:
    inspection = reviewed(here, visit, result="6")
    asked = services.ask_correction(
        actor=goes(inspection), inspection=inspection, proposed=_better(inspection), reason=WHY
    )
    approval = approvals.of_thing(ROUTE, Thing.of(asked))
    assert approval is not None

    return_(actor=here.head, approval_id=approval.pk, reason="回单与工资表对不上")

    asked.refresh_from_db()
    assert (asked.state, asked.decision) == ("rejected", "回单与工资表对不上")
    assert RecordVersion.objects.filter(inspection=inspection).count() == 1
    assert Publication.objects.filter(thing_id=inspection.pk).count() == 1


def test_what_nobody_has_reviewed_is_given_back_instead(here: County, visit: Inspection) -> None:
    inspection = submitted(here, visit, result="6")

    with pytest.raises(Refused) as refused:
        services.ask_correction(
            actor=goes(inspection), inspection=inspection, proposed=_better(inspection), reason=WHY
        )
    assert refused.value.refusals[0].code == "correction.not_now"
