"""Publishing: one approval takes any number of drafts onto the list; stopping takes an item off it.

    propose → (approval "item-list") → publish, or send back, or withdraw

The published list is one publication; it is prepared anew and published with each change.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from mingcha.accounts import duties
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import require_role, required_text, user_id_of
from mingcha.basics.services import approvals
from mingcha.items import publishing, selectors
from mingcha.items.events import (
    ItemStopped,
    RevisionIssued,
    RevisionProposed,
    RevisionSentBack,
    RevisionWithdrawn,
    VersionProposed,
    VersionPublished,
    VersionReturned,
)
from mingcha.items.lifecycle import DRAFT, ISSUED, KEEPERS, PROPOSED, REVISION, VERSION, RevisionFacts
from mingcha.items.models import ItemVersion, ListRevision
from mingcha.items.services.common import advance, keep_face, locked
from mingcha.kernel.lifecycle import SYSTEM
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop

APPROVAL_KIND = "item-list"
PUBLISH_DUTY = "publish-item"
_PLAN = gettext_noop("本局监管工作实施方案二（二）1：清单动态调整、经批准后公布")


@service
def propose(
    *, actor: Viewer, version_ids: Iterable[int], title: str, effective_from: date, summary: str = ""
) -> ListRevision:
    """Propose drafts for publication from a day on, all by one approval. Refused with all that is missing."""
    require_role(actor, KEEPERS, gettext_noop("提请清单调整"))
    versions = [locked(pk, actor) for pk in dict.fromkeys(version_ids)]
    if not versions:
        raise Refused(_nothing_chosen())
    if effective_from < clock.today():
        raise Refused(_past(effective_from))
    revision = ListRevision.objects.create(
        title=required_text(title, gettext_noop("这次调整的名称"))[:100],
        effective_from=effective_from,
        summary=summary.strip(),
        proposed_at=clock.now(),
        proposed_by_id=user_id_of(actor),
    )
    _take_in(revision, versions, actor)
    emit(
        RevisionProposed(
            thing=Thing.of(revision),
            after={"items": [str(version) for version in versions]},
            why=revision.summary,
        )
    )
    approval = approvals.propose(
        actor=actor, kind=APPROVAL_KIND, thing=Thing.of(revision), summary=_proposal(revision, versions)
    )
    revision.approval_id = approval.pk
    revision.save(update_fields=["approval_id"])
    return revision


@service
def publish(*, actor: Viewer, revision_id: int, approval_id: int | None = None) -> ListRevision:
    """Put a change of the list into force; called when its approval is granted.

    No version begins before today: an approval that comes late moves the first day.
    """
    revision = _revision(revision_id)
    _move(revision, "issue")
    begins = max(revision.effective_from, clock.today())
    versions = list(revision.versions.filter(state=PROPOSED).select_for_update(of=("self",)))
    for version in versions:
        publish_version(version, begins, actor)
    revision.number = selectors.issued_revisions().count() + 1
    revision.effective_from, revision.issued_at = begins, clock.now()
    revision.approval_id = approval_id or revision.approval_id
    revision.save()
    emit(
        RevisionIssued(
            thing=Thing.of(revision),
            after={"number": revision.number, "items": [str(version) for version in versions]},
        )
    )
    publishing.publish_list(note=revision.note, summary=revision.summary)
    return revision


@service
def send_back(*, actor: Viewer, revision_id: int, reason: str) -> ListRevision:
    """Give the versions back to their drafters; called when the approval is returned."""
    revision = _release(revision_id, "send_back", reason)
    emit(RevisionSentBack(thing=Thing.of(revision), why=reason))
    return revision


@service
def withdraw(*, actor: Viewer, revision_id: int, reason: str) -> ListRevision:
    """Give the change up; called when the proposal is withdrawn. Its drafts may be proposed anew."""
    revision = _release(revision_id, "withdraw", reason)
    emit(RevisionWithdrawn(thing=Thing.of(revision), why=reason))
    return revision


@service
def submit_again(*, actor: Viewer, revision_id: int) -> ListRevision:
    """Propose the same versions again, as they read now; called when a returned approval is submitted."""
    revision = _revision(revision_id)
    _move(revision, "submit_again")
    revision.effective_from = max(revision.effective_from, clock.today())
    revision.save()
    versions = [
        locked(pk, actor) for pk in revision.versions.filter(state=DRAFT).values_list("pk", flat=True)
    ]
    if not versions:
        raise Refused(_nothing_chosen())
    _take_in(revision, versions, actor)
    return revision


@service
def stop(*, actor: Viewer, version_id: int, reason: str) -> ItemVersion:
    """Take an item off the list from today on: its version in force ends yesterday.

    What was sealed with it keeps it; no new plan or draw can name it.
    """
    version = locked(version_id, actor)
    advance(version, "stop", actor, reason=reason)
    duties.perform(actor=actor, duty=PUBLISH_DUTY, thing=Thing.of(version))
    today = clock.today()
    first = version.effective_from or today
    version.effective_until = max(first, today) - timedelta(days=1)
    version.stop_reason = reason.strip()[:500]
    revision = ListRevision.objects.create(
        title=f"停用 {version.item.code} {version.name}"[:100],
        number=selectors.issued_revisions().count() + 1,
        state=ISSUED,
        effective_from=today,
        summary=version.stop_reason,
        proposed_at=clock.now(),
        proposed_by_id=user_id_of(actor),
        issued_at=clock.now(),
    )
    version.stopped_in = revision
    version.save(update_fields=["state", "effective_until", "stop_reason", "stopped_in"])
    keep_face(version.item)
    emit(
        ItemStopped(
            thing=Thing.of(version.item),
            after={"version": version.number, "effective_until": version.effective_until.isoformat()},
            why=version.stop_reason,
        )
    )
    publishing.publish_list(note=revision.note, summary=revision.summary)
    return version


def _take_in(revision: ListRevision, versions: list[ItemVersion], actor: Viewer) -> None:
    """Every version leaves its draft state; all that is wrong with any of them is said at once."""
    refusals: list[Refusal] = []
    for version in versions:
        try:
            advance(version, "propose", actor, begins=revision.effective_from)
        except Refused as refused:
            refusals.extend(refused.refusals)
            continue
        version.revision = revision
        version.save(update_fields=["state", "revision"])
        emit(
            VersionProposed(
                thing=Thing.of(version.item),
                after={"version": version.number, "revision": str(revision)},
            )
        )
    if refusals:
        raise Refused(*refusals)


def publish_version(version: ItemVersion, begins: date, actor: Viewer) -> None:
    """Put one proposed version into force; the item's former version ends the day before."""
    duties.perform(actor=actor, duty=PUBLISH_DUTY, thing=Thing.of(version))
    former = selectors.standing(version.item)
    _as_platform(version, "publish", begins)
    version.effective_from = begins
    version.save(update_fields=["state", "effective_from"])
    if former is not None:
        former.effective_until = begins - timedelta(days=1)
        former.save(update_fields=["effective_until"])
    keep_face(version.item)
    emit(
        VersionPublished(
            thing=Thing.of(version.item),
            before={"version": former.number if former else None},
            after={"version": version.number, "effective_from": begins.isoformat()},
            why=version.change_note,
        )
    )


def _as_platform(version: ItemVersion, verb: str, begins: date | None = None) -> None:
    """Move a version as the approval has decided, whoever gave it."""
    facts = selectors.facts_of(version, begins=begins)
    version.state = VERSION.decide(version.state, verb, (SYSTEM,), facts).target


def _release(revision_id: int, verb: str, reason: str) -> ListRevision:
    revision = _revision(revision_id)
    _move(revision, verb)
    revision.save()
    for version in revision.versions.filter(state=PROPOSED).select_for_update(of=("self",)):
        _as_platform(version, "return")
        version.save(update_fields=["state"])
        emit(VersionReturned(thing=Thing.of(version.item), after={"version": version.number}, why=reason))
    return revision


def _revision(revision_id: int) -> ListRevision:
    return ListRevision.objects.select_for_update(of=("self",)).get(pk=revision_id)


def _move(revision: ListRevision, verb: str) -> None:
    revision.state = REVISION.decide(revision.state, verb, (SYSTEM,), RevisionFacts()).target


def _proposal(revision: ListRevision, versions: list[ItemVersion]) -> str:
    listed = "；".join(str(version) for version in versions)
    head = f"拟自 {revision.effective_from.isoformat()} 起公布施行：{listed}。"
    return f"{head}{revision.summary}"


def _nothing_chosen() -> Refusal:
    return Refusal(
        "item.nothing_chosen",
        gettext_noop("没有可以提请的草稿"),
        _PLAN,
        gettext_noop("请先起草或修改事项，再选择要一并提请的草稿"),
    )


def _past(day: date) -> Refusal:
    return Refusal(
        "item.past_day",
        gettext_noop("施行日期 %(day)s 早于今天"),
        gettext_noop("国办发〔2024〕54号三：未经公布的检查事项不得实施，公布之前不能施行"),
        gettext_noop("请把施行日期改为今天或以后"),
        {"day": day.isoformat()},
    )
