"""Design §7: a superior's task goes in, through and back out; whatever its list held is never asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import idempotency
from mingcha.base.events import Thing
from mingcha.basics.models import Deadline
from mingcha.basics.models.deadlines import DeadlineState
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.models import Inspection, ReturnSheet
from mingcha.inspection.results.testing import reviewed, waiting
from mingcha.inspection.tests import platform
from mingcha.items.testing import published_item
from mingcha.planning import services as planning
from mingcha.planning.models import Campaign, Dispatch
from mingcha.planning.testing import County, approved


class Desk:
    """A clerk at a browser, who types only what no page has filled in, and what is typed is remembered."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.come()
        self.typed: list[str] = []

    def come(self) -> None:
        """Sign in, as every morning."""
        self.client = Client()
        sign_in(self.client, User.objects.get(pk=self.county.coordinator.id))

    def wait(self, days: int) -> None:
        self.county.clock.advance(days=days)
        self.come()

    def send(self, page: str, **typed: Any) -> str:
        """Open a page, add what is typed to what it shows, send it, and go where it leads."""
        page_shown = self.client.get(page)
        assert page_shown.status_code == 200, page_shown.headers
        form = page_shown.context["form"]
        self.typed += [str(value) for value in typed.values() if not hasattr(value, "read")]
        answer: Any = self.client.post(page, {"_once": idempotency.token(), **_shown(form), **typed})
        assert answer.status_code == 302, _complaints(answer)
        return str(answer.headers["Location"])


def _shown(form: BaseForm) -> dict[str, Any]:
    """What a browser would send of a form nobody touched."""
    values: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = field.prepare_value(form.get_initial_for_field(field, name))
        if hasattr(value, "isoformat"):
            value = value.isoformat()
        if value not in (None, "", False):
            values[name] = value
    return values


def _complaints(answer: HttpResponse) -> object:
    context: Any = getattr(answer, "context", None) or {}
    return (context["form"].errors, context.get("refusals")) if "form" in context else answer.status_code


def test_a_superiors_task_goes_in_through_and_back_out(county: County) -> None:
    published_item(platform.ITEM)
    desk = Desk(county)
    firms = [(one.credit_code, one.name) for one in county.subjects[:2]]

    # In: the list says which firms, which items, who goes there and until when.
    to_confirm = desk.send(
        reverse("planning:campaign-superior"), file=platform.draw_list(firms, "执法1、执法2")
    )
    unit = User.objects.get(pk=county.coordinator.id).unit_id
    desk.send(to_confirm, lead_unit=unit, manner_reason="须当场核对原始记录")
    campaign = approved(county, Campaign.objects.get())

    # Through: dispatched, confirmed, inspected and reviewed here.
    batch = Dispatch.objects.get(campaign=campaign)
    planning.dispatch.dispatch(actor=county.coordinator, batch=batch)
    planning.dispatch.confirm(actor=county.head, batch=batch)
    desk.wait(days=1)
    inspections = list(Inspection.objects.order_by("task__seq"))
    assert len(inspections) == 2
    for inspection, result in zip(inspections, ("1", "5"), strict=True):
        reviewed(county, inspection, result=result)
    desk.come()

    # Out: its own blank, understood without help, filled.
    to_map = desk.send(reverse("inspection:return-blank"), file=platform.blank())
    desk.send(to_map)
    make = f"{reverse('inspection:return-make')}?campaign={campaign.pk}"
    desk.send(make)
    sheet = ReturnSheet.objects.get()
    filled = desk.client.get(reverse("inspection:return-file", args=[sheet.pk])).content
    rows = platform.taken_in(filled)
    assert [row[:6] for row in rows] == [
        (str(place), platform.NUMBER, code, name, result, "执法1、执法2")
        for place, ((code, name), result) in enumerate(
            zip(firms, ("未发现问题", "发现问题已责令改正"), strict=True), start=1
        )
    ]

    # Our own publication of one does not end the term of a superior's task.
    assert services.publish_results(actor=county.head, publications=waiting()[:1]).count == 1
    assert _clocks() == [DeadlineState.RUNNING] * 2

    # Back: the clock of publication ends only when the platform says that it is public there.
    desk.send(reverse("inspection:return-read", args=[sheet.pk]), file=platform.export(rows, ""))
    assert _clocks() == [DeadlineState.RUNNING] * 2
    desk.wait(days=3)
    desk.send(reverse("inspection:return-read", args=[sheet.pk]), file=platform.export(rows, "2026-11-26"))
    assert _clocks() == [DeadlineState.MET] * 2
    assert {str(one.met_on) for one in Deadline.objects.filter(rule__code="T24")} == {"2026-11-26"}
    done = Inspection.objects.order_by("published_on").values_list("state", "published_on")
    assert list(done) == [(states.PUBLISHED, date(2026, 11, day)) for day in (24, 26)]
    assert sorted(row.record for row in sheet.rows.all()) == ["JG0001", "JG0002"]

    held = {
        platform.NUMBER,
        platform.TASK,
        platform.ITEM,
        "执法1",
        "执法2",
        *(text for firm in firms for text in firm),
    }
    assert [text for text in desk.typed if text in held] == []
    assert desk.typed == [str(unit), "须当场核对原始记录"]


def _clocks() -> list[str]:
    things = [Thing.nameless(one).id for one in Inspection.objects.all()]
    rows = Deadline.objects.filter(rule__code="T24", thing_id__in=things, thing_type="inspection.inspection")
    return list(rows.values_list("state", flat=True))
