"""SSJ-1 §7.0 T6: who left, why, and which reserve came is public with the result, and can be checked."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.planning import selectors, services
from mingcha.planning.models import ChangeRequest, Dispatch, RegisterLine, Task
from mingcha.planning.testing import County, agreed, grounds, handed_on
from mingcha.portal.export.site import write_site

pytestmark = pytest.mark.django_db
Cause = ChangeRequest.Cause


def changed(county: County) -> tuple[Dispatch, Task]:
    """A draw whose first firm left, and in which one person was replaced at the last firm."""
    batch = handed_on(county)
    one, *_rest, last = list(Task.objects.filter(dispatch=batch).order_by("seq"))
    agreed(
        county, services.dispatch.ask_reserve(actor=county.head, task=one, grounds=grounds(Cause.MOVED_OUT))
    )
    person = last.team[0].inspector
    agreed(
        county,
        services.dispatch.ask_replacement(
            actor=county.head, task=last, inspector=person, grounds=grounds(Cause.CLASH)
        ),
    )
    return batch, one


def test_the_page_says_who_left_why_and_who_came(county: County, client: Client) -> None:
    batch, left = changed(county)
    assert batch.draw is not None
    page = client.get(reverse("portal:draw", args=[batch.draw.number])).content.decode()
    came = Task.objects.get(dispatch=batch, seq=left.seq, target__kind="R")
    assert "抽取以后的变动" in page
    assert f"{left.name}" in page
    assert "已迁出本辖区" in page
    assert came.name in page
    for secret in ("冲突", *[one.name for one in county.inspectors]):
        assert secret not in page


def test_a_firm_that_asks_hears_what_became_of_it(county: County, client: Client) -> None:
    batch, left = changed(county)
    assert batch.draw is not None
    address = reverse("portal:draw", args=[batch.draw.number])
    assert "后来它不能检查（已迁出本辖区）" in client.get(address, {"q": left.name}).content.decode()
    came = Task.objects.get(dispatch=batch, seq=left.seq, target__kind="R")
    assert "按候补先后由它递补" in client.get(address, {"q": came.name}).content.decode()


def test_a_reserve_that_came_and_left_hears_both(county: County, client: Client) -> None:
    batch, left = changed(county)
    assert batch.draw is not None
    came = Task.objects.get(dispatch=batch, seq=left.seq, target__kind="R")
    asked = services.dispatch.ask_reserve(actor=county.head, task=came, grounds=grounds(Cause.CLOSED))
    agreed(county, asked)
    address = reverse("portal:draw", args=[batch.draw.number])
    page = client.get(address, {"q": came.name}).content.decode()
    assert "按候补先后由它递补" in page
    assert "后来它不能检查（已歇业、停业或关闭）" in page


def test_each_line_is_the_one_that_the_register_promises(county: County, client: Client) -> None:
    batch, _left = changed(county)
    assert batch.draw is not None
    number = batch.draw.number
    lines = client.get(reverse("portal:file", args=[number, "changes.jsonl"])).content.splitlines()
    register = [json.loads(line) for line in client.get(reverse("portal:register")).content.splitlines()]
    promised = [one["digest"] for one in register if one["event"] in ("候补", "更换")]
    assert [hashlib.sha256(line).hexdigest() for line in lines] == promised
    assert client.get(reverse("portal:file", args=[number, "changes-confidential.jsonl"])).status_code == 404
    page = client.get(reverse("portal:verify-on-server", args=[number])).content.decode()
    assert "候补和更换 2 次，与登记簿上的摘要一致" in page
    page = client.get(reverse("portal:verify", args=[number])).content.decode()
    assert reverse("portal:file", args=[number, "changes.jsonl"]) in page
    assert reverse("portal:register") in page


def test_a_changed_line_is_found(county: County, client: Client) -> None:
    batch, _left = changed(county)
    assert batch.draw is not None
    from mingcha.base.viewers import PUBLIC
    from mingcha.kernel import draw as ssj

    told = selectors.change_files(batch.draw, PUBLIC)["changes.jsonl"]
    register = ssj.load_register(selectors.register_jsonl())
    with pytest.raises(ssj.Rejected):
        ssj.check_changes(register, batch.draw.number, told.replace(b"moved_out", b"closed"))
    assert RegisterLine.objects.filter(event="候补").count() == 1


def test_a_draw_without_changes_says_nothing_of_them(county: County, client: Client) -> None:
    batch = handed_on(county)
    assert batch.draw is not None
    page = client.get(reverse("portal:draw", args=[batch.draw.number])).content.decode()
    assert "抽取以后的变动" not in page
    assert "changes.jsonl" not in page


def test_the_copy_without_a_server_has_what_the_browser_checks(county: County, tmp_path: Path) -> None:
    batch, _left = changed(county)
    assert batch.draw is not None
    write_site(tmp_path / "site")
    (page,) = (tmp_path / "site").glob(f"**/{batch.draw.number}/verify/index.html")
    data = re.search(r'id="check-addresses"[^>]*>(.*?)</script>', page.read_text(encoding="utf-8"))
    assert data is not None
    addresses = json.loads(data[1])
    assert {"changes.jsonl", "register.jsonl"} <= set(addresses)
    for name in ("changes.jsonl", "register.jsonl"):
        assert (page.parent / addresses[name]).resolve().is_file(), addresses[name]
