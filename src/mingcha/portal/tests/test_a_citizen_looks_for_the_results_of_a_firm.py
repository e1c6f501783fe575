"""公示: a citizen finds results by firm, year and campaign, sees every version, and takes the data home."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base.viewers import System
from mingcha.inspection import services
from mingcha.inspection.models import PublishedResult
from mingcha.inspection.results.testing import corrected, published, waiting
from mingcha.planning.testing import County
from mingcha.portal.export.site import write_site
from mingcha.publication.services import take_down_run_out

WHY = "核对工资流水后补充说明"


def test_by_name_code_year_campaign_and_result_and_never_what_came_down(county: County) -> None:
    inspection = published(county, result="6")
    row = PublishedResult.objects.get(inspection=inspection)
    client, address = Client(), reverse("portal:results")

    for asked in (
        {"q": row.name[2:6]},
        {"q": row.credit_code.lower()},
        {"q": row.credit_code[:9]},
        {"year": str(row.year), "campaign": "工资", "result": "6"},
        {},
    ):
        assert row.name in client.get(address, asked).content.decode(), asked
    for asked in ({"q": "没有这家"}, {"year": "2019"}, {"result": "1"}, {"campaign": "劳务派遣"}):
        assert row.name not in client.get(address, asked).content.decode(), asked
    assert client.get(address, {"year": "二零", "result": "x", "page": "999"}).status_code == 200

    county.clock.advance(days=6 * 366)
    take_down_run_out(actor=System(purpose="tests"))
    assert row.name not in client.get(address).content.decode()
    assert client.get(reverse("portal:results-of-firm", args=[row.firm])).status_code == 404


def test_the_page_of_a_firm_shows_every_version_and_what_changed(county: County) -> None:
    inspection = published(county, result="6")
    corrected(county, inspection, {"result:category": "14"}, WHY)
    services.publish_results(actor=county.head, publications=waiting())
    row = PublishedResult.objects.get(inspection=inspection)

    page = Client().get(reverse("portal:results-of-firm", args=[row.firm])).content.decode()

    assert WHY in page
    assert "<del>发现问题待后续处理</del> → <ins>违反人力资源社会保障相关规定</ins>" in page
    for secret in ("王经理", "九月份工资没有支付凭证", "8200.50"):
        assert secret not in page


def test_wherever_a_corrected_result_stands_it_says_so(county: County) -> None:
    inspection = published(county, result="6")
    client, year = Client(), PublishedResult.objects.get(inspection=inspection).year
    address = reverse("portal:results")
    assert "已更正" not in client.get(address).content.decode()

    corrected(county, inspection, {"result:category": "14"}, WHY)
    services.publish_results(actor=county.head, publications=waiting())

    assert "已更正，第 2 版" in client.get(address).content.decode()
    assert "已更正，第 2 版" in client.get(reverse("portal:results-of-year", args=[year])).content.decode()
    (row,) = json.loads(b"".join(client.get(reverse("portal:results-json", args=[year]))))["rows"]
    assert (row["version"], row["change_note"]) == (2, WHY)
    sign_in(client, User.objects.get(pk=county.head.id))
    assert "（已更正）" in client.get(reverse("inspection:inspections-list")).content.decode()
    firm = reverse("registry:subject-timeline", args=[inspection.subject_id])
    assert "（已更正）" in client.get(firm).content.decode()


def test_the_data_of_a_year_are_the_published_fields_and_no_formula(county: County) -> None:
    row = PublishedResult.objects.get(inspection=published(county))
    client = Client()

    held = client.get(reverse("portal:results-csv", args=[row.year]))
    lines = list(csv.reader(io.StringIO(b"".join(held).decode("utf-8-sig"))))
    data = json.loads(b"".join(client.get(reverse("portal:results-json", args=[row.year]))))

    assert lines[0] == [field["label"] for field in data["fields"]]
    assert [line[2] for line in lines[1:]] == [one["subject"] for one in data["rows"]] == [row.name]
    script = client.get(reverse("portal:results-index-script", args=[row.year])).content.decode()
    assert json.loads(script.split("=", 1)[1].strip().rstrip(";"))[0]["href"] == f"../firms/{row.firm}/"
    assert client.get(reverse("portal:results-csv", args=[2019])).status_code == 404


def test_the_static_copy_finds_a_firm_without_a_server(county: County, tmp_path: Path) -> None:
    row = PublishedResult.objects.get(inspection=published(county))

    write_site(tmp_path / "site")

    year = tmp_path / "site" / "results" / str(row.year)
    assert row.name in (year / "index.js").read_text("utf-8")
    assert 'src="index.js"' in (year / "index.html").read_text("utf-8")
    assert (year / f"../firms/{row.firm}/index.html").is_file()
    assert (year / "results.csv").is_file()
    assert "<form" not in (tmp_path / "site" / "results" / "index.html").read_text("utf-8")
