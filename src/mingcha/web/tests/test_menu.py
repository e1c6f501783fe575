"""The menu shows what a person may open, and where they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mingcha.base.roles import Role
from mingcha.base.viewers import PUBLIC, Grant, Officer
from mingcha.web import navigation
from mingcha.web.navigation import Entry


@pytest.fixture(autouse=True)
def own_entries(own_addresses: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(navigation, "_entries", {})
    navigation.add(Entry("home", "待办", "web:home", "house", "work", order=0))
    navigation.add(Entry("look", "样式", "web:patterns", "house", "settings", roles=(Role.ADMINISTRATOR,)))
    navigation.add(Entry("firm", "单位", "sample:firm-list", "house", "registry"))
    yield


def officer(*roles: Role) -> Officer:
    return Officer(id=1, name="王", grants=tuple(Grant(role=role) for role in roles))


def test_a_person_sees_the_entries_of_their_roles_in_groups() -> None:
    groups = navigation.grouped_menu(officer(Role.INSPECTOR), "/")
    assert [[item.label for item in group.items] for group in groups] == [["待办"], ["单位"]]
    groups = navigation.grouped_menu(officer(Role.ADMINISTRATOR), "/")
    assert [str(group.label) for group in groups] == ["工作", "一单两库", "设置"]


def test_a_citizen_has_no_menu_of_officers() -> None:
    assert navigation.grouped_menu(PUBLIC, "/") == []


def test_the_entry_a_page_lies_under_is_marked_and_home_only_on_itself() -> None:
    def marked(path: str) -> list[str]:
        groups = navigation.grouped_menu(officer(Role.INSPECTOR), path)
        return [str(item.label) for group in groups for item in group.items if item.current]

    assert marked("/") == ["待办"]
    assert marked("/sample/firm/12/edit/") == ["单位"]
    assert marked("/elsewhere/") == []
