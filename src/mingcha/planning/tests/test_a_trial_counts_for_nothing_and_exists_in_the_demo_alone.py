"""In the demo a draft may be tried out; elsewhere nobody can, and the real draw knows nothing of a trial."""

from __future__ import annotations

import random

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import idempotency
from mingcha.base.viewers import PUBLIC, Officer
from mingcha.kernel.testing import refused
from mingcha.ledger.models import Record
from mingcha.planning import freezing, selectors, services
from mingcha.planning.models import Dispatch, Draw, DrawFile, DrawTarget, RegisterLine, TrialDraw
from mingcha.planning.testing import DIGITS, WITNESSES, County, draft, sealed
from mingcha.registry.models import Inspector, Recusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings) -> None:
    # The addresses of the product, read before anything says that this is a demo, stay as they are.
    _ = get_resolver().url_patterns
    settings.DEMO = True
    settings.ROOT_URLCONF = "mingcha.project.tests.demo_urls"


def tried(county: County, draw: Draw) -> TrialDraw:
    return services.try_out(actor=county.coordinator, draw=draw)


def browser(officer: Officer) -> Client:
    return sign_in(Client(), User.objects.get(pk=officer.id))


def once() -> dict[str, str]:
    return {"_once": idempotency.token()}


def test_a_trial_draws_by_the_rules_of_the_draft(county: County, demo: None) -> None:
    kept_away = county.inspectors[0]
    for subject in county.subjects:
        Recusal.objects.create(
            subject=subject,
            inspector=kept_away,
            kind="family",
            basis="登记",
            valid_from="2026-01-01",
            declared_on="2026-01-01",
            state=Recusal.State.APPROVED,
        )
    trial = tried(county, draft(county))
    found = trial.outcome
    (stratum,) = found["strata"]
    assert (stratum["rows"], stratum["drawn"], stratum["reserves"]) == (10, 3, 2)
    names = {subject.name for subject in county.subjects}
    assert len({firm["name"] for firm in (*found["firms"], *found["reserves"])} & names) == 5
    assert all(len(set(firm["team"])) == 2 and firm["short"] == 0 for firm in found["firms"])
    loads = {load["name"]: load["firms"] for load in found["loads"]}
    assert sum(loads.values()) == 6
    assert loads[kept_away.name] == 0


def test_who_is_short_is_told_instead_of_refused(county: County, demo: None) -> None:
    trial = tried(county, draft(county, team_size=3, capacity=2))
    assert sum(firm["short"] for firm in trial.outcome["firms"]) == 1
    page = browser(county.coordinator).get(reverse("trials:trial", args=[trial.pk])).content.decode()
    assert "缺 1 人" in page
    assert "1 户没有派满人员" in page


def test_a_trial_leaves_nothing_but_itself_and_its_record(county: County, demo: None) -> None:
    draw = draft(county)
    one, other = tried(county, draw), tried(county, draw)
    assert (str(one), str(other)) == (f"试抽-{one.pk}", f"试抽-{one.pk + 1}")
    assert one.value != other.value
    draw.refresh_from_db()
    assert (draw.state, draw.number, draw.digits) == ("draft", "", "")
    for model in (RegisterLine, DrawFile, DrawTarget, Dispatch):
        assert not model.objects.exists()
    record = Record.objects.filter(event="planning.draw.tried").latest("seq")
    history = browser(county.overseer).get(reverse("planning:draws-history", args=[draw.pk]))
    assert "试抽（演示，不作数）" in history.content.decode()
    assert record.after["trial"] == str(other)
    assert not any(subject.name in str(record.after) for subject in county.subjects)
    public = Client().get(reverse("portal:home")).content.decode()
    assert draw.title not in public
    assert not TrialDraw.objects.visible_to(PUBLIC).exists()


def test_the_real_draw_is_the_same_with_or_without_a_trial_before(
    county: County, demo: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = draft(county)

    def result(*, trials: int) -> tuple[str, str, dict[str, bytes], list[tuple[str, str]]]:
        mark = transaction.savepoint()
        for _number in range(trials):
            tried(county, draw)
        chance = random.Random(1)
        monkeypatch.setattr(freezing.secrets, "SystemRandom", lambda: chance)
        monkeypatch.setattr(freezing.secrets, "choice", chance.choice)
        services.seal(actor=county.coordinator, draw=draw)
        county.clock.advance(minutes=31)
        services.enter_digits(actor=county.coordinator, draw=draw, digits=DIGITS, witnesses=WITNESSES)
        done = services.confirm_digits(actor=county.overseer, draw=draw)
        files = selectors.files_for(done, county.overseer)
        lines = list(RegisterLine.objects.order_by("seq").values_list("event", "digest"))
        transaction.savepoint_rollback(mark)
        county.clock.advance(minutes=-31)
        return done.number, done.plan_digest, files, lines

    assert result(trials=0) == result(trials=2)


def test_the_page_of_the_draft_tries_once_and_opens_and_deletes_it(county: County, demo: None) -> None:
    draw = draft(county)
    client = browser(county.coordinator)
    page, button = reverse("planning:draws-detail", args=[draw.pk]), reverse("trials:try", args=[draw.pk])
    assert button in client.get(page).content.decode()
    token = once()
    answers = [client.post(button, token) for _press in range(2)]
    (trial,) = TrialDraw.objects.all()
    address = reverse("trials:trial", args=[trial.pk])
    assert [answer["Location"] for answer in answers] == [address, address]
    shown = client.get(address).content.decode()
    assert "试抽 · 不作数" in shown
    assert str(trial) in shown
    assert all(firm["name"] in shown for firm in trial.outcome["firms"])
    assert address in client.get(page).content.decode()
    token = once()
    for _press in range(2):
        assert client.post(reverse("trials:delete", args=[trial.pk]), token)["Location"] == page
    assert not TrialDraw.objects.exists()
    assert client.get(address).status_code == 404
    assert Record.objects.filter(event="planning.draw.trial_deleted").count() == 1


def test_others_who_see_the_draw_read_trials_and_make_none(county: County, demo: None) -> None:
    draw = draft(county)
    trial = tried(county, draw)
    client = browser(county.head)
    button = reverse("trials:try", args=[draw.pk])
    assert button not in client.get(reverse("planning:draws-detail", args=[draw.pk])).content.decode()
    assert client.post(button, once()).status_code == 403
    shown = client.get(reverse("trials:trial", args=[trial.pk]))
    assert reverse("trials:delete", args=[trial.pk]) not in shown.content.decode()
    with refused("basics.role"):
        services.try_out(actor=county.head, draw=draw)
    with refused("basics.role"):
        services.delete_trial(actor=county.head, trial=trial)


def test_a_sealed_draw_and_one_without_people_cannot_be_tried(county: County, demo: None) -> None:
    done = sealed(county)
    with refused("draw.trial_of_sealed"):
        tried(county, done)
    page = browser(county.coordinator).get(reverse("planning:draws-detail", args=[done.pk]))
    assert reverse("trials:try", args=[done.pk]) not in page.content.decode()
    lonely = draft(county)
    Inspector.objects.update(status=Inspector.Status.LEFT)
    with refused("draw.enough_people"):
        tried(county, lonely)


def test_outside_the_demo_there_is_no_trial_and_no_address(county: County, client: Client, settings) -> None:
    draw = draft(county)
    with refused("draw.trial_outside_demo"):
        tried(county, draw)
    sign_in(client, User.objects.get(pk=county.coordinator.id))
    for address in (f"/demo/draws/{draw.pk}/try/", "/demo/trials/1/delete/"):
        assert client.post(address, once()).status_code == 404
    assert client.get("/demo/trials/1/").status_code == 404
    assert "试抽" not in client.get(reverse("planning:draws-detail", args=[draw.pk])).content.decode()


def test_what_a_demo_left_behind_is_seen_nowhere_else(county: County, demo: None, settings) -> None:
    trial = tried(county, draft(county))
    settings.DEMO = False
    assert not TrialDraw.objects.visible_to(county.coordinator).exists()
    with refused("draw.trial_outside_demo"):
        services.delete_trial(actor=county.coordinator, trial=trial)
    client = browser(county.coordinator)
    assert client.get(reverse("trials:trial", args=[trial.pk])).status_code == 404
    assert "试抽" not in client.get(reverse("planning:draws-detail", args=[trial.draw_id])).content.decode()
