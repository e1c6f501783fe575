"""A citizen finds what is published without signing in, with its basis, versions, and data to take away."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from xml.etree import ElementTree

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from mingcha.portal.tests.conftest import Site
from mingcha.publication.models import Publication
from mingcha.publication.testing import Bureau, prepared

ATOM = {"a": "http://www.w3.org/2005/Atom"}
OPEN = "/open/published/sample-results/"


def page_of(publication: Publication, name: str = "") -> str:
    return f"{OPEN}{publication.pk}/{name}"


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_home_page_names_what_is_published_by_kind(client: Client, site: Site) -> None:
    home = text(client, "/open/")
    assert "示范检查结果" in home
    assert page_of(site.second) in home
    assert page_of(site.first) not in home
    assert site.draw.title in home


def test_one_publication_shows_everything_and_why_it_may_be_shown(client: Client, site: Site) -> None:
    page = text(client, page_of(site.second))
    assert "示范企业31有限公司" in page
    assert "《个人信息保护法》第十三条" in page
    assert "没有列出的单位不一定没有问题，只是没有被抽到。" in page
    assert site.second.digest in page
    assert "2026-11-23 至 2031-11-23" in page
    assert "王小明" not in page


def test_what_changed_since_the_version_before_is_told(client: Client, site: Site) -> None:
    page = text(client, page_of(site.second))
    assert "复查后更正，编号001原录入有误" in page
    assert "<del>未发现问题</del> → <ins>发现问题已责令改正</ins>" in page
    assert "<ins>031 示范企业31有限公司</ins>" in page


def test_an_old_version_stays_readable_and_leads_to_the_one_that_stands(client: Client, site: Site) -> None:
    page = text(client, page_of(site.first))
    assert "示范企业01有限公司" in page
    assert page_of(site.second) in page


def test_what_came_down_leaves_its_line_and_nothing_more(client: Client, site: Site) -> None:
    address = f"/open/published/sample-list/{site.withdrawn.pk}/"
    page = text(client, address)
    assert "误公开" in page
    assert site.withdrawn.number in page
    assert "不该公开的清单" not in page
    assert "不该公开的清单" not in text(client, f"{address}publication.json")
    for gone in ("rows.csv", "snapshot.json"):
        assert client.get(address + gone).status_code == 404
    assert "误公开" in text(client, "/open/published/sample-list/")


def test_what_waits_for_review_is_nowhere(client: Client, site: Site, bureau: Bureau) -> None:
    waiting = prepared(bureau, title="还没有审核", change_note="再更正")
    for name in ("", "publication.json", "schema.json", "rows.csv", "snapshot.json"):
        assert client.get(page_of(waiting, name)).status_code == 404
    assert "还没有审核" not in text(client, "/open/published/") + text(client, OPEN)


def test_a_publication_answers_only_under_its_own_kind(client: Client, site: Site) -> None:
    assert client.get(f"/open/published/sample-list/{site.second.pk}/").status_code == 404


def test_a_row_is_found_by_a_word(client: Client, site: Site) -> None:
    page = text(client, page_of(site.second, "?q=企业07"))
    assert "示范企业07有限公司" in page
    assert "示范企业08有限公司" not in page.split("与前一版的差别")[0]
    assert "没有找到" in text(client, page_of(site.second, "?q=查无此企业"))


def test_a_publication_is_found_by_its_title(client: Client, site: Site) -> None:
    assert page_of(site.second) in text(client, "/open/published/?q=抽查 结果")
    assert page_of(site.second) not in text(client, "/open/published/?q=年度计划")


def test_the_csv_opens_in_a_spreadsheet(client: Client, site: Site) -> None:
    content = client.get(page_of(site.second, "rows.csv")).content
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0] == ["编号", "检查对象", "检查结果", "涉及人数", "负责人", "检查日期", "检查事项", "已整改"]
    assert rows[1] == [
        "001",
        "示范企业01有限公司",
        "发现问题已责令改正",
        "11",
        "王**",
        "2026-11-20",
        "工资支付、劳动合同",
        "否",
    ]
    assert len(rows) == 32


def test_no_cell_of_the_csv_runs_as_a_formula(client: Client, bureau: Bureau) -> None:
    from mingcha.publication.testing import published, row

    found = published(bureau, rows=[row(1, name="=HYPERLINK(1)")])
    content = client.get(page_of(found, "rows.csv")).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in content


@pytest.mark.parametrize("which", ["first", "second", "withdrawn"])
def test_the_json_is_what_its_schema_says(client: Client, site: Site, which: str) -> None:
    found: Publication = getattr(site, which)
    slug = found.type
    start = f"/open/published/{slug}/{found.pk}/"
    schema = json.loads(text(client, f"{start}schema.json"))
    document = json.loads(text(client, f"{start}publication.json"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert list(validator.iter_errors(document)) == []
    assert document["state"] == found.state
    assert list(validator.iter_errors({**document, "id_number": "1"})) != []
    assert list(validator.iter_errors({**document, "rows": [{"code": 1}]})) != []


def test_the_snapshot_has_the_published_digest(client: Client, site: Site) -> None:
    content = client.get(page_of(site.second, "snapshot.json")).content
    assert hashlib.sha256(content).hexdigest() == site.second.digest


def test_a_published_file_is_served_as_it_was_reviewed(client: Client, site: Site) -> None:
    response = client.get(page_of(site.first, "files/plan.pdf"))
    assert response.content == b"%PDF-1.7 sample"
    assert response["Content-Type"] == "application/pdf"


def entries(client: Client, address: str) -> list[tuple[str, str, str]]:
    tree = ElementTree.fromstring(text(client, address))
    assert tree.tag == "{http://www.w3.org/2005/Atom}feed"

    def part(entry: ElementTree.Element, name: str) -> str:
        found = entry.find(f"a:{name}", ATOM)
        assert found is not None
        return found.get("href") or found.text or ""

    return [
        (part(entry, "title"), part(entry, "link"), part(entry, "id"))
        for entry in tree.findall("a:entry", ATOM)
    ]


def test_the_feed_holds_everything_the_newest_first(client: Client, site: Site) -> None:
    found = entries(client, "/open/published/feed.atom")
    assert [title for title, _link, _id in found] == ["示范清单", "示范抽查结果", "示范抽查结果"]
    assert found[1][1].endswith(page_of(site.second))
    assert found[1][2] == f"urn:sha256:{site.second.digest}"


def test_each_kind_has_a_feed_of_its_own(client: Client, site: Site) -> None:
    assert len(entries(client, f"{OPEN}feed.atom")) == 2
    assert client.get("/open/published/no-such-kind/feed.atom").status_code == 404


def test_reading_changes_nothing_and_asks_few_questions(
    client: Client, site: Site, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        client.get("/open/published/")
