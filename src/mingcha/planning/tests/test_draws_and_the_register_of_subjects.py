"""Merged entries leave later rosters and keep their place in earlier draws; a timeline tells of draws."""

from __future__ import annotations

from mingcha.base.viewers import PUBLIC
from mingcha.planning import roster
from mingcha.planning.models import DrawTarget
from mingcha.planning.testing import County, draft, drawn, make_subject
from mingcha.registry.models import Subject
from mingcha.registry.services import change_subject, merge_subjects
from mingcha.web.providers import TimelineEntry, timelines


def told(county: County, subject: Subject) -> list[TimelineEntry]:
    entries = timelines.gather(county.coordinator, "registry.subject", subject.pk)
    return [entry for entry in entries if str(entry.kind) == "抽取"]


def test_a_merged_entry_is_on_no_later_roster(county: County) -> None:
    kept, gone = county.subjects[:2]
    merge_subjects(actor=county.coordinator, kept=kept, gone=gone, take=(), reason="同一家")
    seen = roster.preview(draft(county), division="")
    assert gone.pk not in {entry.subject_id for entry in seen.entries}
    assert len(seen.entries) == len(county.subjects) - 1


def test_a_finished_draw_keeps_pointing_at_the_entry_that_was_merged(county: County) -> None:
    draw = drawn(county)
    target = DrawTarget.objects.filter(draw=draw, kind="S").order_by("seq").first()
    assert target is not None
    kept = make_subject(county.coordinator, 99)
    merge_subjects(
        actor=county.coordinator, kept=kept, gone=target.subject, take=("credit_code",), reason="同一家"
    )
    again = DrawTarget.objects.get(pk=target.pk)
    assert again.subject_id == target.subject_id
    assert again.subject.merged_into == kept


def test_the_timeline_says_drawn_reserve_or_excluded(county: County) -> None:
    closed = county.subjects[0]
    values = {"credit_code": closed.credit_code, "registration": Subject.Registration.CLOSED}
    change_subject(actor=county.coordinator, subject=closed, values=values)
    draw = drawn(county)
    for target in DrawTarget.objects.filter(draw=draw).select_related("subject"):
        (entry,) = told(county, target.subject)
        word = "抽中" if target.kind == "S" else "列为候补"
        assert str(entry.title).startswith(word)
        assert draw.number in str(entry.detail)
    (entry,) = told(county, closed)
    assert str(entry.title).startswith("在名单中，未参加抽取")
    assert "停业" in str(entry.detail)


def test_who_was_merely_not_drawn_has_nothing_to_tell(county: County) -> None:
    draw = drawn(county)
    touched = set(DrawTarget.objects.filter(draw=draw).values_list("subject_id", flat=True))
    untouched = next(subject for subject in county.subjects if subject.pk not in touched)
    assert told(county, untouched) == []


def test_the_public_is_told_nothing(county: County) -> None:
    draw = drawn(county)
    target = DrawTarget.objects.filter(draw=draw).first()
    assert target is not None
    assert list(timelines.gather(PUBLIC, "registry.subject", target.subject_id)) == []
