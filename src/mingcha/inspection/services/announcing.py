"""公告送达: after delivery has failed in every other way, announced for thirty days, then as good as served.

record_failure(actor=…, notice=…, day=…, how="direct", why="…", proof=…)     and by post
announce_notice(actor=…, notice=…)      prepared here, published by somebody else: then T14 runs
count_as_served(actor=…)                daily, by the clock
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.core.files.base import File

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.basics.rules import require_role, required_text
from mingcha.basics.selectors.deadlines import open_for
from mingcha.basics.services import attachments, deadlines
from mingcha.inspection import terms
from mingcha.inspection.models import FailedDelivery, Inspection, ResultNotice
from mingcha.inspection.results import announcing
from mingcha.inspection.results.events import AnnouncementEnded, DeliveryFailed, NoticeAnnounced
from mingcha.inspection.services.common import held, hold_all
from mingcha.inspection.services.notifying import NOTIFIERS, held_notice, mark_served
from mingcha.kernel.refusal import Refusing, gettext_noop
from mingcha.publication import selectors as publications
from mingcha.publication import services as publishing
from mingcha.publication.lifecycle import PREPARED, PUBLISHED
from mingcha.publication.models import Publication

PROOF: Final = "signed-paper"
_PLATFORM = System(purpose="service by announcement")
_95 = gettext_noop("《民事诉讼法》（2023）第九十五条：受送达人下落不明，或者用其他方式无法送达的，公告送达")
_refuse = Refusing("result_notice", _95)


@service
def record_failure(
    *, actor: Officer, notice: ResultNotice, day: date, how: str, why: str, proof: File[Any]
) -> FailedDelivery:
    """Keep that a notice could not be delivered on a day, with the returned letter or what was seen there."""
    require_role(actor, NOTIFIERS, gettext_noop("登记没有送达的情况"))
    row, inspection = held_notice(actor, notice)
    made_on = clock.day_of(row.issued_at)
    if not made_on <= day <= clock.today():
        raise _refuse(
            "failed_when",
            gettext_noop("日期 %(day)s 不在制作告知书（%(made)s）和今天之间"),
            gettext_noop("请填写实际送达而没有成功的日期"),
            day=day.isoformat(),
            made=made_on.isoformat(),
        )
    kept = attachments.add(actor=actor, file=proof, thing=Thing.nameless(inspection), purpose=PROOF)
    failure = FailedDelivery.objects.create(
        notice=row,
        day=day,
        how=ResultNotice.Way(how),
        why=required_text(why, gettext_noop("没有送达的经过")),
        proof=kept,
        recorded_at=clock.now(),
        recorded_by_id=actor.id,
    )
    after = {"number": row.number, "day": day, "how": str(failure.get_how_display())}
    emit(DeliveryFailed(thing=Thing.nameless(inspection), after=after))
    return failure


@service
def announce_notice(*, actor: Officer, notice: ResultNotice) -> Publication:
    """Prepare the announcement; it runs from the day on which somebody else publishes it.

    Refused unless both direct service and the post have failed, and while it is announced already.
    """
    require_role(actor, NOTIFIERS, gettext_noop("公告送达告知书"))
    row, _inspection = held_notice(actor, notice)
    if not tried_in_every_way(row):
        raise _refuse(
            "not_tried",
            gettext_noop("直接送达、邮寄送达还没有都登记为没有成功，不能公告送达"),
            gettext_noop("请先登记两种方式没有送达的情况和凭证；送到了的，登记送达"),
        )
    if row.announced_on is not None or waits_to_be_announced(row):
        raise _refuse(
            "announced_once",
            gettext_noop("告知书 %(number)s 已经提交公告"),
            gettext_noop("审核通过以后公告，公告期满视为送达，不用再提交"),
            number=row.number,
        )
    return publishing.prepare(
        actor=actor,
        type=announcing.TYPE.code,
        thing=Thing.of(row),
        title=announcing.title_of(row),
        rows=[announcing.row_of(row)],
    )


@service
def notice_announced(*, actor: Viewer, publication_id: int) -> ResultNotice:
    """The announcement stands before the public: the thirty days run."""
    publication = Publication.objects.get(pk=publication_id)
    notice = ResultNotice.objects.select_related("inspection", "record").get(pk=publication.thing_id)
    assert publication.from_day is not None  # noqa: S101  it has just been published
    if not notice.is_to_be_served:
        raise _refuse(
            "needless",
            gettext_noop("告知书 %(number)s 已经送达，或者结果已经更正，不用再公告"),
            gettext_noop("请退回这份公告"),
            number=notice.number,
        )
    notice.announced_on = publication.from_day
    notice.save(update_fields=["announced_on"])
    deadlines.start(
        actor=actor,
        rule=terms.ANNOUNCED,
        thing=Thing.of(notice),
        started_on=notice.announced_on,
        owner=deadlines.Owner(unit_id=notice.inspection.unit_id),
    )
    after = {"number": notice.number, "from": notice.announced_on}
    emit(NoticeAnnounced(thing=Thing.nameless(notice.inspection), after=after))
    return notice


@service
def announcement_withdrawn(*, actor: Viewer, publication_id: int) -> None:
    """It came down before the thirty days were over: what has run so far counts for nothing."""
    publication = Publication.objects.get(pk=publication_id)
    notice = ResultNotice.objects.select_related("inspection").get(pk=publication.thing_id)
    if notice.announced_on is None or notice.served_how == ResultNotice.Way.ANNOUNCED:
        return
    _cancel_term(notice, publication.ended_why)
    if notice.served_on is None:
        notice.announced_on = None
        notice.save(update_fields=["announced_on"])
    emit(AnnouncementEnded(thing=Thing.nameless(notice.inspection), after={"number": notice.number}))


@service
def end_announcements(*, actor: Viewer, inspection_id: int, reason: str) -> None:
    """The result was corrected, or the paper was delivered after all: nothing of it is announced any more."""
    for notice in ResultNotice.objects.filter(inspection=inspection_id):
        for one in publications.series(announcing.TYPE.code, Thing.of(notice)):
            if one.state == PREPARED:
                publishing.return_(actor=_PLATFORM, publication_id=one.pk, reason=reason)
            elif one.state == PUBLISHED and notice.served_how != ResultNotice.Way.ANNOUNCED:
                publishing.withdraw(actor=_PLATFORM, publication_id=one.pk, reason=reason)


@service
def count_as_served(*, actor: Viewer) -> int:
    """Thirty days have passed: each counts as served on their last day. Gives how many; by the clock."""
    waiting = ResultNotice.objects.visible_to(actor).filter(announced_on__isnull=False, served_on=None)
    over = {notice.pk: due_on for notice in waiting if (due_on := _term_over(notice)) is not None}
    due = waiting.filter(pk__in=over).select_related("inspection")
    hold_all(due.values_list("inspection", flat=True))
    # Read again under the locks: somebody may have served one meanwhile.
    served = list(due.all())
    for notice in served:
        mark_served(notice, notice.inspection, on=over[notice.pk], how=ResultNotice.Way.ANNOUNCED)
        deadlines.meet(actor=_PLATFORM, rule=terms.ANNOUNCED, thing=Thing.of(notice), on=over[notice.pk])
    return len(served)


def _term_over(notice: ResultNotice) -> date | None:
    """The last day of its announcement, once it has passed."""
    term = open_for(Thing.of(notice)).filter(rule__code=terms.ANNOUNCED).first()
    return term.due_on if term is not None and term.due_on < clock.today() else None


def hold(notice_id: int) -> None:
    """Lock the inspection of a notice, for whoever goes on to its announcement."""
    held(_PLATFORM, Inspection.objects.get(result_notices=notice_id))


def tried_in_every_way(notice: ResultNotice) -> bool:
    """Whether it was tried, and failed, by hand and by post."""
    return set(FailedDelivery.WAYS) <= set(notice.failures.values_list("how", flat=True))


def waits_to_be_announced(notice: ResultNotice) -> bool:
    """Whether its announcement is prepared and nobody has published it yet."""
    return publications.series(announcing.TYPE.code, Thing.of(notice)).filter(state=PREPARED).exists()


def _cancel_term(notice: ResultNotice, why: str) -> None:
    deadlines.call_off(actor=_PLATFORM, thing=Thing.of(notice), rule=terms.ANNOUNCED, reason=why)
