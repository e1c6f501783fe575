"""The initial list (domain §7): twenty items with all their check points, each of which can be answered."""

from __future__ import annotations

import re

import pytest

from mingcha.basics.initial.parameters import TABLE
from mingcha.items.initial.model import Item
from mingcha.items.tests.the_list import ITEMS, points
from mingcha.registry.initial import SPECIALTIES
from mingcha.registry.models import Subject

#: Code, 重点 or 一般, and how many check points the item has (domain §7).
LIST = {
    "RS01": (False, 6), "RS02": (False, 12), "RS03": (True, 6), "RS04": (False, 9), "RS05": (False, 10),
    "RS06": (True, 13), "RS07": (True, 10), "RS08": (True, 11), "RS09": (True, 15), "RS10": (False, 9),
    "RS11": (True, 13), "RS12": (False, 5), "RS13": (False, 13), "RS14": (False, 8), "RS15": (True, 7),
    "RS16": (True, 13), "RS17": (False, 8), "RS18": (True, 9), "RS19": (False, 6), "RS20": (False, 6),
}  # fmt: skip

ANSWERS = {"yes_no", "number", "money", "date", "text", "choice", "count"}
AWAY = {"paper", "network", "off_site"}
MANNERS = {"on_site", *AWAY}
WAYS = {"none", "order", "case", "transfer", "notify", "educate"}

every_item = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)


def test_every_item_is_there_with_its_category_and_all_its_points() -> None:
    assert {item.code: (item.key, len(item.points)) for item in ITEMS} == LIST


def test_no_two_items_have_the_same_name() -> None:
    assert len({item.name for item in ITEMS}) == len(ITEMS)


@every_item
def test_an_item_speaks_the_words_of_the_registers(item: Item) -> None:
    assert set(item.kinds) <= set(Subject.Kind.values) and item.kinds and item.kinds_note
    assert item.specialty in SPECIALTIES
    assert set(item.manners) <= MANNERS and item.manners
    assert item.family and item.body_name and item.bases


def test_contributions_are_audited_by_the_agency_and_everything_else_by_the_bureau() -> None:
    assert {item.code: item.body for item in ITEMS if item.body != "bureau"} == {"RS08": "authorised"}
    assert next(item.body_name for item in ITEMS if item.code == "RS08") == "社会保险经办机构"


def test_a_point_says_what_is_asked_when_it_is_right_and_what_follows() -> None:
    for item, number, point in points():
        where = f"{item.code}.{number}"
        assert point.question.endswith("？") and point.question.count("？") == 1, where
        assert point.standard.endswith("。") and point.consequence.endswith("。"), where
        assert point.bases and point.consequence_bases, where
        assert point.answer in ANSWERS, where


def test_a_choice_offers_choices_and_nothing_else_does() -> None:
    for item, number, point in points():
        where = f"{item.code}.{number}"
        assert (point.answer == "choice") == bool(point.choices), where
        assert len(point.choices) != 1 and len(set(point.choices)) == len(point.choices), where
        assert point.choices[:1] != ("不涉及",), where
        assert ("不涉及" in point.choices) == ("不涉及" in point.standard), where


def test_a_count_counts_those_who_fall_short_so_nought_is_right() -> None:
    counts = [(item.code, number, point) for item, number, point in points() if point.answer == "count"]
    assert counts
    for code, number, point in counts:
        assert point.standard.startswith("0人。"), f"{code}.{number}"


def test_what_data_can_answer_belongs_to_an_item_that_is_looked_into_from_the_desk() -> None:
    for item, number, point in points():
        assert not point.off_site or set(item.manners) & AWAY, f"{item.code}.{number}"


@every_item
def test_a_question_is_asked_once(item: Item) -> None:
    assert len({point.question for point in item.points}) == len(item.points)


@every_item
def test_every_result_has_a_lawful_way_forward(item: Item) -> None:
    assert {outcome.result for outcome in item.outcomes} >= {str(code) for code in (1, *range(4, 16))}
    assert len({outcome.result for outcome in item.outcomes}) == len(item.outcomes)
    for outcome in item.outcomes:
        assert outcome.ways and set(outcome.ways) <= WAYS


def test_nothing_is_punished_when_nothing_was_found() -> None:
    for item in ITEMS:
        ways = {outcome.result: outcome.ways for outcome in item.outcomes}
        assert ways["1"] == ("none",) and ways["8"] == ("none",)


@every_item
def test_nothing_that_the_bureau_holds_is_asked_of_the_firm(item: Item) -> None:
    asked = [material.name for material in item.materials if not material.held_by_bureau]
    held = [material for material in item.materials if material.held_by_bureau]
    assert asked and all(material.holder for material in held)
    assert not set(asked) & {material.name for material in held}
    kept_here = re.compile("参保|缴费(?!工资)|用工备案|许可|备案|投诉|举报|认定|年度检查|核定|就业登记")
    assert not [name for name in asked if kept_here.search(name)]


def test_child_labour_is_never_forgiven() -> None:
    item = next(item for item in ITEMS if item.code == "RS03")
    forgiven = [one for one in item.exemptions if "主观过错" not in one.condition]
    assert forgiven and all("使用童工" in one.except_when for one in forgiven)
    corrected = next(outcome for outcome in item.outcomes if outcome.result == "5")
    assert "case" in corrected.ways and "none" not in corrected.ways


def test_every_leniency_says_when_it_does_not_hold() -> None:
    for item in ITEMS:
        assert item.exemptions and all(one.except_when and one.bases for one in item.exemptions)


def test_what_an_authority_may_change_is_a_parameter_and_no_number_in_a_text() -> None:
    amounts = {str(row.value) for row in TABLE if row.code.startswith("MIN_WAGE")}
    assert amounts
    for item, _, point in points():
        for amount in amounts:
            assert f"{amount}元" not in point.question + point.standard + point.consequence, item.code
