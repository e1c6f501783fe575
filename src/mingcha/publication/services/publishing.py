"""Publish, return, withdraw; and what the clock takes down."""

from __future__ import annotations

from datetime import date

from mingcha.accounts import duties
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import System, Viewer
from mingcha.basics.rules import user_id_of
from mingcha.basics.selectors import parameters, workdays
from mingcha.basics.services import deadlines, numbers
from mingcha.kernel.lifecycle import SYSTEM
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.kernel.terms import due
from mingcha.publication import lifecycle, selectors, types
from mingcha.publication.events import (
    PublicationPublished,
    PublicationReturned,
    PublicationSuperseded,
    PublicationWithdrawn,
)
from mingcha.publication.models import Publication
from mingcha.publication.services.common import advance, locked

NUMBER_SERIES = "publication"
RUN_OUT = gettext_noop("公示期满")


@service
def publish(
    *,
    actor: Viewer,
    publication_id: int,
    from_day: date | None = None,
) -> Publication:
    """Put a prepared publication before the public; the version that stood before is superseded.

    The reviewer is never the preparer (duties). `from_day` lies in the past only where something has been
    public elsewhere before.

    Refused by the lifecycle table, by the duties, "publication.from_day", "publication.digest" when the
    stored snapshot is not the one that was prepared.
    """
    publication = locked(publication_id, actor)
    duties.perform(actor=actor, duty=selectors.REVIEW_DUTY, thing=Thing.of(publication))
    advance(publication, "publish", actor)
    if selectors.digest_of(publication) != publication.digest:
        raise Refused(_altered())
    day = _first_day(from_day)
    _supersede(publication)
    publication.number = _number(publication, actor)
    publication.version = _next_version(publication)
    publication.from_day, publication.until_day = day, _last_day(publication, day)
    publication.reviewed_at, publication.reviewed_by_id = clock.now(), user_id_of(actor)
    publication.save()
    _meet_deadline(publication, actor, day)
    emit(
        PublicationPublished(
            thing=Thing.of(publication),
            after={
                "number": publication.number,
                "version": publication.version,
                "from": day,
                "until": publication.until_day,
                "digest": publication.digest,
            },
            why=publication.change_note,
            type_code=publication.type,
            about_type=publication.thing_type,
            about_id=publication.thing_id,
            from_day=day,
        )
    )
    return publication


@service
def return_(*, actor: Viewer, publication_id: int, reason: str) -> Publication:
    """Send a prepared publication back with a reason; nothing of it was public."""
    publication = locked(publication_id, actor)
    duties.perform(actor=actor, duty=selectors.REVIEW_DUTY, thing=Thing.of(publication))
    advance(publication, "return", actor, reason=reason)
    publication.reviewed_at, publication.reviewed_by_id = clock.now(), user_id_of(actor)
    publication.ended_at, publication.ended_why = clock.now(), reason.strip()
    publication.save()
    emit(
        PublicationReturned(
            thing=Thing.of(publication),
            why=publication.ended_why,
            type_code=publication.type,
            about_type=publication.thing_type,
            about_id=publication.thing_id,
        )
    )
    return publication


@service
def withdraw(*, actor: Viewer, publication_id: int, reason: str) -> Publication:
    """Take a publication down. Its line stays public with the reason, its content does not (R9).

    With the version that stands come down all before it: they say the same of the same thing.
    """
    publication = locked(publication_id, actor)
    older = _superseded(publication) if publication.state == lifecycle.PUBLISHED else []
    for version in (publication, *older):
        _take_down(version, actor, reason)
    return publication


def _superseded(publication: Publication) -> list[Publication]:
    rows = selectors.siblings(publication).filter(state=lifecycle.SUPERSEDED)
    return list(rows.select_for_update(of=("self",)))


def _take_down(publication: Publication, actor: Viewer, reason: str) -> None:
    before = publication.get_state_display()
    advance(publication, "withdraw", actor, reason=reason)
    publication.ended_at, publication.ended_why = clock.now(), reason.strip()
    publication.save()
    emit(
        PublicationWithdrawn(
            thing=Thing.of(publication),
            before={"state": before},
            after={"state": publication.get_state_display()},
            why=publication.ended_why,
            type_code=publication.type,
            about_type=publication.thing_type,
            about_id=publication.thing_id,
        )
    )


@service
def take_down_run_out(*, actor: Viewer) -> int:
    """Take down everything whose last day has passed; gives how many. By the clock, daily."""
    if not isinstance(actor, System):
        raise TypeError("what has run out is taken down by the platform itself")
    ids = list(selectors.run_out(clock.today()).values_list("pk", flat=True))
    for publication in Publication.objects.filter(pk__in=ids).select_for_update().order_by("id"):
        _take_down(publication, actor, str(RUN_OUT))
    return len(ids)


def _first_day(wanted: date | None) -> date:
    today = clock.today()
    if wanted is not None and wanted > today:
        raise Refused(
            Refusal(
                "publication.from_day",
                gettext_noop("公示开始日期 %(day)s 还没有到，没有公示"),
                gettext_noop("公示自审核通过之日起对外可见"),
                gettext_noop("请到当天再审核；内容的生效日期写在说明里"),
                {"day": wanted.isoformat()},
            )
        )
    return wanted or today


def _last_day(publication: Publication, day: date) -> date | None:
    """The last day of the term that began; a term of publication never moves for a holiday."""
    if not publication.term_parameter:
        return None
    term = parameters.value(publication.term_parameter, on=day).as_term()
    return due(day, term, workdays.calendar(), roll="none").date


def _supersede(publication: Publication) -> None:
    standing = selectors.siblings(publication).filter(state=lifecycle.PUBLISHED).select_for_update().first()
    if standing is None:
        return
    facts = lifecycle.PublicationFacts()
    standing.state = lifecycle.PUBLICATION.decide(standing.state, "supersede", (SYSTEM,), facts).target
    standing.ended_at = clock.now()
    standing.save(update_fields=["state", "ended_at"])
    emit(PublicationSuperseded(thing=Thing.of(standing), after={"by": publication.title}))


def _next_version(publication: Publication) -> int:
    newest = selectors.siblings(publication).exclude(version=None).order_by("-version").first()
    return (newest.version or 0) + 1 if newest is not None else 1


def _number(publication: Publication, actor: Viewer) -> str:
    return numbers.issue(actor=actor, series=NUMBER_SERIES, thing=Thing.of(publication)).text


def _meet_deadline(publication: Publication, actor: Viewer, day: date) -> None:
    rule, thing = types.find(publication.type).due_rule, publication.about
    if rule and thing is not None:
        deadlines.meet(actor=actor, rule=rule, thing=thing, on=day)


def _altered() -> Refusal:
    return Refusal(
        "publication.digest",
        gettext_noop("要公示的内容与提交审核时的摘要对不上，没有公示"),
        gettext_noop("本局方案：严禁擅自修改检查结果"),
        gettext_noop("请立即报告系统管理员和督导员，核对数据库后重新提交"),
    )
