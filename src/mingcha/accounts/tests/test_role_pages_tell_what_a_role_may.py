import pytest

from mingcha.accounts import roles
from mingcha.accounts.testing import make_officer, make_unit, sign_in
from mingcha.base.roles import Role
from mingcha.kernel.lifecycle import Lifecycle, State, Transition

pytestmark = pytest.mark.django_db

TABLE: Lifecycle[None] = Lifecycle(
    name="test_notice",
    label="测试公告",
    states=(State("draft", "草稿"), State("out", "已发", final=True)),
    initial="draft",
    transitions=(
        Transition("send", "印发", ("draft",), "out", frozenset({"coordinator", "section_head"})),
        Transition("drop", "作废", ("draft",), "out", frozenset({"section_head"})),
    ),
)


@pytest.fixture
def described(monkeypatch):
    monkeypatch.setattr(roles, "_lifecycles", {})
    roles.describe(TABLE)


def verbs(role: Role) -> dict[str, tuple[str, ...]]:
    return {row.thing: row.verbs for row in roles.page_of(role).verbs}


def test_the_verbs_come_from_the_lifecycle_tables(described):
    assert verbs(Role.COORDINATOR) == {"测试公告": ("印发",)}
    assert verbs(Role.SECTION_HEAD) == {"测试公告": ("印发", "作废")}
    assert verbs(Role.INSPECTOR) == {}


def test_a_role_lists_only_pages_it_may_open():
    def pages(role: Role) -> set[str]:
        return {url for _label, url in roles.page_of(role).pages}

    assert "/accounts/users/" in pages(Role.ADMINISTRATOR)
    assert "/accounts/users/" not in pages(Role.INSPECTOR)
    assert "/accounts/me/" in pages(Role.INSPECTOR)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_page_that_names_who_holds_it(client, described, role):
    holder = make_officer(role, name="持有人", unit=make_unit("某股"))
    sign_in(client, make_officer(Role.INSPECTOR))

    text = client.get(f"/accounts/roles/{role.value}/").content.decode()

    assert str(role.label) in text
    assert f"{holder.name}（某股）" in text


def test_the_page_lists_verbs(client, described):
    sign_in(client, make_officer(Role.INSPECTOR))
    assert "印发、作废" in client.get("/accounts/roles/section_head/").content.decode()


def test_an_unknown_role_has_no_page(client):
    sign_in(client, make_officer(Role.INSPECTOR))
    assert client.get("/accounts/roles/emperor/").status_code == 404


def test_visitors_do_not_see_who_holds_a_role(client):
    assert client.get("/accounts/roles/administrator/").status_code == 302


def test_the_overview_marks_ones_own_roles(client, described):
    sign_in(client, make_officer(Role.OVERSEER))
    text = client.get("/accounts/roles/").content.decode()
    assert text.count("我的角色") == 1
