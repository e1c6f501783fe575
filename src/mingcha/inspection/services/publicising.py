"""公示: prepared when the review passes, put before the public in one press for all that wait (R6, T24)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from mingcha.accounts import duties
from mingcha.accounts.selectors import officer_by_id
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import service
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.basics.rules import require_role
from mingcha.basics.services import deadlines
from mingcha.inspection import lifecycle as states
from mingcha.inspection import terms
from mingcha.inspection.initial import PUBLISH_DUTY
from mingcha.inspection.models import Inspection, PublishedResult
from mingcha.inspection.results import publishing
from mingcha.inspection.results.reviewers import reviews
from mingcha.inspection.selectors import published_above
from mingcha.inspection.services.common import go, held
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.publication import selectors as publications
from mingcha.publication.lifecycle import PREPARED
from mingcha.publication.models import Publication
from mingcha.publication.services import prepare, publish

PUBLISHERS = (Role.SECTION_HEAD, Role.BUREAU_LEADER)
#: As many are published with one press: each is a version of its own with its own record.
AT_ONCE = 100
_PLATFORM = System(purpose="reviewed result")


@dataclass(frozen=True)
class NotPublished:
    """One that stays, with every reason why."""

    inspection: Inspection
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class Published:
    """What came of one press."""

    count: int
    left: tuple[NotPublished, ...]


@service
def prepare_result(*, actor: Viewer, inspection_id: int, change_note: str = "") -> Publication:
    """Prepare the publication of a result that was reviewed, or its next version after a correction."""
    inspection = Inspection.objects.select_related("subject", "unit").get(pk=inspection_id)
    return prepare(
        actor=actor,
        type=publishing.TYPE.code,
        thing=Thing.nameless(inspection),
        title=publishing.title_of(inspection),
        rows=[publishing.row_of(inspection)],
        change_note=change_note,
        term_parameter=publishing.term_of(inspection),
    )


@service
def submit_for_publication(*, actor: Officer, inspection: Inspection) -> Publication:
    """Prepare it once more: its publication was returned or came down, or reads otherwise than the record.

    Refused where nothing is to be prepared.
    """
    row = held(actor, inspection)
    if not something_to_publish(row) or not reviews(actor, row):
        raise Refused(_nothing_to_prepare(str(row.get_state_display())))
    newest = row.records.order_by("-number").first()
    note = (newest.reason if newest is not None else "") or gettext("前一次公示退回或撤下，重新提交")
    return prepare_result(actor=_PLATFORM, inspection_id=row.pk, change_note=note)


def something_to_publish(inspection: Inspection) -> bool:
    """Whether the result is to stand before the public and does not, or not as the record reads now."""
    if inspection.state not in states.STANDING:
        return False
    thing = Thing.nameless(inspection)
    if publications.series(publishing.TYPE.code, thing).filter(state=PREPARED).exists():
        return False
    standing = publications.current(publishing.TYPE.code, thing)
    wanted = publishing.TYPE.rows_as_published([publishing.row_of(inspection)])
    return standing is None or standing.rows != wanted


def publish_results(*, actor: Officer, publications: Iterable[int]) -> Published:
    """Put these before the public, each for itself: what is refused stays and stops none.

    Each is a transaction of its own, so that none waits for another's inspection while it holds its own.
    What somebody else has published meanwhile is not counted.
    """
    require_role(actor, PUBLISHERS, gettext_noop("公示检查结果"))
    waiting = Publication.objects.visible_to(actor).filter(
        type=publishing.TYPE.code, state=PREPARED, pk__in=list(publications)[:AT_ONCE]
    )
    count, left = 0, []
    for publication in waiting.order_by("pk"):
        try:
            publish(actor=actor, publication_id=publication.pk)
            count += 1
        except Refused as refused:
            publication.refresh_from_db(fields=["state"])
            if publication.state == PREPARED:
                inspection = Inspection.objects.get(pk=publication.thing_id)
                left.append(NotPublished(inspection, refused.refusals))
    return Published(count, tuple(left))


@service
def result_published(*, actor: Viewer, publication_id: int) -> Inspection:
    """Its publication stands: the inspection is public, and is found by firm, year and campaign.

    The term of publishing (T24) ends with it, but for what a superior drew: that ends when the superior's own
    publication is read back. Refused, and with it the publication, when whoever published it was there or is
    of another section.
    """
    publication = Publication.objects.get(pk=publication_id)
    # `publish` holds it already (`PublicationType.hold`).
    rows = Inspection.objects.select_related("subject", "task__dispatch__campaign")
    inspection: Inspection = rows.get(pk=publication.thing_id)
    _check_publisher(publication, inspection)
    if inspection.state == states.REVIEWED:
        go(inspection, "publish", actor)
        inspection.published_on = publication.from_day
        inspection.save(update_fields=["state", "published_on"])
    if not published_above(inspection):
        day = publication.from_day
        deadlines.meet(actor=actor, rule=terms.PUBLICATION, thing=Thing.nameless(inspection), on=day)
    _keep_for_searching(inspection, publication)
    return inspection


@service
def result_withdrawn(*, actor: Viewer, publication_id: int) -> None:
    """What came down is found no more."""
    PublishedResult.objects.filter(publication=publication_id).update(standing=False)


def _check_publisher(publication: Publication, inspection: Inspection) -> None:
    if publication.reviewed_by_id is None:
        return
    officer = officer_by_id(publication.reviewed_by_id)
    if officer is None:
        return
    if not reviews(officer, inspection):
        raise Refused(_another_section())
    duties.perform(actor=officer, duty=PUBLISH_DUTY, thing=Thing.nameless(inspection))


def _keep_for_searching(inspection: Inspection, publication: Publication) -> None:
    day = publishing.inspected_on(inspection)
    assert publication.from_day is not None  # noqa: S101  it has just been published
    PublishedResult.objects.update_or_create(
        inspection=inspection,
        defaults={
            "publication": publication,
            "firm": inspection.subject.roster_id,
            "name": inspection.name,
            "credit_code": inspection.subject.credit_code,
            "year": day.year,
            "campaign": publishing.campaign_of(inspection),
            "result": inspection.result,
            "inspected_on": day,
            "from_day": publication.from_day,
            "standing": True,
        },
    )


def _nothing_to_prepare(state: str) -> Refusal:
    return Refusal(
        "result.nothing_to_prepare",
        gettext_noop("这次检查目前为“%(state)s”，没有要提交公示的结果"),
        gettext_noop("冀政办发〔2015〕22号：抽查结果经批准公示"),
        gettext_noop("审核通过的由牵头的股室提交；已经公示的，更正后自动提交新版"),
        {"state": state},
    )


def _another_section() -> Refusal:
    return Refusal(
        "result.another_section",
        gettext_noop("这件检查结果不是您的股室牵头的"),
        gettext_noop("国办发〔2018〕118号：公示信息发布前须经审核；谁执法谁公示"),
        gettext_noop("请由牵头的股室负责人或局领导公示"),
    )
