"""What is unusual about a record, in sentences for its reviewer (domain §12 录入真实性; S8).

Each is a reason to look again, never a finding: the thresholds are parameters of the bureau.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from mingcha.base.viewers import System
from mingcha.basics.selectors import parameters
from mingcha.inspection import lifecycle as states
from mingcha.inspection.arriving import shown
from mingcha.inspection.form.fields import NOT_SERVED
from mingcha.inspection.form.repeats import repeats_of
from mingcha.inspection.models import Entry, Inspection, RecordedAnswer, RecordVersion, RecusalApplication
from mingcha.inspection.recusal_lifecycle import GRANTED
from mingcha.inspection.results.beyond import beyond_signature
from mingcha.inspection.results.record import ANSWERS, Record
from mingcha.kernel.authenticity import (
    Place,
    metres_between,
    minutes_between,
    odd_answer,
    run_of_same,
)
from mingcha.registry import sizes
from mingcha.registry.models import Subject

SHORT, FAR, SAME = "SHORT_VISIT_MINUTES", "FAR_AWAY_METRES", "SAME_ANSWERS_VISITS"
UNLIKE, LEAST = "UNLIKE_OTHERS_PCT", "UNLIKE_OTHERS_LEAST"
PARAMETERS: Final = (SHORT, FAR, SAME, UNLIKE, LEAST)
_INDUSTRY_DIGITS = 2
#: Among so many visits, the last that were submitted, such firms are looked for: it bounds the cost.
LATELY: Final = 2000
_PLATFORM = System(purpose="unusual records")


def unusual(inspection: Inspection, version: RecordVersion, record: Record) -> list[str]:
    """Everything unusual, in sentences; a fixed number of queries."""
    return [
        *_kept_away(inspection),
        *_short(inspection),
        *_far(inspection),
        *_unserved(record),
        *_pictures(inspection),
        *beyond_signature(version, record).sentences(),
        *_same(version),
        *_unlike(inspection, record),
    ]


def _kept_away(inspection: Inspection) -> Iterator[str]:
    """Whom the firm had kept away while the visit went on: what they had written until then is in the record.

    Nothing of the relation and the ground, which are for few.
    """
    came, went = inspection.entered_at, inspection.left_at
    granted = RecusalApplication.objects.visible_to(_PLATFORM).filter(inspection=inspection, state=GRANTED)
    known = granted.select_related("inspector").order_by("decided_at", "pk")
    rows = [one for one in known if came is not None and one.decided_at >= came]
    if not rows:
        return
    wrote = Counter(inspection.form_ops.values_list("author", flat=True))
    took = Counter(inspection.evidence.filter(dropped_at=None).values_list("taken_by", flat=True))
    for one in rows:
        account = one.inspector.user_id
        yield _(
            "检查人员%(name)s入企以后（%(at)s）被准予回避，此前由其填写 %(n)d 处、"
            "拍照录音等 %(files)d 件，请核对能否采用"
        ) % {
            "name": one.inspector.name,
            "at": shown(one.decided_at),
            "n": wrote[account],
            "files": took[account],
        }
    during = [one for one in rows if went is None or one.decided_at < went]
    if during and inspection.enforcing and len(inspection.team) < states.LEAST_GO:
        yield _("从那时到离开，检查人员只有 %(n)d 名，不足两名：请核对那以后写的，需要的另派人再查") % {
            "n": len(inspection.team)
        }


def _short(inspection: Inspection) -> Iterator[str]:
    if inspection.entered_at is None or inspection.left_at is None:
        return
    minutes, least = (
        minutes_between(inspection.entered_at, inspection.left_at),
        parameters.value(SHORT).as_int(),
    )
    if minutes < least:
        yield _("在企业只有 %(minutes)d 分钟，少于 %(least)d 分钟") % {"minutes": minutes, "least": least}


def _far(inspection: Inspection) -> Iterator[str]:
    here = _place_of(Entry.objects.filter(inspection=inspection).first())
    if here is None:
        return
    most = parameters.value(FAR).as_int()
    earlier = Entry.objects.visible_to(_PLATFORM).filter(
        inspection__subject=inspection.subject_id, latitude__isnull=False
    )
    before = _place_of(earlier.exclude(inspection=inspection).order_by("-at").first())
    if before is not None and metres_between(here, before) > most:
        yield _("入企登记的位置离上一次检查这户的位置 %(metres)d 米，超过 %(most)d 米") % {
            "metres": metres_between(here, before),
            "most": most,
        }
    taken = inspection.evidence.filter(lat__isnull=False, lon__isnull=False).values_list("lat", "lon")
    metres = max((metres_between(here, Place(float(lat), float(lon))) for lat, lon in taken), default=0)
    if metres > most:
        yield _("有照片或录音的拍摄位置离入企登记的位置 %(metres)d 米，超过 %(most)d 米") % {
            "metres": metres,
            "most": most,
        }


def _place_of(entry: Entry | None) -> Place | None:
    if entry is None or entry.latitude is None or entry.longitude is None:
        return None
    return Place(float(entry.latitude), float(entry.longitude))


def _unserved(record: Record) -> Iterator[str]:
    if record.value("told:notice") == NOT_SERVED:
        yield _("没有出具检查通知书：%(why)s") % {"why": record.value("told:notice_how")}


def _pictures(inspection: Inspection) -> Iterator[str]:
    again = repeats_of(inspection, _PLATFORM)
    if not again:
        return
    own = list(inspection.evidence.order_by("taken_at", "id").values_list("pk", flat=True))
    numbers = {one.evidence.pk: str(own.index(one.evidence.pk) + 1) for one in again}
    used = [numbers[one.evidence.pk] for one in again if one.others]
    if used:
        yield _("证据 %(numbers)s 在另一次检查中也用过，是同一个文件") % {"numbers": "、".join(used)}
    twice: defaultdict[str, list[str]] = defaultdict(list)
    for one in again:
        if one.here:
            twice[one.evidence.sha256].append(numbers[one.evidence.pk])
    for same in twice.values():
        yield _("证据 %(numbers)s 是同一个文件") % {"numbers": "、".join(same)}


def _same(version: RecordVersion) -> Iterator[str]:
    most = parameters.value(SAME).as_int()
    handed_in = RecordVersion.objects.visible_to(_PLATFORM).filter(cause=RecordVersion.Cause.SUBMITTED)
    # Of a record that was returned and handed in again, what was handed in last.
    again = handed_in.filter(inspection=OuterRef("inspection"), number__gt=OuterRef("number"))
    before = (
        handed_in.filter(~Exists(again), made_by=version.made_by_id, made_at__lt=version.made_at)
        .exclude(inspection=version.inspection_id)
        .order_by("-made_at")
        .values_list("answers_sha256", flat=True)[: most - 1]
    )
    run = run_of_same(version.answers_sha256, before)
    if run >= most:
        yield _("%(who)s连续提交的 %(n)d 户，答案完全相同") % {"who": version.made_by, "n": run}


def _unlike(inspection: Inspection, record: Record) -> Iterator[str]:
    least, share = parameters.value(LEAST).as_int(), parameters.value(UNLIKE).as_int()
    others: dict[int, dict[str, int]] = defaultdict(dict)
    alike = RecordedAnswer.objects.visible_to(_PLATFORM).filter(
        inspection__in=_alike_lately(inspection), point__in=[point.id for point in record.points]
    )
    counted = alike.values_list("point", "answer").annotate(n=Count("id"))
    for point, answer, n in counted.order_by("point", "answer"):
        others[point][answer] = n
    for one in record.points:
        found = others[one.id]
        if one.answer and odd_answer(one.answer, found, least=least, share_pct=share):
            usual = max(found, key=lambda answer: found[answer])
            yield _("第 %(number)d 项答“%(own)s”；%(like)s的 %(total)d 户里有 %(n)d 户答“%(usual)s”") % {
                "like": _likeness(inspection.subject),
                "number": one.number,
                "own": ANSWERS[one.answer],
                "total": sum(found.values()),
                "n": found[usual],
                "usual": ANSWERS.get(usual, _("没有回答")),
            }


def _alike_lately(inspection: Inspection) -> list[int]:
    """Ids of the visits to such firms among the last that were submitted."""
    rows = Inspection.objects.visible_to(_PLATFORM)
    last = rows.filter(submitted_at__isnull=False).order_by("-submitted_at").values("pk")[:LATELY]
    alike = rows.filter(pk__in=last, subject__in=_alike(inspection.subject).values("pk"))
    return list(
        alike.filter(state__in=states.SUBMITTED).exclude(pk=inspection.pk).values_list("pk", flat=True)
    )


def _alike(subject: Subject) -> QuerySet[Subject]:
    """Firms of the same industry (two digits of GB/T 4754) and size, as far as both are known."""
    rows = Subject.objects.visible_to(_PLATFORM).filter(
        industry_code__startswith=_division_of(subject.industry_code)
    )
    if subject.workers is None:
        return rows
    first = sizes.floor_of(subject.workers)
    last = sizes.end_of(first)
    rows = rows.filter(workers__gte=first)
    return rows if last is None else rows.filter(workers__lte=last)


def _division_of(code: str) -> str:
    """大类: two digits, behind the letter of its section where the register holds one."""
    return code[: _INDUSTRY_DIGITS + code[:1].isalpha()]


def _likeness(subject: Subject) -> str:
    """In words, in what the firms of `_alike` are like this one."""
    if not subject.industry_code:
        return _("同规模") if subject.workers is not None else _("其他被检查")
    return _("同行业、同规模") if subject.workers is not None else _("同行业")
