"""Witnesses, photographs, the way of the notice, and the certificate that binds them (§7.0 T1, §7.10)."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock
from mingcha.base.viewers import PUBLIC
from mingcha.kernel.digest import hex_digest
from mingcha.kernel.refusal import Refused
from mingcha.planning import selectors, services
from mingcha.planning.models import Delivery, Draw, Witness
from mingcha.planning.testing import DIGITS, WITNESSES, County, draft, drawn, revealed, sealed

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(autouse=True)
def folder(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


def photo(name: str = "现场.png") -> ContentFile:
    return ContentFile(PIXEL, name=name)


def deliver(county: County, draw: Draw, **values: object) -> Delivery:
    given = {"recipient": "justice", "person": "赵科长", "way": "hand", "delivered_at": county.clock.now()}
    return services.record_delivery(actor=county.coordinator, draw=draw, **(given | values))


def page(county: County, name: str, draw: Draw) -> str:
    client = sign_in(Client(), User.objects.get(pk=county.overseer.id))
    return client.get(reverse(f"planning:{name}", args=[draw.pk])).content.decode()


def test_witnesses_are_named_with_unit_and_capacity(county: County) -> None:
    draw = revealed(county)
    assert [str(one) for one in Witness.objects.all()] == [
        "张甲（企业代表，示范县企业协会）",
        "李乙（职工代表）",
    ]
    assert draw.witnesses == "张甲（企业代表，示范县企业协会）、李乙（职工代表）"


def test_digits_that_nobody_watched_are_refused(county: County) -> None:
    draw = sealed(county)
    county.clock.advance(minutes=31)
    with pytest.raises(Refused) as raised:
        services.enter_digits(actor=county.coordinator, draw=draw, digits=DIGITS, witnesses=())
    assert raised.value.codes == ("draw.no_witness",)


def test_witnesses_are_public_with_the_result_and_not_before(county: County) -> None:
    draw = revealed(county)
    assert not Witness.objects.visible_to(PUBLIC).exists()
    services.confirm_digits(actor=county.overseer, draw=draw)
    assert Witness.objects.visible_to(PUBLIC).count() == len(WITNESSES)


def test_the_bundle_holds_the_digests_of_the_photographs_and_not_the_photographs(county: County) -> None:
    draw = revealed(county)
    services.add_photo(actor=county.coordinator, draw=draw, file=photo())
    draw = services.confirm_digits(actor=county.overseer, draw=draw)
    files = selectors.files_for(draw, PUBLIC)
    assert (
        files["evidence/photos.csv"].decode()
        == f"sha256,bytes,type\n{hex_digest(PIXEL)},{len(PIXEL)},image/png\n"
    )
    assert "evidence/photos.csv" in files["SHA256SUMS"].decode()
    assert PIXEL not in b"".join(files.values())
    assert hex_digest(PIXEL) in page(county, "draw-certificate", draw)


def test_there_is_nothing_to_photograph_before_the_sealing(county: County) -> None:
    with pytest.raises(Refused) as raised:
        services.add_photo(actor=county.coordinator, draw=draft(county), file=photo())
    assert raised.value.codes == ("draw.no_photo_yet",)


def test_a_notice_that_left_the_building_before_the_balls_is_said_everywhere(
    client: Client, county: County
) -> None:
    draw = sealed(county)
    assert "仅内部封存" in page(county, "draw-notice", draw)
    deliver(county, draw)
    assert "仅内部封存" not in page(county, "draw-notice", draw)
    public = client.get(reverse("portal:draw", args=[draw.number])).content.decode()
    assert "司法局，当面送达" in public
    assert "赵科长" not in public


def test_a_notice_that_left_afterwards_is_sealed_inside_only(client: Client, county: County) -> None:
    draw = drawn(county)
    deliver(county, draw)
    assert "仅内部封存" in page(county, "draw-certificate", draw)
    assert "仅内部封存" in client.get(reverse("portal:draw", args=[draw.number])).content.decode()


@pytest.mark.parametrize("minutes", [-60, 60])
def test_a_delivery_before_the_sealing_or_in_the_future_is_refused(county: County, minutes: int) -> None:
    draw = sealed(county)
    with pytest.raises(Refused) as raised:
        deliver(county, draw, delivered_at=county.clock.now() + timedelta(minutes=minutes))
    assert raised.value.codes == ("draw.delivery_moment",)


def test_a_delivery_in_the_minute_of_the_sealing_is_recorded(county: County) -> None:
    county.clock.advance(seconds=40)
    draw = sealed(county)
    county.clock.advance(seconds=5)
    deliver(county, draw, delivered_at=county.clock.now().replace(second=0))
    assert "仅内部封存" not in page(county, "draw-notice", draw)


def test_the_form_of_a_delivery_begins_with_now(county: County) -> None:
    clerk = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    form = clerk.get(reverse("planning:draw-deliver", args=[sealed(county).pk])).content.decode()
    assert county.clock.now().astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M") in form


def test_the_notice_bears_its_neighbours_in_the_register(county: County) -> None:
    first, second = sealed(county, items="甲"), sealed(county, items="乙")
    text = page(county, "draw-notice", second)
    for line in first.register_lines.filter(event="冻结"):
        assert line.digest not in text
    before = second.register_lines.get(event="登记")
    assert before.digest in text


def test_the_certificate_on_paper_says_what_the_page_says(county: County) -> None:
    pytest.importorskip("weasyprint")
    draw = drawn(county)
    client = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    answer = client.get(reverse("planning:draw-certificate-pdf", args=[draw.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    text = page(county, "draw-certificate", draw)
    for digest in (draw.plan_digest, draw.files.get(name="result.csv").sha256):
        assert digest in text
    for name in ("周经办", "冯督导", "张甲"):
        assert name in text


def test_there_is_no_certificate_before_the_draw(county: County) -> None:
    draw = revealed(county)
    client = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    for name in ("draw-certificate", "draw-certificate-pdf"):
        assert client.get(reverse(f"planning:{name}", args=[draw.pk])).status_code == 404
