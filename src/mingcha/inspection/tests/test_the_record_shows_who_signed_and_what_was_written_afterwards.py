"""A signature stands on the record with its picture, and what it does not cover is said (domain §9.1)."""

from __future__ import annotations

import hashlib
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock
from mingcha.base.viewers import Officer
from mingcha.inspection import services
from mingcha.inspection.form.reading import as_ops, form_of, ops_of
from mingcha.inspection.models import Evidence, Inspection, RecordVersion
from mingcha.inspection.results import papers
from mingcha.inspection.results.beyond import Beyond, beyond_signature
from mingcha.inspection.results.record import record_of
from mingcha.inspection.results.testing import (
    again,
    answered,
    corrected,
    signed_paper,
    submitted,
)
from mingcha.inspection.results.unusual import unusual
from mingcha.inspection.services.evidence import Announced
from mingcha.inspection.services.form import Written
from mingcha.inspection.testing import goes, left, team_of, wrote
from mingcha.kernel.forms import Scalar, Sight, sight
from mingcha.kernel.refusal import Refused
from mingcha.planning.testing import County

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0"


def _arrived(inspection: Inspection, kind: Evidence.Kind, content: bytes, before: Sight | None = None) -> str:
    """A picture that has wholly arrived; `before` is what was read before it was signed."""
    lead = goes(inspection)
    told = Announced(
        uuid=uuid.uuid4(),
        kind=kind,
        name="picture.png",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        taken_at=clock.now(),
        sight=before,
    )
    kept = services.announce(actor=lead, inspection=inspection, announced=told)
    services.receive(actor=lead, evidence=kept, offset=0, content=content)
    return str(kept.uuid)


def _glass(inspection: Inspection, stroke: int, before: Sight | None = None) -> str:
    """A signature; another `stroke` makes another picture."""
    return _arrived(inspection, Evidence.Kind.SIGNATURE, PNG + bytes([stroke]), before)


def _signatures(inspection: Inspection) -> dict[str, str]:
    people = [one.pk for one in inspection.team]
    return {
        "sign:firm": _glass(inspection, 3),
        **{f"sign:{pk}": _glass(inspection, 4 + place) for place, pk in enumerate(people)},
    }


def _written(inspection: Inspection, **values: Scalar) -> None:
    """Everything but the results, which are chosen last."""
    given = {name: value for name, value in answered(inspection).items() if not name.startswith("result:")}
    wrote(inspection, goes(inspection), given | values)


def _handed_in(inspection: Inspection) -> RecordVersion:
    return services.submit(actor=goes(inspection), inspection=inspection)


def _signed_on_glass(here: County, visit: Inspection) -> RecordVersion:
    """Handed in without a finding, signed by everybody on the phone."""
    inspection = left(here, visit)
    _written(inspection)
    wrote(inspection, goes(inspection), _signatures(inspection) | {"result:category": "1"})
    return _handed_in(inspection)


#: What is said of places that the firm did not see.
_SINCE = "（签名以后写的，或者另一部手机还没有传到）"


def _page(officer: Officer, inspection: Inspection, name: str = "record") -> str:
    client = Client()
    sign_in(client, User.objects.get(pk=officer.id))
    return client.get(reverse(f"inspection:{name}", args=[inspection.pk])).content.decode()


def _beyond(version: RecordVersion) -> Beyond:
    return beyond_signature(version, record_of(version))


def _said(version: RecordVersion) -> list[str]:
    return unusual(version.inspection, version, record_of(version))


def test_a_record_signed_on_glass_shows_every_signature_with_its_name_and_time(
    here: County, visit: Inspection
) -> None:
    inspection = _signed_on_glass(here, visit).inspection

    at = here.clock.now().astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
    page = _page(here.head, inspection)
    assert page.count('<img src="data:image/png;base64,') == 3
    assert 'alt="王经理的签名"' in page
    assert all(f'alt="{one.name}的签名"' in page for one in inspection.team)
    assert page.count(f"> {at}") == 3
    assert "每页有签名处" not in page, "nobody is still to sign by hand"
    assert _page(here.head, inspection, "review").count('<img src="data:image/png;base64,') == 3


def test_the_pdf_of_a_signed_record_holds_the_pictures_and_no_empty_places(
    here: County, visit: Inspection, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = _signed_on_glass(here, visit)
    inspection = version.inspection
    made: list[str] = []

    def typeset(html: str) -> bytes:
        made.append(html)
        return b"%PDF"

    monkeypatch.setattr(papers, "typeset", typeset)
    client = Client()
    sign_in(client, User.objects.get(pk=here.head.id))
    client.get(reverse("inspection:record-pdf", args=[inspection.pk, version.number]))
    assert made[0].count("data:image/png;base64,") == 3
    assert "＿＿" not in made[0]


def test_who_signed_on_paper_is_found_there(here: County, visit: Inspection) -> None:
    inspection = submitted(here, visit)
    paper = Evidence.objects.get(inspection=inspection)
    assert paper.attachment is not None

    page = _page(here.head, inspection)

    assert page.count("见纸质笔录（证据 1）") == 3
    assert str(paper.attachment.key) in page
    assert "每页有签名处" not in page


def test_a_firm_that_refused_and_one_that_nobody_met_leave_no_place_that_looks_forgotten(
    here: County, visit: Inspection
) -> None:
    inspection = left(here, visit)
    signs = _signatures(inspection) | {
        "sign:firm": None,
        "sign:refused": "看过，不愿签",
        "sign:witness": "赵村",
    }
    _written(inspection)
    wrote(inspection, goes(inspection), signs | {"result:category": "1"})
    version = _handed_in(inspection)
    record = record_of(version)

    places = papers.record_paper(inspection, version, whole=False).signatures
    assert (places.places[0].said, places.by_hand) == ("拒绝签名，见上", False)
    assert "见证人（签名）" in _page(here.head, inspection)
    nobody = record.corrected({"sign:refused": None, "result:category": "4"})
    version.content = nobody.json()
    assert papers.record_paper(inspection, version, whole=False).signatures.places[0].said == (
        "没有见到被检查单位的人"
    )


def test_a_signature_whose_file_cannot_be_read_is_named_by_its_number(
    here: County, visit: Inspection
) -> None:
    version = _signed_on_glass(here, visit)
    inspection = version.inspection
    lost = Evidence.objects.get(uuid=record_of(version).value("sign:firm"))
    assert lost.attachment is not None
    default_storage.delete(lost.attachment.file.name)

    place = papers.record_paper(inspection, version, whole=False).signatures.places[0]
    assert place.image == "" and place.said.startswith("已签名，见证据 ")


def test_a_signature_that_was_changed_on_the_disk_stands_on_no_paper(here: County, visit: Inspection) -> None:
    version = _signed_on_glass(here, visit)
    inspection = version.inspection
    forged = Evidence.objects.get(uuid=record_of(version).value("sign:firm"))
    assert forged.attachment is not None
    Path(forged.attachment.file.path).write_bytes(PNG + b"\7")

    place = papers.record_paper(inspection, version, whole=False).signatures.places[0]
    assert place.image == "" and place.said.startswith("已签名，见证据 ")


def test_the_record_names_who_wrote_it(here: County, visit: Inspection) -> None:
    inspection = left(here, visit)
    _written(inspection)
    wrote(inspection, goes(inspection, 1), {"firm:statement": "没有异议"})
    wrote(inspection, goes(inspection), _signatures(inspection) | {"result:category": "1"})

    paper = papers.record_paper(inspection, _handed_in(inspection), whole=False)

    assert dict(paper.visit)["记录人"] == "、".join(one.name for one in team_of(inspection))


@pytest.mark.parametrize("field", ["sign:firm", "record:on_paper"])
def test_a_photograph_of_something_else_is_no_signature(here: County, visit: Inspection, field: str) -> None:
    inspection = left(here, visit)
    _written(inspection)
    wrote(inspection, goes(inspection), {"result:category": "1"})
    wrote(inspection, goes(inspection), {field: _arrived(inspection, Evidence.Kind.PHOTO, PNG + b"\3")})

    form = form_of(inspection)

    assert (form.sign_firm, form.paper) == (None, None)
    assert "没有被检查单位的签名；拒绝签名的写明情况和见证人，在纸上签的拍照" in form.missing()


def test_one_signature_does_not_stand_for_two_people(here: County, visit: Inspection) -> None:
    inspection = left(here, visit)
    _written(inspection)
    second, as_the_lead = f"sign:{inspection.team[1].pk}", _glass(inspection, 4)
    signed = _signatures(inspection) | {second: as_the_lead, "result:category": "1"}
    wrote(inspection, goes(inspection), signed)

    with pytest.raises(Refused) as refused:
        _handed_in(inspection)

    assert "两处签名是同一个文件" in str(refused.value.refusals[0].params["open"])
    wrote(inspection, goes(inspection), {second: _glass(inspection, 8)})
    assert _handed_in(inspection).number == 1


def test_what_was_changed_after_the_firm_signed_is_told_to_the_reviewer_and_on_the_record(
    here: County, visit: Inspection
) -> None:
    inspection = left(here, visit)
    lead, point = goes(inspection), form_of(inspection).points[0].point.pk
    _written(inspection, **{"firm:statement": "没有异议"})
    wrote(inspection, lead, _signatures(inspection))
    here.clock.advance(minutes=5)
    wrote(
        inspection,
        lead,
        {
            f"point:{point}:answer": "bad",
            f"point:{point}:facts": "拖欠上月工资",
            f"item:{form_of(inspection).items[0].version.pk}:result": "6",
            "result:category": "6",
            "result:reasons": "其他情形",
            "result:reason": "拖欠上月工资",
        },
    )
    version = _handed_in(inspection)

    told = f"被检查单位签名时没有看到的 2 处{_SINCE}：第 1 项、{_item(inspection)}的结果"
    assert _said(version) == [told]
    page = _page(here.head, inspection)
    assert told in page
    assert "被检查单位签名以后填写的：检查结果、结果的情形、结果的具体情形" in page


def _item(inspection: Inspection) -> str:
    return str(form_of(inspection).items[0].version.name)


def test_a_result_that_is_chosen_last_is_usual_and_one_that_was_changed_is_not(
    here: County, visit: Inspection
) -> None:
    inspection = left(here, visit)
    lead = goes(inspection)
    _written(inspection)
    wrote(inspection, lead, _signatures(inspection))
    here.clock.advance(minutes=5)
    wrote(inspection, lead, {"result:category": "1"})
    version = _handed_in(inspection)
    assert _said(version) == []
    assert _beyond(version) == Beyond(concluded=("检查结果",))

    services.return_(actor=here.head, inspection=again(inspection), reason="陈述没有写")
    here.clock.advance(minutes=5)
    wrote(inspection, lead, {"firm:statement": "没有异议"})
    later = _handed_in(again(inspection))
    assert _said(later) == [f"被检查单位签名时没有看到的 1 处{_SINCE}：被检查单位的陈述"]
    assert _beyond(version) == Beyond(concluded=("检查结果",)), "the earlier version as it was"


def test_a_new_signature_covers_what_was_changed_before_it(here: County, visit: Inspection) -> None:
    inspection = left(here, visit)
    lead = goes(inspection)
    _written(inspection)
    wrote(inspection, lead, _signatures(inspection))
    here.clock.advance(minutes=5)
    wrote(inspection, lead, {"firm:statement": "没有异议", "result:category": "1"})
    here.clock.advance(minutes=5)
    wrote(inspection, lead, {"sign:firm": _glass(inspection, 9)})
    assert not _beyond(_handed_in(inspection))


def test_what_another_phone_had_not_sent_when_the_firm_signed_was_not_seen(
    here: County, visit: Inspection
) -> None:
    inspection = left(here, visit)
    second = team_of(inspection)[1]
    _written(inspection)
    wrote(inspection, goes(inspection), _signatures(inspection) | {"result:category": "1"})
    written = here.clock.now()
    here.clock.advance(minutes=30)
    op = Written("second-phone", 1, "firm:statement", "没有异议", written)
    services.put(actor=second, inspection=inspection, ops=[op])
    assert _said(_handed_in(inspection)) == [f"被检查单位签名时没有看到的 1 处{_SINCE}：被检查单位的陈述"]


def _looks(inspection: Inspection) -> Sight:
    """What stands on the screen of a phone to which everything has come."""
    return sight(as_ops(ops_of(inspection)))


def test_the_phone_says_what_stood_on_the_screen_and_no_clock_is_asked(
    here: County, visit: Inspection
) -> None:
    """Two phones whose clocks differ; the colleague's arrives first and was not yet on the lead's screen."""
    inspection = left(here, visit)
    lead, second = team_of(inspection)[:2]
    _written(inspection)
    seen = _looks(inspection)
    fast = here.clock.now() - timedelta(days=1)
    op = Written("second-phone", 1, "firm:statement", "没有异议", fast)
    services.put(actor=second, inspection=inspection, ops=[op])
    signs = _signatures(inspection) | {"sign:firm": _glass(inspection, 9, seen), "result:category": "1"}
    wrote(inspection, lead, signs)
    version = _handed_in(inspection)

    assert _beyond(version) == Beyond(("被检查单位的陈述",), ("检查结果",))


def test_a_screen_that_said_what_the_platform_never_got_is_told(here: County, visit: Inspection) -> None:
    inspection = left(here, visit)
    _written(inspection)
    other = Sight(_looks(inspection).upto, "0" * 64)
    signs = _signatures(inspection) | {"sign:firm": _glass(inspection, 9, other), "result:category": "1"}
    wrote(inspection, goes(inspection), signs)
    version = _handed_in(inspection)

    assert _said(version) == ["被检查单位签名时手机上显示的内容，与平台收到的不一致"]
    assert "被检查单位签名时手机上显示的内容，与平台收到的不一致" in _page(here.head, inspection)


def test_a_photograph_taken_after_the_signature_is_named(here: County, visit: Inspection) -> None:
    inspection = left(here, visit)
    _written(inspection)
    signs = _signatures(inspection) | {"result:category": "1"}
    wrote(inspection, goes(inspection), signs)
    here.clock.advance(minutes=5)
    _arrived(inspection, Evidence.Kind.PHOTO, PNG + b"photo")
    version = _handed_in(inspection)

    number = len(record_of(version).evidence)
    assert _said(version) == [f"被检查单位签名以后拍摄、录制的证据：{number}"]


def test_what_was_seen_stands_in_the_frozen_record(here: County, visit: Inspection) -> None:
    inspection = left(here, visit)
    _written(inspection)
    seen = _looks(inspection)
    signs = _signatures(inspection) | {"sign:firm": _glass(inspection, 9, seen), "result:category": "1"}
    wrote(inspection, goes(inspection), signs)
    record = record_of(_handed_in(inspection))

    kept = [one["sight"] for one in record.evidence if "sight" in one]
    assert kept == [{"upto": dict(seen.upto), "digest": seen.digest}]


def test_what_was_copied_from_signed_paper_is_not_said_to_be_changed(here: County, visit: Inspection) -> None:
    inspection = left(here, visit)
    _written(inspection)
    wrote(inspection, goes(inspection), _signatures(inspection))
    here.clock.advance(minutes=5)
    paper = signed_paper(inspection)
    values = {"record:on_paper": str(paper.uuid), "firm:statement": "没有异议", "result:category": "1"}
    wrote(inspection, goes(inspection), values)
    assert not _beyond(_handed_in(inspection))


def test_a_corrected_record_says_that_it_was_signed_before(here: County, visit: Inspection) -> None:
    inspection = submitted(here, visit, result="6")
    services.pass_review(actor=here.head, inspection=inspection)
    point = inspection.answers.get().point_id
    assert "更正以前" not in _page(here.head, inspection)
    corrected(here, inspection, {f"point:{point}:persons": 5}, "人数写错")
    assert "以下签名是对更正以前的记录签的" in _page(here.head, inspection)
