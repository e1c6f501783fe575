"""Photographs come in pieces over a bad network; what is kept is to the byte what was taken."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.storage import default_storage

from mingcha.base import clock
from mingcha.base.viewers import Officer, System
from mingcha.inspection import services
from mingcha.inspection.form.reading import form_of
from mingcha.inspection.form.repeats import repeats_of
from mingcha.inspection.models import PIECES, Evidence, EvidencePiece, Inspection
from mingcha.inspection.services import evidence as proving
from mingcha.inspection.services.evidence import Announced
from mingcha.inspection.testing import entered, goes, team_of
from mingcha.kernel.refusal import Refused
from mingcha.planning.testing import County

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)) * 40 + b"\xff\xd9"
WEBM = bytes.fromhex("1a45dfa39f4286810142f7810142f2810442f381084282847765626d") + b"\0" * 99


def told(content: bytes, **values: Any) -> Announced:
    announced = Announced(
        uuid=uuid.uuid4(),
        kind=Evidence.Kind.PHOTO,
        name="IMG_1.jpg",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        taken_at=clock.now(),
    )
    return replace(announced, **values)


def refusal(run: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        run()
    return refused.value.codes[0]


def sent(inspection: Inspection, content: bytes, step: int = 4096, **values: Any) -> Evidence:
    """Announced and sent whole by the lead."""
    officer = goes(inspection)
    found = services.announce(actor=officer, inspection=inspection, announced=told(content, **values))
    for offset in range(0, len(content), step):
        piece = content[offset : offset + step]
        found = services.receive(actor=officer, evidence=found, offset=offset, content=piece)
    return found


def test_a_photograph_cut_off_in_between_goes_on_where_it_was(county: County) -> None:
    inspection = entered(county)
    officer = goes(inspection)
    announced = told(JPEG)
    found = services.announce(actor=officer, inspection=inspection, announced=announced)
    services.receive(actor=officer, evidence=found, offset=0, content=JPEG[:4000])
    assert form_of(inspection).missing()[-1] == "还有 1 个照片、录音或签名没有传完"

    # The answer was lost: the phone sends the piece again, then one too far on.
    again = services.receive(actor=officer, evidence=found, offset=0, content=JPEG[:4000])
    assert again.received == 4000
    too_far = refusal(lambda: services.receive(actor=officer, evidence=found, offset=8000, content=b"x"))
    assert too_far == "evidence.offset"
    known = services.announce(actor=officer, inspection=inspection, announced=announced)
    assert (known.pk, known.received) == (found.pk, 4000)

    whole = services.receive(actor=officer, evidence=found, offset=4000, content=JPEG[4000:])
    assert whole.attachment is not None
    assert whole.attachment.file.read() == JPEG
    assert not EvidencePiece.objects.exists()
    late = services.receive(actor=officer, evidence=found, offset=4000, content=JPEG[4000:])
    assert late.attachment_id == whole.attachment_id


def test_a_server_killed_between_two_pieces_keeps_the_first_and_no_half_of_the_second(
    county: County, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    inspection = entered(county)
    officer = goes(inspection)
    found = services.announce(actor=officer, inspection=inspection, announced=told(JPEG))
    services.receive(actor=officer, evidence=found, offset=0, content=JPEG[:4000])

    def killed(*_args: Any, **_named: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as dying:
        # Killed: its bytes lie in the storage, and not even the tidying up after them runs.
        dying.setattr(proving, "_keep", killed)
        dying.setattr("django.db.models.fields.files.FieldFile.delete", lambda *_args, **_named: None)
        with pytest.raises(SystemExit):
            services.receive(actor=officer, evidence=found, offset=4000, content=JPEG[4000:8000])
    found.refresh_from_db()
    assert found.received == 4000
    with monkeypatch.context() as dying:
        dying.setattr(proving, "_complete", killed)
        with pytest.raises(SystemExit):
            services.receive(actor=officer, evidence=found, offset=4000, content=JPEG[4000:])

    # All is here, put together it was not yet: asking is enough.
    found.refresh_from_db()
    whole = services.receive(actor=officer, evidence=found, offset=found.size, content=b"")
    assert whole.attachment is not None and whole.attachment.file.read() == JPEG

    clock_later = clock.FixedClock(clock.WallClock().now())
    clock_later.advance(days=2)
    with clock.using(clock_later):
        removed = proving.forget_orphans(actor=System(purpose="tests"))
    folders = default_storage.listdir(PIECES)[0]
    assert removed >= 1
    assert [default_storage.listdir(f"{PIECES}/{name}")[1] for name in folders] == [[]] * len(folders)


def test_bytes_changed_on_the_way_are_not_kept_and_may_be_sent_again(county: County) -> None:
    inspection = entered(county)
    officer = goes(inspection)
    found = services.announce(actor=officer, inspection=inspection, announced=told(JPEG))
    changed = JPEG[:500] + b"\x00" + JPEG[501:]

    assert refusal(lambda: services.receive(actor=officer, evidence=found, offset=0, content=changed)) == (
        "evidence.digest"
    )
    found.refresh_from_db()
    assert (found.received, found.attachment) == (0, None)
    whole = services.receive(actor=officer, evidence=found, offset=0, content=JPEG)
    assert whole.attachment is not None


def test_what_is_no_photograph_or_too_large_is_refused_in_words(county: County) -> None:
    inspection = entered(county)
    officer = goes(inspection)

    def announcing(**values: Any) -> str:
        announced = told(JPEG, **values)
        return refusal(lambda: services.announce(actor=officer, inspection=inspection, announced=announced))

    assert announcing(size=40 * 1024 * 1024 + 1) == "limit.photo_bytes"
    assert announcing(size=0) == "evidence.malformed"
    assert announcing(kind="film") == "evidence.malformed"
    assert announcing(sha256="AB" * 32) == "evidence.malformed"
    assert announcing(point=999_999) == "evidence.malformed"
    words = refusal(lambda: sent(inspection, b"just words", name="IMG_2.jpg"))
    assert words == "basics.attachment.type"
    refused = Evidence.objects.get(dropped_at__isnull=False)
    assert "不是“照片”可以用的类型" in refused.dropped_why
    assert form_of(inspection).waiting == (), "what was refused is not waited for"


def test_a_recording_of_the_browser_is_kept(county: County) -> None:
    kept = sent(entered(county), WEBM, kind=Evidence.Kind.SOUND, name="录音.webm")
    assert kept.attachment is not None and kept.attachment.media_type == "video/webm"


def test_a_file_that_will_not_come_is_given_up_with_a_reason_and_a_kept_one_stays(county: County) -> None:
    inspection = entered(county)
    lead, _second = team_of(inspection)
    lost = services.announce(actor=lead, inspection=inspection, announced=told(JPEG))
    kept = sent(inspection, JPEG)

    assert refusal(lambda: services.drop(actor=lead, evidence=lost, why=" ")) == "basics.reason"
    services.drop(actor=lead, evidence=lost, why="手机掉进水里")
    assert form_of(inspection).waiting == ()
    assert refusal(lambda: services.receive(actor=lead, evidence=lost, offset=0, content=JPEG)) == (
        "evidence.dropped"
    )
    assert refusal(lambda: services.drop(actor=lead, evidence=kept, why="不要了")) == "evidence.kept"


def test_the_same_picture_in_two_inspections_is_flagged_on_both(county: County) -> None:
    one = entered(county)
    other = Inspection.objects.exclude(pk=one.pk).order_by("task__seq")[0]
    other = entered(county, other)
    sent(one, JPEG)
    assert repeats_of(one, county.overseer) == []
    sent(other, JPEG)

    for here, there in ((one, other), (other, one)):
        (found,) = repeats_of(here, county.overseer)
        assert (found.others, found.seen) == (1, (there,))
    (found,) = repeats_of(one, Officer(id=0, name="nobody"))
    assert (found.others, found.seen) == (1, ())
