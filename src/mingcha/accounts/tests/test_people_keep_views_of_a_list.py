"""A list's filters and order are kept under a name, for oneself or for colleagues, and open by themselves."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from mingcha.accounts import services
from mingcha.accounts.models import SavedView, User
from mingcha.accounts.services import saved_views
from mingcha.accounts.testing import as_officer, make_officer, sign_in
from mingcha.base import idempotency
from mingcha.base.roles import Role
from mingcha.kernel.refusal import Refused
from mingcha.ledger.models import Record

pytestmark = pytest.mark.django_db
LIST = "/accounts/units/"
REGISTER = "accounts.units"


@pytest.fixture
def clerk(db: None) -> User:
    return make_officer(Role.COORDINATOR)


def save(user: User, name: str = "本局股室", query: str = "kind=section&page=3", **more: Any) -> SavedView:
    return services.save_view(actor=as_officer(user), register=REGISTER, name=name, query=query, **more)


def post(client: Client, address: str, **values: Any) -> Any:
    return client.post(address, {"next": LIST, "_once": idempotency.token(), **values})


def test_a_view_is_saved_from_the_list_and_offered_on_it(client: Client, clerk: User) -> None:
    sign_in(client, clerk)
    html = client.get(f"{LIST}?kind=section&sort=-name&page=2").content.decode()
    assert 'name="query" value="kind=section&amp;sort=-name&amp;page=2"' in html
    values = {"register": REGISTER, "query": "kind=section&sort=-name&page=2", "name": " 本局 股室 "}
    answer = post(client, "/accounts/views/save/", **values)
    assert answer["Location"] == f"{LIST}?kind=section&sort=-name"
    shown = client.get(answer["Location"]).content.decode()
    assert "视图“本局 股室”已保存" in shown
    assert f'href="{LIST}?kind=section&amp;sort=-name" aria-current="true">本局 股室' in shown


def test_the_same_name_replaces_ones_own_view(clerk: User) -> None:
    first, second = save(clerk), save(clerk, query="kind=bureau")
    assert first.pk == second.pk
    assert SavedView.objects.get().query == "kind=bureau"


def test_a_default_view_opens_by_itself_and_can_be_left(client: Client, clerk: User) -> None:
    save(clerk, is_default=True)
    sign_in(client, clerk)
    assert client.get(LIST)["Location"] == f"{LIST}?kind=section"
    everything = client.get(f"{LIST}?view=")
    assert everything.status_code == 200
    assert f'href="{LIST}?view="' in client.get(f"{LIST}?kind=section").content.decode()
    assert client.get(LIST, headers={"HX-Request": "true"}).status_code == 200


def test_there_is_one_default_at_a_time(clerk: User) -> None:
    save(clerk, "一", is_default=True)
    save(clerk, "二", is_default=True)
    assert list(SavedView.objects.filter(is_default=True).values_list("name", flat=True)) == ["二"]


def test_colleagues_see_what_is_shared_and_nothing_else(client: Client, clerk: User) -> None:
    save(clerk, "给大家的", shared=True, is_default=True)
    save(clerk, "自己的")
    sign_in(client, make_officer(Role.SECTION_HEAD))
    response = client.get(LIST)
    assert response.status_code == 200
    html = response.content.decode()
    assert "给大家的" in html
    assert f"{clerk.name}共享" in html
    assert "自己的" not in html


def test_only_sharing_is_on_record_and_without_what_was_typed(clerk: User) -> None:
    before = Record.objects.count()
    save(clerk, "自己的")
    assert Record.objects.count() == before
    view = save(clerk, "给大家的", query="q=张三&kind=section", shared=True)
    services.change_view(actor=as_officer(clerk), view=view, name="改了名", shared=True, is_default=False)
    services.delete_view(actor=as_officer(clerk), view=view)
    records = list(Record.objects.order_by("seq")[before:])
    assert [record.event for record in records] == [
        "accounts.view_shared",
        "accounts.shared_view_changed",
        "accounts.shared_view_withdrawn",
    ]
    assert "张三" not in "".join(str(record.__dict__) for record in records)


def test_a_view_is_renamed_and_deleted_on_its_page(client: Client, clerk: User) -> None:
    view = save(clerk)
    sign_in(client, clerk)
    address = f"/accounts/views/{view.pk}/"
    assert "本局股室" in client.get(f"{address}?next={LIST}").content.decode()
    assert post(client, address, name="全部股室", shared="on")["Location"] == LIST
    view.refresh_from_db()
    assert (view.name, view.shared, view.query) == ("全部股室", True, "kind=section")
    assert post(client, f"{address}delete/")["Location"] == LIST
    assert not SavedView.objects.exists()


def test_somebody_elses_view_is_neither_changed_nor_deleted(client: Client, clerk: User) -> None:
    view = save(clerk, shared=True)
    other = make_officer(Role.COORDINATOR)
    sign_in(client, other)
    assert client.get(f"/accounts/views/{view.pk}/").status_code == 404
    assert post(client, f"/accounts/views/{view.pk}/delete/").status_code == 404
    with pytest.raises(Refused) as refused:
        services.delete_view(actor=as_officer(other), view=view)
    assert refused.value.codes == ("accounts.view_of_somebody_else",)


def test_what_cannot_be_saved_comes_back_with_what_was_typed(
    client: Client, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved_views, "MOST", 1)
    save(clerk, "第一个")
    sign_in(client, clerk)
    refused = post(client, "/accounts/views/save/", register=REGISTER, query="kind=section", name="第二个")
    assert refused.status_code == 409
    html = refused.content.decode()
    assert "不能再多" in html
    assert 'value="第二个"' in html
    assert 'value="kind=section"' in html
    empty = post(client, "/accounts/views/save/", register=REGISTER, query="kind=section", name="")
    assert empty.status_code == 422


def test_a_name_that_is_taken_is_refused(clerk: User) -> None:
    save(clerk, "一")
    second = save(clerk, "二")
    with pytest.raises(Refused) as refused:
        services.change_view(actor=as_officer(clerk), view=second, name="一", shared=False, is_default=False)
    assert refused.value.codes == ("accounts.view_name_taken",)
