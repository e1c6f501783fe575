import pytest

from mingcha.accounts import services
from mingcha.accounts.models import RoleGrant, Unit, User
from mingcha.accounts.testing import PASSWORD, make_officer, make_unit, sign_in
from mingcha.base import clock
from mingcha.base.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    """An administrator's browser."""
    return sign_in(client, make_officer(Role.ADMINISTRATOR, name="管理员甲"))


def token(client, url: str, action: str = "") -> str:
    """The once-token of the page's form, or of the one that goes to `action`."""
    page = client.get(url).content.decode()
    form = page.split(action, 1)[1] if action else page
    return form.split('name="_once" value="')[1].split('"')[0]


def test_an_administrator_adds_a_person_gives_a_role_and_a_password(desk):
    unit = make_unit("劳动监察股")
    response = desk.post(
        "/accounts/users/new/",
        {
            "_once": token(desk, "/accounts/users/new/"),
            "username": "zhangsan",
            "name": "张三",
            "unit": unit.pk,
            "phone": "13800138000",
        },
    )
    user = User.objects.get(username="zhangsan")
    page_url = f"/accounts/users/{user.pk}/"
    assert response["Location"] == page_url
    page = desk.get(page_url).content.decode()
    assert "138****8000" in page
    assert "13800138000" not in page

    grant_url = f"{page_url}grant/"
    desk.post(
        grant_url,
        {
            "_once": token(desk, grant_url),
            "role": "section_head",
            "reach": "",
            "unit": "",
            "valid_from": clock.today().isoformat(),
        },
    )
    grant = RoleGrant.objects.get(user=user)
    assert (grant.role, grant.reach, grant.unit) == ("section_head", "section", unit)

    once = token(desk, page_url, f"{page_url}reset-password/")
    shown = desk.post(f"{page_url}reset-password/", {"_once": once, "reason": "新入职"})
    password = shown.content.decode().split('user-select-all">')[1].split("<")[0]
    user.refresh_from_db()
    assert user.check_password(password)
    assert "no-store" in shown["Cache-Control"]


def test_pressing_reset_twice_gives_one_password(desk):
    user = make_officer(password=PASSWORD)
    page_url = f"/accounts/users/{user.pk}/"
    once = token(desk, page_url, f"{page_url}reset-password/")
    first = desk.post(f"{page_url}reset-password/", {"_once": once, "reason": "忘记"})
    user.refresh_from_db()
    encoded = user.password

    second = desk.post(f"{page_url}reset-password/", {"_once": once, "reason": "忘记"})

    user.refresh_from_db()
    assert first.status_code == 200
    assert second["Location"] == page_url
    assert user.password == encoded


def test_a_role_is_taken_back_on_the_persons_page(desk):
    user = make_officer(Role.COORDINATOR)
    grant = RoleGrant.objects.get(user=user)
    page_url = f"/accounts/users/{user.pk}/"
    once = token(desk, page_url, f"grants/{grant.pk}/revoke/")

    response = desk.post(f"/accounts/grants/{grant.pk}/revoke/", {"_once": once, "reason": "调岗"})

    assert response["Location"] == page_url
    grant.refresh_from_db()
    assert grant.revoked_at is not None


def test_a_refusal_keeps_what_was_typed(desk):
    make_officer(username="zhangsan")
    response = desk.post(
        "/accounts/users/new/",
        {
            "_once": token(desk, "/accounts/users/new/"),
            "username": "zhangsan",
            "name": "另一个张三",
            "unit": "",
            "phone": "",
        },
    )
    text = response.content.decode()
    assert response.status_code == 409
    assert "已有人使用" in text
    assert 'value="另一个张三"' in text


def test_deactivating_and_reactivating_by_button(desk):
    user = make_officer(Role.INSPECTOR)
    page_url = f"/accounts/users/{user.pk}/"
    for verb, active in (("deactivate", False), ("reactivate", True)):
        once = token(desk, page_url, f"{page_url}{verb}/")
        assert desk.post(f"{page_url}{verb}/", {"_once": once, "reason": "借调"}).status_code == 302
        user.refresh_from_db()
        assert user.is_active is active


def test_a_deputy_is_named_and_removed_on_ones_own_page(client):
    head = make_officer(Role.SECTION_HEAD)
    deputy = make_officer(name="李四", unit=head.unit)
    sign_in(client, head)
    url = "/accounts/me/deputy/"
    today = clock.today().isoformat()
    response = client.post(
        url, {"_once": token(client, url), "deputy": deputy.pk, "since": today, "until": today}
    )
    assert response["Location"] == "/accounts/me/"
    assert "李四" in client.get("/accounts/me/").content.decode()

    once = token(client, "/accounts/me/", f"{url}remove/")
    client.post(f"{url}remove/", {"_once": once})
    head.refresh_from_db()
    assert head.deputy is None


def test_units_are_added_moved_and_closed_on_their_pages(desk):
    old, new = make_unit("甲局"), make_unit("乙局")
    url = "/accounts/units/new/"
    response = desk.post(
        url,
        {
            "_once": token(desk, url),
            "name": "监察股",
            "kind": "section",
            "parent": old.pk,
            "short_code": "劳监",
            "division_code": "",
            "capacity": "",
            "entrusted_by": "",
        },
    )
    unit = Unit.objects.get(short_code="劳监")
    page_url = f"/accounts/units/{unit.pk}/"
    assert response["Location"] == page_url
    assert unit.division_code == "130111"

    desk.post(f"{page_url}move/", {"_once": token(desk, f"{page_url}move/"), "parent": new.pk})
    unit.refresh_from_db()
    assert unit.parent == new

    once = token(desk, page_url, f"{page_url}close/")
    desk.post(f"{page_url}close/", {"_once": once, "reason": "合并"})
    unit.refresh_from_db()
    assert not unit.is_open
    assert desk.get(f"{page_url}edit/").status_code == 403


def test_editing_a_unit_changes_what_it_is(desk):
    unit = make_unit("监察股")
    url = f"/accounts/units/{unit.pk}/edit/"
    desk.post(
        url,
        {
            "_once": token(desk, url),
            "name": "劳动监察股",
            "kind": "brigade",
            "short_code": "劳监",
            "division_code": "130111",
            "capacity": "organ",
            "entrusted_by": "",
        },
    )
    unit.refresh_from_db()
    assert (unit.name, unit.kind, unit.capacity) == ("劳动监察股", "brigade", "organ")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.BUREAU_LEADER, Role.OVERSEER, Role.INSPECTOR])
@pytest.mark.parametrize(
    "verb",
    (
        "grant",
        "deputy",
        "deputy/remove",
        "deactivate",
        "reactivate",
        "unlock",
        "reset-password",
        "reset-factor",
    ),
)
def test_only_administrators_change_people(client, role, verb):
    sign_in(client, make_officer(role))
    other = make_officer(Role.INSPECTOR, password=PASSWORD)
    response = client.post(f"/accounts/users/{other.pk}/{verb}/", {"_once": "x" * 32, "reason": "试试"})
    assert response.status_code == 403


@pytest.mark.parametrize(
    "verb", ["deputy/remove", "deactivate", "reactivate", "unlock", "reset-password", "reset-factor"]
)
def test_nothing_changes_by_opening_an_address(desk, verb):
    other = make_officer(Role.INSPECTOR, password=PASSWORD)
    assert desk.get(f"/accounts/users/{other.pk}/{verb}/").status_code == 405


def test_the_list_of_people_does_not_ask_the_database_for_each(desk, django_assert_max_num_queries):
    for _i in range(12):
        make_officer(Role.INSPECTOR, Role.COORDINATOR)
    with django_assert_max_num_queries(20):
        assert desk.get("/accounts/users/").status_code == 200


def test_the_history_of_a_person_opens(desk):
    user = make_officer(Role.INSPECTOR)
    assert desk.get(f"/accounts/users/{user.pk}/history/").status_code == 200


def test_a_deactivated_person_offers_only_to_come_back(desk, admin):
    user = make_officer(Role.INSPECTOR)
    services.deactivate(actor=admin, user=user, why="退休")
    page = desk.get(f"/accounts/users/{user.pk}/").content.decode()
    assert "恢复账号" in page
    assert f"/accounts/users/{user.pk}/grant/" not in page
