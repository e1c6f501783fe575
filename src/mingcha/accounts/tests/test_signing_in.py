import pytest

from mingcha.accounts import services
from mingcha.accounts.models import SignIn
from mingcha.accounts.testing import PASSWORD, make_officer, sign_in
from mingcha.base.roles import Role

pytestmark = pytest.mark.django_db

URL = "/accounts/sign-in/"


def attempt(client, username: str, password: str, **more: str):
    return client.post(URL, {"username": username, "password": password, **more})


def test_the_right_password_signs_in_and_is_recorded(client):
    user = make_officer(Role.COORDINATOR, username="zhangsan", password=PASSWORD)
    response = client.post(
        URL,
        {"username": " ZhangSan ", "password": PASSWORD},
        headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/92.0.4515.107 Safari/537.36"},
    )

    assert (response.status_code, response["Location"]) == (302, "/")
    record = SignIn.objects.get(user=user)
    assert record.session_key == client.session.session_key
    assert record.browser == "Chrome 92 · Windows"
    assert client.get("/accounts/me/").wsgi_request.viewer.id == user.pk


def test_the_session_key_changes_when_signing_in(client):
    make_officer(username="zhangsan", password=PASSWORD)
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key

    attempt(client, "zhangsan", PASSWORD)

    assert client.session.session_key != planted


def test_a_wrong_password_an_unknown_name_and_a_closed_account_are_answered_alike(client, admin):
    make_officer(username="zhangsan", password=PASSWORD)
    gone = make_officer(username="lisi", password=PASSWORD)
    services.deactivate(actor=admin, user=gone, why="退休")

    def answer(username: str, password: str) -> tuple[int, str]:
        response = attempt(client, username, password)
        text = response.content.decode()
        start, end = text.index("<main"), text.index("</main>")
        page = text[start:end].replace(username, "NAME")
        token = response.context["csrf_token"]
        return response.status_code, page.replace(str(token), "TOKEN")

    wrong, unknown, closed = (
        answer("zhangsan", "not-it"),
        answer("wangwu", "not-it"),
        answer("lisi", PASSWORD),
    )

    assert wrong == unknown == closed
    assert wrong[0] == 422
    assert "登录名或密码不正确" in wrong[1]


def test_an_unknown_name_costs_a_hash_like_a_known_one(client, monkeypatch):
    from mingcha.accounts.models import User

    hashed: list[str] = []
    original = User.set_password
    monkeypatch.setattr(
        User, "set_password", lambda self, raw: (hashed.append("once"), original(self, raw))[1]
    )
    attempt(client, "nobody", "not-it")

    assert hashed == ["once"]


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "9999", "a:b"],
)
def test_signing_in_never_leads_to_another_site(client, target):
    make_officer(username="zhangsan", password=PASSWORD)
    assert attempt(client, "zhangsan", PASSWORD, next=target)["Location"] == "/"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(client):
    make_officer(username="zhangsan", password=PASSWORD)
    asked = client.get("/accounts/roles/")
    assert asked["Location"] == "/accounts/sign-in/?next=/accounts/roles/"
    assert 'name="next" value="/accounts/roles/"' in client.get(asked["Location"]).content.decode()

    assert attempt(client, "zhangsan", PASSWORD, next="/accounts/roles/")["Location"] == "/accounts/roles/"


def test_the_name_stays_in_the_form_and_the_password_does_not(client):
    text = attempt(client, "zhangsan", "Secret-guess-1").content.decode()
    assert 'value="zhangsan"' in text
    assert "Secret-guess-1" not in text


def test_signing_out_is_a_post(client):
    sign_in(client, make_officer(Role.COORDINATOR))

    assert client.get("/accounts/sign-out/").status_code == 405
    assert client.get("/accounts/me/").status_code == 200
    assert client.post("/accounts/sign-out/")["Location"] == URL
    assert client.get("/accounts/me/").status_code == 302
    assert SignIn.objects.get().ended_because == "signed_out"


def test_a_visitor_without_an_account_sees_public_pages_as_the_public(client):
    response = client.get(URL)
    assert response.wsgi_request.viewer.kind == "public"
