"""Tests that every register inherits; only tests import this.

    class TestSubjectRegister(RegisterContract):
        register = SubjectRegister

        def make(self, number):
            return make_subject(name=f"示例单位{number}")

The app's conftest gives the fixture `sign_in_as`: a function (client, *roles) that makes the client an
officer with these roles over the whole bureau.
"""

# ruff: noqa: S101  tests assert

from __future__ import annotations

import io
import re
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any, ClassVar
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection, models
from django.http import QueryDict
from django.shortcuts import resolve_url
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingcha.base import idempotency
from mingcha.base.roles import Reach, Role
from mingcha.base.viewers import Grant, Officer
from mingcha.web.registers import Register
from mingcha.web.registers.tables import table_for

#: What one page of a list may ask the database, the signed-in person's session and roles included.
MAX_QUERIES = 12
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class _Cells(HTMLParser):
    """Collects the texts of `<td data-cell>` and the address of each row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.addresses: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "tr" and "data-href" in given:
            self.rows.append([])
            self.addresses.append(given["data-href"] or "")
        elif tag == "td" and "data-cell" in given:
            self.rows[-1].append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data


def screen_rows(html: str) -> list[list[str]]:
    """The texts of a register's table, row by row, a dash read as nothing."""
    parser = _Cells()
    parser.feed(html)
    return [["" if cell.strip() == "—" else " ".join(cell.split()) for cell in row] for row in parser.rows]


def screen_addresses(html: str) -> list[str]:
    """The address that each row of a register's table opens."""
    parser = _Cells()
    parser.feed(html)
    return parser.addresses


def workbook_sheets(content: bytes) -> list[list[list[str]]]:
    """Every sheet of a workbook as rows of texts; fails on a cell that is not text."""
    sheets = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = sorted(name for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
        for name in names:
            root = ElementTree.fromstring(archive.read(name))  # noqa: S314  our own file
            sheets.append([[_cell_text(cell) for cell in row] for row in root.iter(f"{_SHEET}row")])
    return sheets


def _cell_text(cell: ElementTree.Element) -> str:
    assert cell.find(f"{_SHEET}f") is None, "a cell holds a formula"
    if cell.get("t") is None and cell.find(f"{_SHEET}v") is None:
        return ""
    assert cell.get("t") == "inlineStr", f"a cell is not text: {cell.attrib}"
    return "".join(text.text or "" for text in cell.iter(f"{_SHEET}t"))


def response_bytes(response: Any) -> bytes:
    """The whole body of a response, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content


class RegisterContract(ABC):
    """What holds for every register. Subclasses name the register and how its rows are made."""

    register: ClassVar[type[Register]]
    #: Whether a reader sees every row whatever the reach: settings, dictionaries, what is public anyway.
    everybody_sees_all: ClassVar[bool] = False
    #: The role whose reach is tried; the first reader's unless that role sees everything by itself.
    bounded_role: ClassVar[Role | None] = None
    client: Client
    sign_in_as: Callable[..., None]

    @abstractmethod
    def make(self, number: int) -> models.Model:
        """Make the number-th row, visible to every reader over the whole bureau."""

    def make_invisible(self) -> models.Model | None:
        """Make a row that not even readers over the whole bureau may know of; None where there is none."""
        return None

    @pytest.fixture(autouse=True)
    def _signed_out(self, db: None, client: Client, request: pytest.FixtureRequest) -> None:
        self.client = client
        self.sign_in_as = request.getfixturevalue("sign_in_as")

    @property
    def own(self) -> Register:
        return self.register()

    @property
    def reader(self) -> Role:
        return next(iter(self.register.read_roles), Role.COORDINATOR)

    def as_reader(self) -> Client:
        self.sign_in_as(self.client, self.reader)
        return self.client

    def as_writer(self) -> Client:
        # A writer also reads: what it wrote is shown to it afterwards.
        writer = next((role for role in self.register.write_roles if self._reads(role)), None)
        assert writer is not None, "nobody who may write may also read"
        self.sign_in_as(self.client, writer)
        return self.client

    def _reads(self, role: Role) -> bool:
        return not self.register.read_roles or role in self.register.read_roles

    def addresses(self, instance: models.Model) -> dict[str, str]:
        """Every page of the register, for one instance."""
        own = self.own
        found = {name: own.url(name, instance) for name in ("detail", "history")}
        found["list"] = own.url("list")
        if self.register.exportable:
            found["export"] = own.url("export")
        if self.register.creates():
            found["create"] = own.url("create")
        if self.register.edits():
            found["edit"] = own.url("edit", instance)
        return found

    def test_an_anonymous_visitor_is_sent_to_the_sign_in_page(self) -> None:
        for name, address in self.addresses(self.make(1)).items():
            response = self.client.get(address)
            assert response.status_code == 302, name
            assert response["Location"].startswith(resolve_url(settings.LOGIN_URL)), name

    def test_an_officer_whose_role_does_not_read_it_is_refused(self) -> None:
        stranger = next((role for role in Role if not self._reads(role)), None)
        if stranger is None:
            pytest.skip("every officer reads this register")
        addresses = self.addresses(self.make(1))
        self.sign_in_as(self.client, stranger)
        reading = {"list", "detail", "history", "export"} & addresses.keys()
        assert {name: self.client.get(addresses[name]).status_code for name in reading} == dict.fromkeys(
            reading, 403
        )

    def test_a_reader_sees_the_list_the_object_and_its_history(self) -> None:
        instance = self.make(1)
        addresses = self.addresses(instance)
        client = self.as_reader()
        listed = client.get(addresses["list"])
        assert listed.status_code == 200
        assert addresses["detail"] in screen_addresses(listed.content.decode())
        for name in ("detail", "history"):
            response = client.get(addresses[name])
            assert response.status_code == 200, name
            assert str(instance) in response.content.decode(), name

    def test_a_reader_who_may_not_write_cannot_open_the_forms(self) -> None:
        readers = self.register.read_roles or tuple(Role)
        reader = next((role for role in readers if role not in self.register.write_roles), None)
        if reader is None or not (self.register.creates() or self.register.edits()):
            pytest.skip("no form, or every reader writes")
        addresses = self.addresses(self.make(1))
        self.sign_in_as(self.client, reader)
        for name in {"create", "edit"} & addresses.keys():
            assert self.client.get(addresses[name]).status_code == 403, name
            assert self.client.post(addresses[name]).status_code == 403, name
        detail = self.client.get(addresses["detail"]).content.decode()
        assert addresses.get("edit", "no edit page") not in detail

    def test_what_a_viewer_may_not_know_of_is_nowhere(self) -> None:
        hidden = self.make_invisible()
        if hidden is None:
            pytest.skip("readers over the whole bureau see every row")
        addresses = self.addresses(hidden)
        client = self.as_reader()
        assert client.get(addresses["detail"]).status_code == 404
        assert client.get(addresses["history"]).status_code == 404
        listed = client.get(addresses["list"]).content.decode()
        assert addresses["detail"] not in screen_addresses(listed)
        if self.register.exportable:
            assert str(hidden) not in str(workbook_sheets(self.export(client)))
        if self.register.edits():
            assert self.as_writer().get(addresses["edit"]).status_code == 404

    def test_a_reader_whose_reach_ends_elsewhere_sees_it_only_where_everybody_does(self) -> None:
        instance = self.make(1)
        grant = Grant(self.bounded_role or self.reader, Reach.OWN, division="990000")
        stranger = Officer(id=0, name="外地人员", grants=(grant,))
        seen = self.own.queryset(stranger).filter(pk=instance.pk).exists()
        assert seen is self.everybody_sees_all

    def test_a_longer_list_asks_the_database_no_more_questions(self) -> None:
        for number in range(2):
            self.make(number)
        client = self.as_reader()
        address = self.own.url("list")
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        for number in range(2, 9):
            self.make(number)
        client.get(address)  # what is kept for some minutes may have been forgotten by the changes
        with CaptureQueriesContext(connection) as many:
            response = client.get(address)
        assert len(screen_rows(response.content.decode())) == 9
        assert len(many) == len(few), [query["sql"] for query in many.captured_queries]
        assert len(many) <= MAX_QUERIES, [query["sql"] for query in many.captured_queries]

    def export(self, client: Client, query: str = "") -> bytes:
        address = self.own.url("export") + query
        if self.register.holds_personal_data:
            response = client.post(address, {"reason": "核对名册"})
        else:
            response = client.get(address)
        assert response.status_code == 200
        return response_bytes(response)

    def test_an_export_holds_the_rows_order_and_columns_of_the_screen(self) -> None:
        if not self.register.exportable:
            pytest.skip("not exported")
        for number in range(4):
            self.make(number)
        client = self.as_reader()
        for query in ["", *[f"?sort={'-' if down else ''}{name}" for name, down in self._sortings()]]:
            html = client.get(self.own.url("list") + query).content.decode()
            (sheet,) = workbook_sheets(self.export(client, query))
            if self.register.holds_personal_data:
                sheet = sheet[1:]
            headings = [column.label_for(self.register.model) for column in self.own.all_columns]
            assert sheet[0] == headings
            width = len(headings)
            assert [(row + [""] * width)[:width] for row in sheet[1:]] == screen_rows(html), query

    def _sortings(self) -> list[tuple[str, bool]]:
        own = self.own
        names = [column.name for column in own.all_columns if column.sort_paths(own.model)]
        return [(name, down) for name in names for down in (False, True)]

    def test_paging_over_any_order_shows_every_row_exactly_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(self.register, "page_sizes", (2, 50))
        made = {self.own.url("detail", self.make(number)) for number in range(5)}
        client = self.as_reader()
        for query in ["", *[f"&sort={'-' if down else ''}{name}" for name, down in self._sortings()]]:
            seen = []
            for page in (1, 2, 3):
                html = client.get(f"{self.own.url('list')}?page={page}{query}").content.decode()
                seen += screen_addresses(html)
            assert len(seen) == len(set(seen)), query
            assert made <= set(seen), query

    def test_every_order_ends_with_the_key(self) -> None:
        # A database may answer ties in another order on the next page; SQLite only seldom shows it.
        own, officer = self.own, Officer(id=1, name="", grants=(Grant(role=self.reader),))
        for name, down in [("", False), *self._sortings()]:
            asked = QueryDict(f"sort={'-' if down else ''}{name}")
            rows = table_for(own, own.queryset(officer), asked).data.data
            assert rows.query.order_by[-1] == "pk", name

    def test_where_people_add_something_the_form_is_tested_too(self) -> None:
        assert self.register.creates() is isinstance(self, CreatingContract)


class CreatingContract(RegisterContract):
    """What also holds for a register to which people add."""

    @abstractmethod
    def valid_input(self, number: int) -> dict[str, Any]:
        """What may be typed into the form."""

    @abstractmethod
    def invalid_input(self) -> tuple[dict[str, Any], str]:
        """Input that is refused, and a text in it that must still be there afterwards."""

    def test_pressing_save_twice_creates_once(self) -> None:
        client = self.as_writer()
        address = self.own.url("create")
        page = client.get(address).content.decode()
        token = re.search(r'name="_once" value="([^"]+)"', page)
        assert token is not None
        before = self.register.model._default_manager.count()
        values = {**self.valid_input(1), "_once": token.group(1)}
        first, second = client.post(address, values), client.post(address, values)
        assert first.status_code == 302, first.content.decode()
        assert second["Location"] == first["Location"]
        assert self.register.model._default_manager.count() == before + 1
        assert client.get(first["Location"]).status_code == 200

    def test_a_form_without_its_token_does_nothing(self) -> None:
        client = self.as_writer()
        before = self.register.model._default_manager.count()
        assert client.post(self.own.url("create"), self.valid_input(1)).status_code == 409
        assert self.register.model._default_manager.count() == before

    def test_wrong_input_comes_back_with_everything_that_was_typed(self) -> None:
        client = self.as_writer()
        values, typed = self.invalid_input()
        before = self.register.model._default_manager.count()
        response = client.post(self.own.url("create"), {**values, "_once": idempotency.token()})
        assert response.status_code in (409, 422)
        assert typed in response.content.decode()
        assert self.register.model._default_manager.count() == before
