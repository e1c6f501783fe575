"""The visits of the finished campaign, one in every state, made by the same services under a past clock.

The people who go there act with their own accounts; nobody but those whom the demo offers signs in.
"""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

NOTHING, ORDERED, LATER, UNREACHABLE = "1", "5", "6", "4"
_FACTS = "九月、十月两个月的加班费没有工资支付凭证，涉及 6 人"
_CORRECTED = "九月、十月两个月的加班费没有工资支付凭证，涉及 6 人；经当场责令，已于检查当日补发"
_EMPTY = "登记的住所为空置房屋"


def all_states(people: dict[str, Any], began: date) -> None:
    """From a day after the campaign was handed on until today: visits, records, reviews, publications."""
    from mingcha.base import clock

    today = clock.today()
    days = _days(began, today)
    firms = _in_order()
    story = _Story(people)
    with _at(days[0], 9) as now:
        corrected, waits, empty = (next(firms) for _one in range(3))
        story.visited(now, corrected, result=ORDERED)
        story.visited(now, waits)
        story.entered(now, empty)
        story.left(now, empty, _nobody(empty))
        story.tried(empty, "visit", "大门紧锁，窗内无办公设施，邻居称已搬走三个月")
    with _at(days[1], 9) as now:
        returned, reviewing = next(firms), next(firms)
        story.visited(now, returned, result=LATER)
        story.visited(now, reviewing)
        story.submitted(corrected, waits)
        now.advance(hours=2)
        story.passed(corrected)
        story.published(corrected)
        story.told(corrected)
    with _at(days[2], 9) as now:
        story.tried(empty, "telephone", "登记的两个电话均为空号")
        story.submitted(returned, empty)
        now.advance(hours=1)
        story.passed(empty)
        story.published(empty)
        story.sent_on(empty)
        story.returned(returned, "第 1 项只写了涉及人数，没有写明金额和凭证，请补充后再提交")
        now.advance(hours=3)
        story.corrected(corrected)
    with _at(days[3], 9) as now:
        recording, closed = next(firms), next(firms)
        story.not_visited(closed, "suspended", "门口贴有停业通知，经电话核实自下月起恢复营业")
        story.visited(now, recording, result=LATER, whole=False)
        story.submitted(reviewing)
        now.advance(hours=2)
        story.passed(waits)
    with _at(today - timedelta(days=1), 17):
        _arranged(people["guzhang"])
        _reachable(people["jingban"])
    story.on_site_now(next(_in_order()))


def _arranged(head: Any) -> None:
    """The rest gets its half-days from today on, town by town."""
    from mingcha.planning import services
    from mingcha.planning.models import Dispatch

    for batch in Dispatch.objects.filter(state="confirmed"):
        services.dispatch.arrange(actor=head, batch=batch)


def _reachable(coordinator: Any) -> None:
    """Whom the inspector of the demo calls before going; no local number begins with a nought."""
    from mingcha.base import clock
    from mingcha.registry.services import add_part

    firms = {one.subject_id: one.subject for one in _in_order() if _turn(one)[0]}
    for number, firm in enumerate(firms.values(), start=1):
        values = {
            "post": "hr",
            "name": "李会计",
            "phone": f"0311-0000{number:04d}",
            "recorded_on": clock.today(),
        }
        add_part(actor=coordinator, part="contacts", subject=firm, values=values)


def _days(began: date, today: date) -> list[date]:
    """Four days between the two, work days where there are enough."""
    from mingcha.basics.selectors import workdays

    between = [began + timedelta(days=ahead) for ahead in range(1, (today - began).days)]
    calendar = workdays.calendar()
    working = [day for day in between if calendar.is_workday(day)]
    chosen = working if len(working) >= 4 else between
    return chosen[:4]


def _at(day: date, hour: int) -> Any:
    from mingcha.base import clock

    return clock.using(clock.FixedClock(datetime.combine(day, time(hour), clock.SHANGHAI)))


def _in_order() -> Iterator[Any]:
    """Those that wait, the first that is planned first.

    Those of the inspector whom the demo offers come last, so that he has something to do today.
    """
    from mingcha.inspection.models import Inspection

    rows = Inspection.objects.filter(state="ready", task__isnull=False)
    waiting = list(rows.select_related("task__slot").prefetch_related("task__members__inspector__user"))
    waiting.sort(key=_turn)
    return iter(waiting)


def _turn(inspection: Any) -> tuple[bool, date, int]:
    offered = any(one.user is not None and one.user.username == "zhifa1" for one in inspection.team)
    slot = getattr(inspection.task, "slot", None)
    return offered, slot.day if slot else inspection.visit_until, inspection.task.seq


def _nobody(inspection: Any) -> dict[str, Any]:
    """The form of a visit to a firm that is not there: nobody was met, nothing could be looked into."""
    from mingcha.inspection.form.reading import form_of

    items = form_of(inspection).items
    found = {f"item:{item.version.pk}:result": UNREACHABLE for item in items}
    reason = {"result:reasons": _EMPTY, "result:reason": _EMPTY}
    return {**found, "result:category": UNREACHABLE, **reason}


def _filled(inspection: Any, result: str) -> dict[str, Any]:
    """Everything that the form asks for: in order, or with a first point that is not."""
    from mingcha.inspection.form.reading import form_of
    from mingcha.inspection.results.reasons import OTHER

    form = form_of(inspection)
    values: dict[str, Any] = {
        "present:name": "王经理",
        "present:post": "人事主管",
        "told:certificates": "yes",
        "told:rights": "yes",
        "told:recusal": "none",
        "firm:statement": "对检查情况没有异议",
        "firm:agrees": "yes",
        "result:category": result,
    }
    for place, item in enumerate(form.items):
        values[f"item:{item.version.pk}:result"] = result if place == 0 else NOTHING
        for point in item.points:
            values |= _in_order_at(point.point)
    if result in (ORDERED, LATER):
        first = form.items[0].points[0].point.pk
        values |= {
            f"point:{first}:answer": "bad",
            f"point:{first}:facts": _FACTS,
            f"point:{first}:persons": 6,
            f"point:{first}:amount": "4860.00",
        }
    if result != NOTHING:
        values |= {"result:reasons": OTHER, "result:reason": _FACTS}
    return values


#: What a firm in order says where the number is not one of violations.
_USUAL = {"注册资本": "2000000", "就业率": "92", "占用工总量": "6", "延长工作时间": "28"}


def _in_order_at(point: Any) -> dict[str, Any]:
    """A check point that is as it should be, with the value where it asks for one."""
    from mingcha.base import clock

    about = f"point:{point.pk}"
    lines = point.choice_lines
    # Nearly every number counts what is wrong: in order is none of it.
    usual = next((said for word, said in _USUAL.items() if word in point.question), "0")
    values = {
        "number": usual,
        "count": 0,
        "money": f"{usual}.00",
        "date": clock.today().isoformat(),
        "choice": lines[0] if lines else "",
        "text": "已核对原始记录",
    }
    asked = {f"{about}:value": values[point.answer]} if point.answer in values else {}
    return {f"{about}:answer": "ok", **asked}


class _Story:
    """What people do about inspections, each under the account of whoever does it."""

    def __init__(self, people: dict[str, Any]) -> None:
        self._people = people

    def entered(self, now: Any, inspection: Any) -> None:
        """Both inspectors at the door, the code shown."""
        from mingcha.inspection import services

        actor = self._lead(inspection)
        services.issue_package(actor=actor, inspection=inspection)
        now.advance(minutes=20)
        people = [one.pk for one in inspection.team]
        services.enter(actor=actor, inspection=inspection, via="code", people=people)

    def left(self, now: Any, inspection: Any, values: Mapping[str, Any], *, whole: bool = True) -> None:
        """The form filled, signed on paper and photographed; then they leave."""
        from mingcha.inspection import services

        actor = self._lead(inspection)
        written = dict(values)
        if whole:
            written["record:on_paper"] = _photographed(actor, inspection)
        else:
            del written["result:category"]
        now.advance(minutes=40)
        _write(actor, inspection, written)
        services.leave(actor=actor, inspection=inspection)

    def visited(self, now: Any, inspection: Any, *, result: str = NOTHING, whole: bool = True) -> None:
        self.entered(now, inspection)
        self.left(now, inspection, _filled(inspection, result), whole=whole)

    def tried(self, inspection: Any, way: str, outcome: str) -> None:
        """One attempt to reach the firm, with its proof."""
        from mingcha.base import clock
        from mingcha.inspection import services

        services.add_attempt(
            actor=self._lead(inspection),
            inspection=inspection,
            day=clock.today(),
            way=way,
            outcome=outcome,
            proof=_picture(f"{inspection.pk} {way}"),
        )

    def submitted(self, *inspections: Any) -> None:
        from mingcha.inspection import services

        for inspection in inspections:
            services.submit(actor=self._lead(inspection), inspection=inspection)

    def passed(self, inspection: Any) -> None:
        from mingcha.inspection import services

        services.pass_review(actor=self._people["guzhang"], inspection=inspection)

    def returned(self, inspection: Any, reason: str) -> None:
        from mingcha.inspection import services

        services.return_(actor=self._people["guzhang"], inspection=inspection, reason=reason)

    def published(self, inspection: Any) -> None:
        from mingcha.inspection import services
        from mingcha.publication.models import Publication

        waiting = Publication.objects.filter(
            type="inspection-result", thing_id=inspection.pk, state="prepared"
        )
        ids = list(waiting.values_list("pk", flat=True))
        services.publish_results(actor=self._people["guzhang"], publications=ids)

    def not_visited(self, inspection: Any, reason: str, words: str) -> None:
        """主检 says why nobody will go there; the head agrees."""
        from mingcha.inspection import services

        asked = services.ask_unvisited(
            actor=self._lead(inspection), inspection=inspection, reason=reason, words=words
        )
        services.grant_unvisited(actor=self._people["guzhang"], unvisited=asked)

    def told(self, inspection: Any) -> None:
        """The firm gets its 告知书."""
        from mingcha.base import clock
        from mingcha.inspection import services

        actor = self._lead(inspection)
        notice = services.issue_result_notice(actor=actor, inspection=inspection)
        services.serve_result_notice(
            actor=actor, notice=notice, on=clock.today(), how="direct", receiver="王经理"
        )

    def sent_on(self, inspection: Any) -> None:
        """The letter to the market's authority goes out; the answer is awaited."""
        from mingcha.base import clock
        from mingcha.inspection import services

        for letter in inspection.referrals.filter(state="drafted"):
            services.send(
                actor=self._people["jingban"],
                referral=letter,
                to_name="示范县市场监督管理局",
                on=clock.today(),
                how="paper",
            )

    def corrected(self, inspection: Any) -> None:
        """What was found stands, one sentence is put right; the next version is public too."""
        from demo.approvals import approve
        from mingcha.base.events import Thing
        from mingcha.inspection import services
        from mingcha.inspection.services.correcting import ROUTE

        asked = services.ask_correction(
            actor=self._lead(inspection),
            inspection=inspection,
            proposed={"result:reason": _CORRECTED},
            reason="企业当日补发的凭证在提交以后才收到，结果的情形少写了已经补发",
        )
        approve(self._people["guzhang"], ROUTE, Thing.of(asked))
        self.published(inspection)

    def on_site_now(self, inspection: Any) -> None:
        """Somebody is there at this very moment."""
        from mingcha.base import clock

        with clock.using(clock.FixedClock(clock.now() - timedelta(minutes=55))) as before:
            self.entered(before, inspection)

    def _lead(self, inspection: Any) -> Any:
        """The officer who is 主检."""
        from mingcha.accounts.selectors import officer_of

        user = inspection.team[0].user
        assert user is not None  # noqa: S101  every inspector of the demo has an account
        return officer_of(user)


def _write(actor: Any, inspection: Any, values: Mapping[str, Any]) -> None:
    """The fields as a phone sends them."""
    from mingcha.base import clock
    from mingcha.inspection import services
    from mingcha.inspection.services.form import Written

    ops = [
        Written(f"demo-phone-{actor.id:04d}", number, name, value, clock.now())
        for number, (name, value) in enumerate(values.items(), start=1)
    ]
    refused = [
        one.refusal for one in services.put(actor=actor, inspection=inspection, ops=ops) if not one.taken
    ]
    assert not refused, refused  # noqa: S101  the demo writes what the form asks for


def _photographed(actor: Any, inspection: Any) -> str:
    """The signed record as a picture that came in whole; gives its uuid."""
    from mingcha.base import clock
    from mingcha.inspection import services
    from mingcha.inspection.services.evidence import Announced

    picture = _picture(f"笔录 {inspection.pk}").read()
    evidence = services.announce(
        actor=actor,
        inspection=inspection,
        announced=Announced(
            uuid=uuid.uuid5(uuid.NAMESPACE_URL, f"demo-record-{inspection.pk}"),
            kind="paper",
            name="现场检查笔录.png",
            sha256=hashlib.sha256(picture).hexdigest(),
            size=len(picture),
            taken_at=clock.now(),
        ),
    )
    services.receive(actor=actor, evidence=evidence, offset=0, content=picture)
    return str(evidence.uuid)


def _picture(words: str) -> Any:
    """A picture that says what it would show; each of them another."""
    import segno
    from django.core.files.base import ContentFile

    made = io.BytesIO()
    segno.make(f"示范县的演示材料：{words}").save(made, kind="png", scale=6)
    return ContentFile(made.getvalue(), name="演示.png")
