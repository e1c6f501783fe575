"""The verbs of the ledger. Appending is none of them: it happens by itself at the end of every service.

- `seal_day` puts down where the chain stood when a day had ended; published, it keeps anyone from
  rewriting what came before. `seal_yesterday` does it for every day still open; the clock calls it.
- `erase_subject` destroys the key of one subject's personal values (个人信息保护法第47条).
- `record_restore` says in the chain that the installation came back from a backup.
- `repair_protection` puts missing database protections back and says in the chain that they were missing.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Reach, Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.kernel.digest import GENESIS
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.ledger import protection
from mingcha.ledger.events import DaySealed, ProtectionRepaired, Restored, SubjectErased
from mingcha.ledger.models import Head, Record, SubjectKey

#: The chain as a whole, for events that are about no single thing in it.
CHAIN_LABEL = gettext_noop("存证链")

_ERASERS = (Role.ADMINISTRATOR, Role.BUREAU_LEADER)


@service
def seal_day(*, actor: Viewer, day: date) -> Head:
    """Put down the head of a day that is over, Asia/Shanghai; a day already sealed stays as it is."""
    if day >= clock.today():
        raise Refused(
            Refusal(
                code="ledger.day_not_over",
                message=gettext_noop("%(day)s 还没有结束，不能封存日终摘要"),
                basis=gettext_noop("存证链日终摘要每日一封"),
                remedy=gettext_noop("请等到次日再封存"),
                params={"day": day},
            )
        )
    next_midnight = clock.start_of(day + timedelta(days=1))
    last = Record.objects.filter(at__lt=next_midnight).order_by("-seq").first()
    head, created = Head.objects.get_or_create(
        day=day,
        defaults={
            "seq": last.seq if last else 0,
            "digest": last.digest if last else GENESIS,
            "algorithm": last.algorithm if last else settings.LEDGER_ALGORITHM,
            "sealed_at": clock.now(),
        },
    )
    if created:
        emit(DaySealed(thing=Thing.of(head), after={"day": day, "seq": head.seq, "digest": head.digest}))
    return head


def seal_yesterday() -> list[Head]:
    """Seal every day since the last sealed one up to yesterday, each in its own transaction."""
    yesterday = clock.today() - timedelta(days=1)
    last = Head.objects.order_by("-day").first()
    first = last.day + timedelta(days=1) if last else yesterday
    days = [first + timedelta(days=n) for n in range((yesterday - first).days + 1)]
    return [seal_day(actor=System("ledger-seal"), day=day) for day in days]


@service
def erase_subject(*, actor: Viewer, subject: str, why: str) -> SubjectKey:
    """Destroy the key of a subject's personal values in the ledger; they can never be read again.

    The chain stays as it is and still verifies. Refused without a reason, without the right to, and when
    the ledger holds no readable value of this subject.
    """
    _require_eraser(actor)
    _require_reason(why)
    key: SubjectKey | None = (
        SubjectKey.objects.select_for_update().filter(subject=subject, erased_at=None).first()
    )
    if key is None:
        raise _nothing_to_erase(subject)
    key.wrapped_key = ""
    key.erased_at = clock.now()
    key.save(update_fields=["wrapped_key", "erased_at"])
    emit(
        SubjectErased(
            thing=Thing(type=key._meta.label_lower, id=key.pk, label=key.subject),
            after={"generation": key.generation, "erased_at": key.erased_at},
            why=why,
        )
    )
    return key


@service
def record_restore(*, actor: Viewer, why: str) -> None:
    """Record that the installation was restored from a backup, and where its chain ended then."""
    _require_reason(why)
    last = Record.objects.order_by("-seq").first()
    seq, digest = (last.seq, last.digest) if last else (0, GENESIS)
    emit(Restored(thing=_chain(seq), after={"seq": seq, "digest": digest}, why=why))


@service
def repair_protection(*, actor: Viewer, why: str) -> list[str]:
    """Put the database's refusal of changes back; returns what had been missing (nothing: no event)."""
    _require_reason(why)
    gone = protection.missing()
    if gone:
        protection.install()
        last = Record.objects.order_by("-seq").first()
        emit(ProtectionRepaired(thing=_chain(last.seq if last else 0), before={"missing": gone}, why=why))
    return gone


def _chain(seq: int) -> Thing:
    return Thing(type=Record._meta.label_lower, id=seq, label=CHAIN_LABEL)


def _require_eraser(actor: Viewer) -> None:
    if isinstance(actor, System):
        return
    if isinstance(actor, Officer) and any(g.reach == Reach.BUREAU for g in actor.grants_of(_ERASERS)):
        return
    raise Refused(
        Refusal(
            code="ledger.erase.not_allowed",
            message=gettext_noop("您无权删除存证链中的个人信息"),
            basis=gettext_noop("个人信息保护法第51条（操作权限）"),
            remedy=gettext_noop("请由局领导或系统管理员办理"),
        )
    )


def _require_reason(why: str) -> None:
    if why.strip():
        return
    raise Refused(
        Refusal(
            code="ledger.reason_missing",
            message=gettext_noop("没有填写理由"),
            basis=gettext_noop("存证链：每项操作须记明缘由"),
            remedy=gettext_noop("请写明理由后重新办理"),
        )
    )


def _nothing_to_erase(subject: str) -> Refused:
    erased = SubjectKey.objects.filter(subject=subject).order_by("-generation").first()
    if erased is None or erased.erased_at is None:
        return Refused(
            Refusal(
                code="ledger.erase.unknown_subject",
                message=gettext_noop("存证链中没有 %(subject)s 的个人信息"),
                basis=gettext_noop("个人信息保护法第47条"),
                remedy=gettext_noop("请核对标识（如 accounts.user:7）"),
                params={"subject": subject},
            )
        )
    return Refused(
        Refusal(
            code="ledger.erase.already_erased",
            message=gettext_noop("%(subject)s 的个人信息已于 %(day)s 删除"),
            basis=gettext_noop("个人信息保护法第47条"),
            remedy=gettext_noop("无需再次办理"),
            params={"subject": subject, "day": clock.day_of(erased.erased_at)},
        )
    )
