"""Unannounced visits: the plan commits to a secret, and nothing outside tells who was drawn (§7.0 T5)."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import as_officer, make_officer, sign_in
from mingcha.base.roles import Role
from mingcha.base.viewers import PUBLIC
from mingcha.basics.models import Deadline
from mingcha.kernel import draw as ssj
from mingcha.kernel.draw import first_gap
from mingcha.kernel.draw.seed import sealed_commitment
from mingcha.kernel.refusal import Refused
from mingcha.ledger.models import Record
from mingcha.planning import lifecycle, selectors, services
from mingcha.planning.forms import DrawForm
from mingcha.planning.models import Draw, DrawFile, DrawSecret, DrawTarget, RegisterLine
from mingcha.planning.testing import County, draft, drawn, sealed
from mingcha.registry.models import Inspector
from mingcha.web.providers import next_steps


@pytest.fixture
def kept(county: County) -> Draw:
    """Drawn in sealed mode; the visits are still to come."""
    return drawn(county, mode=Draw.Mode.SEALED)


def visits_end(county: County, *, days_after: int = 1) -> None:
    last = date(2026, 12, 18)
    county.clock.advance(days=(last - county.clock.now().date()).days + days_after)


def public_texts(client: Client, draw: Draw) -> str:
    """Everything that a stranger can fetch about the draw."""
    pages = [
        reverse("portal:draw", args=[draw.number]),
        reverse("portal:draw", args=[draw.number]) + "?q=示范企业",
        reverse("portal:draws"),
        reverse("portal:register"),
        *(reverse("portal:file", args=[draw.number, f.name]) for f in draw.files.all()),
    ]
    answers = [client.get(page) for page in pages]
    bundle = client.get(reverse("portal:bundle", args=[draw.number]))
    with zipfile.ZipFile(io.BytesIO(bundle.content)) as archive:
        inside = [archive.read(name).decode() for name in archive.namelist()]
    return "".join([*(a.content.decode() for a in answers if a.status_code == 200), *inside])


def test_the_plan_commits_to_the_secret_and_names_the_last_day(county: County) -> None:
    draw = sealed(county, mode=Draw.Mode.SEALED)
    plan = json.loads(selectors.files_for(draw, PUBLIC)["plan.json"])
    secret = services.read_secret(actor=county.overseer, draw=draw)
    assert [source["name"] for source in plan["entropy"]] == ["dice", "sealed"]
    assert plan["entropy"][1]["commit"] == sealed_commitment(secret)
    assert (plan["mode"], plan["open_by"]) == ("sealed", "2027-01-18")
    assert draw.open_by == date(2027, 1, 18)


def test_while_it_is_kept_nothing_public_names_a_firm_of_the_roster(client: Client, kept: Draw) -> None:
    text = public_texts(client, kept)
    targets = DrawTarget.objects.filter(draw=kept)
    assert kept.plan_digest in text
    assert targets.count() == 5
    for target in targets:
        assert target.name not in text
        assert target.roster_id not in text
        assert target.ticket not in text
    assert DrawSecret.objects.get().value not in text
    assert client.get(reverse("portal:verify", args=[kept.number])).status_code == 404
    assert client.get(reverse("portal:verify-on-server", args=[kept.number])).status_code == 404


def test_the_roster_of_a_sealed_draw_is_not_public_before_the_draw_either(county: County) -> None:
    sealed(county, mode=Draw.Mode.SEALED)
    assert set(DrawFile.objects.visible_to(PUBLIC).values_list("name", flat=True)) == {"plan.json"}


def test_the_register_tells_the_digest_of_the_kept_result_at_once(county: County, kept: Draw) -> None:
    lines = RegisterLine.objects.visible_to(PUBLIC).order_by("seq")
    assert [line.event for line in lines] == ["登记", "冻结", "熵源", "结果"]
    kept_result = DrawFile.objects.get(draw=kept, name="result.csv")
    assert json.loads(lines[3].line)["digest"] == kept_result.sha256
    assert first_gap(selectors.register_jsonl()) is None


def test_neither_an_inspector_nor_whoever_may_be_sent_sees_the_kept_list(county: County) -> None:
    leader = make_officer(Role.BUREAU_LEADER, name="持证的局长")
    Inspector.objects.filter(pk=county.inspectors[0].pk).update(user=leader)
    draw = drawn(county, mode=Draw.Mode.SEALED)
    both = as_officer(make_officer(Role.SECTION_HEAD, Role.INSPECTOR, name="兼执法的股长"))
    inspector = as_officer(make_officer(Role.INSPECTOR))
    for viewer in (as_officer(leader), both, inspector, PUBLIC):
        assert not DrawTarget.objects.visible_to(viewer).filter(draw=draw).exists(), viewer
    for viewer in (county.coordinator, county.overseer, county.leader):
        assert DrawTarget.objects.visible_to(viewer).filter(draw=draw).count() == 5


def test_only_the_overseer_holds_the_secret_and_every_look_is_recorded(county: County, kept: Draw) -> None:
    with pytest.raises(Refused):
        services.read_secret(actor=county.coordinator, draw=kept)
    secret = services.read_secret(actor=county.overseer, draw=kept)
    records = Record.objects.filter(event="planning.draw.secret_read")
    assert records.count() == 1
    assert all(secret not in str(vars(record)) for record in Record.objects.all())


def test_it_is_not_opened_while_the_visits_go_on(county: County, kept: Draw) -> None:
    with pytest.raises(Refused) as raised:
        services.open_result(actor=county.coordinator, draw=kept)
    assert raised.value.codes == ("draw.visits_are_over",)


def test_when_every_visit_was_taken_back_it_may_be_opened_at_once(county: County, kept: Draw) -> None:
    assert kept.campaign is not None
    services.campaigns.cancel(actor=county.leader, campaign=kept.campaign, reason="上级另行安排")
    assert services.open_result(actor=county.coordinator, draw=kept).state == lifecycle.DRAWN


def test_opened_it_is_repeated_by_a_stranger_with_the_digest_of_before(
    client: Client, county: County, kept: Draw, tmp_path: Path
) -> None:
    visits_end(county)
    draw = services.open_result(actor=county.coordinator, draw=kept)
    assert (draw.state, draw.withheld) == (lifecycle.DRAWN, False)
    text = public_texts(client, draw)
    assert all(target.ticket in text for target in DrawTarget.objects.filter(draw=draw))
    with zipfile.ZipFile(io.BytesIO(selectors.bundle_zip(draw, PUBLIC))) as archive:
        archive.extractall(tmp_path)
    command = [sys.executable, "-I", "verify.py", ".", f"plan={kept.plan_digest}"]
    done = subprocess.run(
        command, cwd=tmp_path / f"draw-{draw.number}", capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "MATCH"), done.stderr


def test_a_firm_that_knows_digits_and_roster_cannot_compute_the_result(county: County, kept: Draw) -> None:
    files = selectors.files_for(kept, county.overseer)
    inputs = {name: files[name] for name in ("plan.json", "roster.csv", "inspectors.csv", "recusals.csv")}
    for guess in ("", "0" * 64):
        with pytest.raises(ssj.Rejected):
            ssj.reveal(inputs, [kept.digits, guess])


def test_an_opening_that_is_late_is_red_for_coordinator_and_overseer(county: County, kept: Draw) -> None:
    def said(officer: object) -> list[str]:
        return [step.title for step in next_steps.gather(officer) if step.tone == "danger"]

    visits_end(county)
    assert any("公开封存的结果" in step.title for step in next_steps.gather(county.coordinator))
    assert said(county.overseer) == []
    visits_end(county, days_after=60)
    assert any("逾期未公开" in title for title in said(county.coordinator))
    assert any("公开封存的抽取结果" in title for title in said(county.overseer))
    services.open_result(actor=county.overseer, draw=kept)
    assert Deadline.objects.get().state == "met_late"
    assert said(county.coordinator) == []


def test_an_open_draw_is_public_with_the_same_press(county: County) -> None:
    draw = drawn(county)
    assert (draw.state, draw.open_by) == (lifecycle.DRAWN, None)
    assert not DrawSecret.objects.exists()


def test_a_draw_is_sealed_unless_somebody_chooses_otherwise(county: County) -> None:
    assert DrawForm()["mode"].value() == Draw.Mode.SEALED
    assert draft(county).mode == Draw.Mode.OPEN


def test_the_escrow_copy_is_a_page_for_the_overseer_alone(client: Client, county: County, kept: Draw) -> None:
    address = reverse("planning:draw-escrow", args=[kept.pk])
    sign_in(client, User.objects.get(pk=county.overseer.id))
    answer = client.post(address)
    assert DrawSecret.objects.get().value in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert client.get(address).status_code == 405
