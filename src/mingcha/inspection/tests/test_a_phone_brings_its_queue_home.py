"""The JSON that the phone's script talks: sign-in, queue, numbers, limits."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.inspection import services
from mingcha.inspection.form.reading import form_of
from mingcha.inspection.models import Inspection
from mingcha.inspection.phone import messages
from mingcha.inspection.testing import entered, goes, ready, team_of, wrote
from mingcha.ledger.models import Record
from mingcha.planning import services as planning
from mingcha.planning.testing import County, agreed, grounds
from mingcha.registry.services import add_part
from mingcha.web.api import Unreadable


def signed_in(officer: Any) -> Client:
    return sign_in(Client(), User.objects.get(pk=officer.id))


def post(client: Client, url: str, content: Any) -> Any:
    body = content if isinstance(content, str | bytes) else json.dumps(content)
    return client.post(url, body, content_type="application/json")


def at(**ago: float) -> str:
    moment = clock.FixedClock(clock.now())
    moment.advance(**{unit: -value for unit, value in ago.items()})
    return moment.now().isoformat()


def exchange(inspection: Inspection) -> str:
    return reverse("inspection:phone-exchange", args=[inspection.pk])


def test_a_queue_of_hours_without_a_network_comes_home_in_one_go(county: County) -> None:
    inspection = ready(county)
    lead, second = team_of(inspection)
    services.issue_package(actor=lead, inspection=inspection)
    county.clock.advance(hours=8)
    ops = [
        {"seq": 1, "field": "present:name", "value": "王大力", "parents": [], "at": at(hours=5)},
        {
            "seq": 2,
            "field": "present:name",
            "value": "王大立",
            "parents": [["phone-a1", 1]],
            "at": at(hours=5),
        },
        {"seq": 3, "field": "nonsense", "value": 1, "parents": [], "at": at(hours=5)},
    ]
    queue = {
        "client": "phone-a1",
        "after": 0,
        "enter": {
            "via": "code",
            "at": at(hours=6),
            "place": {"lat": 37.9, "lon": 114.6, "accuracy": 12},
            "people": [one.pk for one in inspection.team],
        },
        "ops": ops,
        "leave": {"at": at(hours=4)},
    }

    answer = post(signed_in(lead), exchange(inspection), queue).json()

    assert answer["enter"] == answer["leave"] == {"taken": True}
    assert [one["refusal"] and one["refusal"]["code"] for one in answer["outcomes"]] == [
        None,
        None,
        "form.no_field",
    ]
    assert (answer["state"], answer["lead"], answer["open"]) == ("recording", True, True)
    assert form_of(inspection).present_name == "王大立"

    other = signed_in(second).get(exchange(inspection) + "?after=0").json()
    assert [(one["value"], one["author"]) for one in other["ops"]] == [
        ("王大力", lead.name),
        ("王大立", lead.name),
    ]
    assert signed_in(second).get(exchange(inspection) + f"?after={other['after']}").json()["ops"] == []

    assert post(signed_in(lead), exchange(inspection), queue).json()["outcomes"] == answer["outcomes"]


def test_who_knows_of_a_visit_and_does_not_go_reads_nothing_of_what_was_written(county: County) -> None:
    inspection = entered(county)
    lead, second = team_of(inspection)
    wrote(inspection, lead, {"present:phone": "13800001234"})
    head = sign_in(Client(), make_officer(Role.SECTION_HEAD, Role.INSPECTOR, unit=inspection.unit))

    told = head.get(exchange(inspection)).json()

    assert (told["state"], told["ops"], told["after"]) == ("on_site", [], 0)
    assert [one["value"] for one in signed_in(second).get(exchange(inspection)).json()["ops"]] == [
        "13800001234"
    ]

    against = services.Applied(inspection.team[1], "family", "是对手老板的表弟", "王经理")
    asked = services.apply_for_recusal(actor=lead, inspection=inspection, application=against)
    services.grant_recusal(actor=county.leader, application=asked)
    assert signed_in(second).get(exchange(inspection)).json()["ops"] == []


def test_whoever_is_signed_out_is_told_so_as_json_and_keeps_everything(county: County) -> None:
    inspection = ready(county)
    answer = post(Client(), exchange(inspection), {})
    assert (answer.status_code, answer.json()) == (401, {"code": "signed_out"})
    assert signed_in(county.head).get(exchange(inspection)).status_code == 403
    stranger = sign_in(Client(), make_officer(Role.INSPECTOR))
    assert post(stranger, exchange(inspection), {"client": "phone-x1", "after": 0}).status_code == 404
    forged = Client(enforce_csrf_checks=True)
    sign_in(forged, User.objects.get(pk=goes(inspection).id))
    assert post(forged, exchange(inspection), {"client": "phone-x1", "after": 0}).status_code == 403


NOON = "2026-11-24T12:00:00+08:00"
NO_QUEUES: tuple[Any, ...] = (
    {"client": 1},
    {"after": -1},
    {"ops": [1]},
    {"ops": [{"seq": 1, "field": "x", "at": "yesterday"}]},
    {"ops": [{"seq": True, "field": "x", "at": NOON}]},
    {"ops": [{"seq": 1, "field": "x", "at": NOON, "value": {"a": 1}}]},
    {"ops": [{"seq": 1, "field": "x", "at": NOON, "parents": [["phone-b1"]]}]},
    {"ops": [{"seq": 1, "field": "x", "at": NOON, "parents": [["phone\0b1", 1]]}]},
    {"ops": [{"seq": 1, "field": "x", "at": NOON, "parents": [["phone\ud800b1", 1]]}]},
    {"enter": {"via": "window", "at": NOON}},
    {"leave": {"at": "2026-11-24T09:00:00"}},
    {"leave": {"at": NOON, "place": {"lat": "NaN", "lon": 1}}},
    {"leave": {"at": NOON, "place": {"lat": 91, "lon": 1}}},
)


@pytest.mark.parametrize("wrong", NO_QUEUES)
def test_what_is_no_queue_is_read_as_none(wrong: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        messages.batch({"client": "phone-a1", "after": 0} | wrong)


NO_SIGHTS: tuple[Any, ...] = (
    "all of it",
    {"upto": {"phone-a1": 1}},
    {"upto": ["phone-a1"], "digest": "0" * 64},
    {"upto": {"phone-a1": -1}, "digest": "0" * 64},
    {"upto": {"phone-a1": 1}, "digest": "Z" * 64},
    {"upto": {"\ud800": 1}, "digest": "0" * 64},
    {"upto": {"x" * 41: 1}, "digest": "0" * 64},
    {"upto": {f"phone-{n}": 1 for n in range(101)}, "digest": "0" * 64},
)


@pytest.mark.parametrize("wrong", NO_SIGHTS)
def test_what_is_nothing_that_was_seen_is_read_as_none(wrong: Any) -> None:
    file = {"uuid": str(uuid.uuid4()), "kind": "signature", "name": "s.png", "sha256": "0" * 64, "size": 9}
    assert messages.announced({**file, "at": NOON}).sight is None
    with pytest.raises(Unreadable):
        messages.announced({**file, "at": NOON, "sight": wrong})


def test_too_much_at_once_is_refused(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    inspection = ready(county)
    lead = signed_in(goes(inspection))
    url = exchange(inspection)
    assert post(lead, url, "[" * 20_000).status_code == 400
    assert post(lead, url, b" " * (2 * 1024 * 1024 + 1)).status_code == 413
    many = [{"seq": n, "field": "x", "value": None, "at": at()} for n in range(1, 202)]
    told = post(lead, url, {"client": "phone-a1", "after": 0, "ops": many}).json()["outcomes"]
    assert {one["refusal"]["code"] for one in told} == {"limit.form_ops"}

    # As many as a phone sends at once, each as long as a text may be: none of it is too much.
    long = [{"seq": n, "field": "firm:statement", "value": "长" * 4000, "at": at()} for n in range(1, 101)]
    body = json.dumps({"client": "phone-a1", "after": 0, "ops": long}, ensure_ascii=False).encode()
    told = post(lead, url, body).json()["outcomes"]
    assert {one["refusal"]["code"] for one in told} == {"form.not_entered"}

    monkeypatch.setenv("MINGCHA_LIMIT_PHONE_REQUESTS", "2")
    codes = [lead.get(url).status_code for _ in range(3)]
    assert codes[-1] == 409


def test_the_team_takes_the_numbers_along_and_that_is_on_record(county: County) -> None:
    inspection = ready(county)
    lead, second = team_of(inspection)
    values = {"post": "hr", "name": "李会计", "phone": "13800001234", "recorded_on": clock.today()}
    add_part(actor=county.coordinator, part="contacts", subject=inspection.subject, values=values)
    url = reverse("inspection:phone-numbers", args=[inspection.pk])

    answer = signed_in(lead).post(url).json()

    assert answer["contacts"] == [{"post": "人事、劳资负责人", "name": "李会计", "phone": "13800001234"}]
    told = Record.objects.order_by("-seq")[0]
    assert (told.event, told.after, told.actor_name) == (
        "inspection.numbers_taken",
        {"contacts": 1},
        lead.name,
    )
    assert inspection.name not in told.thing_label
    stranger = sign_in(Client(), make_officer(Role.INSPECTOR))
    assert stranger.post(url).status_code == 404


def a_week_old(visit: Inspection) -> dict[str, Any]:
    """What a phone sends that came in by the code and wrote one thing before it lost the network."""
    return {
        "client": "phone-a1",
        "after": 0,
        "enter": {"via": "code", "at": at(), "people": [one.pk for one in visit.team]},
        "ops": [{"seq": 1, "field": "present:name", "value": "王大力", "parents": [], "at": at()}],
    }


def codes(answer: dict[str, Any]) -> tuple[list[str], list[str]]:
    steps = [one["code"] for one in answer["enter"]["refusals"]]
    return steps, [one["refusal"]["code"] for one in answer["outcomes"]]


def test_a_queue_after_the_term_for_telling_says_what_is_left_to_do(county: County) -> None:
    inspection = ready(county)
    lead, _second = team_of(inspection)
    services.issue_package(actor=lead, inspection=inspection)
    queue = a_week_old(inspection)
    county.clock.advance(days=15)

    answer = post(signed_in(lead), exchange(inspection), queue).json()

    assert codes(answer) == (["entry.told_too_late"], ["form.not_entered"])
    assert "未检查，说明理由" in answer["enter"]["refusals"][0]["remedy"]
    assert (answer["ahead"], answer["over"]) == (True, False)


def test_a_queue_of_a_visit_that_was_not_made_after_all_is_refused_for_good(county: County) -> None:
    inspection = ready(county)
    lead, _second = team_of(inspection)
    services.issue_package(actor=lead, inspection=inspection)
    queue = a_week_old(inspection)
    asked = services.ask_unvisited(actor=lead, inspection=inspection, reason="suspended", words="已经停产")
    services.grant_unvisited(actor=county.head, unvisited=asked)

    answer = post(signed_in(lead), exchange(inspection), queue).json()

    assert codes(answer)[1] == ["form.closed"]
    assert not answer["enter"]["taken"]
    assert (answer["open"], answer["ahead"], answer["over"]) == (False, False, True)


def test_whoever_does_not_go_there_any_more_is_told_that_it_is_not_there(county: County) -> None:
    inspection = ready(county)
    lead, _second = team_of(inspection)
    queue = a_week_old(inspection)
    assert inspection.task is not None
    asked = planning.dispatch.ask_reserve(actor=county.head, task=inspection.task, grounds=grounds("closed"))
    agreed(county, asked)

    answer = post(signed_in(lead), exchange(inspection), queue)

    # The phone tells this from an answer of something in between by the code.
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
