from urllib.parse import unquote

import pytest
from django.test import Client

from mingcha.accounts import services, totp
from mingcha.accounts.models import Authenticator, RecoveryCode, User
from mingcha.accounts.services.factor import Verdict
from mingcha.accounts.testing import PASSWORD, as_officer, make_authenticator, make_officer, sign_in
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.kernel.refusal import Refused

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/sign-in/"
STEP = "/accounts/second-step/"


def code(device: Authenticator, offset: int = 0) -> str:
    return totp.code_at(device.secret, totp.step_at(clock.now()) + offset)


def verify(user: User, given: str):
    return services.verify_second_step(actor=as_officer(user), user=user, code=given)


@pytest.fixture
def user():
    return make_officer(Role.COORDINATOR, username="zhangsan", password=PASSWORD)


@pytest.fixture
def device(user, at):
    return make_authenticator(user)


def test_the_codes_are_those_of_rfc_6238():
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    codes = {59: "287082", 1111111109: "081804", 20000000000: "353130"}
    assert {moment: totp.code_at(secret, moment // 30) for moment in codes} == codes


@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_a_code_of_now_or_one_step_beside_is_accepted(user, device, offset):
    assert verify(user, code(device, offset)).accepted


def test_a_code_works_once(user, device):
    assert verify(user, code(device)).accepted
    assert verify(user, code(device)).verdict is Verdict.USED


def test_an_earlier_code_does_not_work_after_a_later_one(user, device):
    assert verify(user, code(device, 1)).accepted
    assert verify(user, code(device, 0)).verdict is Verdict.USED


@pytest.mark.parametrize(("offset", "slow", "minutes"), [(-4, True, 2), (5, False, 2.5), (-10, True, 5)])
def test_a_wrong_clock_is_told_from_a_wrong_code(user, device, offset, slow, minutes):
    outcome = verify(user, code(device, offset))

    assert outcome.verdict is Verdict.WRONG_CLOCK
    assert (outcome.skew.slow, outcome.skew.minutes) == (slow, minutes)


def test_beyond_five_minutes_it_is_just_wrong(user, device):
    assert verify(user, code(device, 11)).verdict is Verdict.WRONG


def test_a_code_that_a_hint_gave_away_never_works(user, device, at):
    early = code(device, 5)
    assert verify(user, early).verdict is Verdict.WRONG_CLOCK
    at.advance(seconds=150)
    assert verify(user, early).verdict is Verdict.USED


def test_wrong_codes_wait_longer_and_longer(user, device, at):
    for _i in range(3):
        assert verify(user, "000000").verdict is Verdict.WRONG
    outcome = verify(user, code(device))
    assert (outcome.verdict, outcome.wait.total_seconds()) == (Verdict.WAIT, 2)
    at.advance(seconds=2)
    assert verify(user, "000000").verdict is Verdict.WRONG
    assert verify(user, "000000").wait.total_seconds() == 4


def test_no_wait_is_longer_than_a_quarter_of_an_hour(user, device, at):
    Authenticator.objects.update(failures=900, failed_at=clock.now())
    assert verify(user, code(device)).wait.total_seconds() == 900
    at.advance(minutes=15)
    assert verify(user, code(device)).accepted


def test_nobody_is_signed_in_between_the_two_steps(client, user, device):
    response = client.post(
        SIGN_IN, {"username": "zhangsan", "password": PASSWORD, "next": "/accounts/roles/"}
    )
    assert response["Location"] == STEP
    assert client.get("/accounts/me/").status_code == 302

    response = client.post(STEP, {"code": code(device)})
    assert response["Location"] == "/accounts/roles/"
    response = client.get("/accounts/me/")
    assert response.status_code == 200
    assert response.wsgi_request.user.is_verified()


def test_the_second_step_cannot_be_reached_without_the_first(client, user, device):
    assert client.post(STEP, {"code": code(device)})["Location"] == SIGN_IN
    assert client.get("/accounts/me/").status_code == 302


def test_the_second_step_must_follow_within_five_minutes(client, user, device, at):
    client.post(SIGN_IN, {"username": "zhangsan", "password": PASSWORD})
    at.advance(minutes=5, seconds=1)
    assert client.post(STEP, {"code": code(device)})["Location"] == SIGN_IN


def test_after_five_wrong_codes_the_password_is_asked_again(client, user, device, at):
    client.post(SIGN_IN, {"username": "zhangsan", "password": PASSWORD})
    for _i in range(4):
        assert client.post(STEP, {"code": "000000"}).status_code == 422
        at.advance(seconds=30)
    assert client.post(STEP, {"code": "000000"})["Location"] == SIGN_IN
    at.advance(minutes=1)
    assert client.post(STEP, {"code": code(device)})["Location"] == SIGN_IN


def test_a_slow_phone_is_explained_on_the_page(client, user, device):
    client.post(SIGN_IN, {"username": "zhangsan", "password": PASSWORD})
    text = client.post(STEP, {"code": code(device, -4)}).content.decode()
    assert "手机时间慢了约 2 分钟" in text


def enrolled(client: Client, user: User) -> list[str]:
    """Enrol through the pages; gives the recovery codes that were shown."""
    page = client.get("/accounts/me/second-factor/").content.decode()
    token = page.split('name="_once" value="')[1].split('"')[0]
    response = client.post("/accounts/me/second-factor/start/", {"_once": token})
    assert response["Location"] == "/accounts/me/second-factor/enrol/"
    page = client.get(response["Location"]).content.decode()
    device = Authenticator.objects.get(user=user)
    assert totp.grouped(device.secret) in page
    assert 'src="data:image/svg+xml' in page
    done = client.post(response["Location"], {"code": code(device)})
    assert done.status_code == 200
    return [line.split("</code>")[0] for line in done.content.decode().split("<li><code>")[1:]]


def test_enrolling_shows_the_secret_and_ends_with_ten_recovery_codes(client, user, at):
    sign_in(client, user, verified=False)
    codes = enrolled(client, user)

    assert len(set(codes)) == 10
    assert client.get("/accounts/me/").wsgi_request.user.is_verified()
    assert Authenticator.objects.get(user=user).confirmed


def test_the_secret_is_shown_no_more_once_it_is_confirmed(client, user, at):
    sign_in(client, user, verified=False)
    enrolled(client, user)
    assert client.get("/accounts/me/second-factor/enrol/").status_code == 302
    with pytest.raises(Refused) as refused:
        services.start_enrolment(actor=as_officer(user), user=user)
    assert refused.value.codes == ("accounts.factor_enrolled",)


def test_an_unconfirmed_secret_is_not_asked_for_at_signing_in(client, user, at):
    services.start_enrolment(actor=as_officer(user), user=user)
    response = client.post(SIGN_IN, {"username": "zhangsan", "password": PASSWORD})
    assert response["Location"] == "/"


def test_enrolling_ends_the_persons_other_sessions(client, user, at):
    elsewhere = sign_in(Client(), user, verified=False)
    sign_in(client, user, verified=False)
    enrolled(client, user)

    assert client.get("/accounts/me/").status_code == 200
    assert elsewhere.get("/accounts/me/").status_code == 302


def test_the_qr_code_carries_issuer_account_and_secret():
    uri = totp.otpauth_uri("GEZDGNBV", account="zhangsan", issuer="明查")
    assert unquote(uri).startswith("otpauth://totp/明查:zhangsan?secret=GEZDGNBV&issuer=明查")


def test_a_recovery_code_signs_in_once(client, user, at):
    sign_in(client, user, verified=False)
    codes = enrolled(client, user)
    for expected in ("/", SIGN_IN):
        phone = Client()
        phone.post(SIGN_IN, {"username": "zhangsan", "password": PASSWORD})
        response = phone.post(STEP, {"code": codes[0].lower().replace("-", " ")})
        if expected == "/":
            assert response["Location"] == "/"
        else:
            assert response.status_code == 422


def test_recovery_codes_are_stored_as_digests_and_the_secret_encrypted(client, user, at):
    from django.db import connection

    sign_in(client, user, verified=False)
    codes = enrolled(client, user)
    secret = Authenticator.objects.get(user=user).secret
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM accounts_recoverycode")
        stored = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT secret FROM accounts_authenticator")
        (raw,) = cursor.fetchone()

    assert len(stored) == 10
    assert not set(stored) & {*codes, *(one.replace("-", "") for one in codes)}
    assert secret not in raw


def test_new_recovery_codes_need_a_code_and_void_the_old(client, user, device):
    sign_in(client, user)
    old = services.renew_recovery_codes(actor=as_officer(user), user=user, code=code(device)).recovery_codes
    wrong = client.post("/accounts/me/second-factor/recovery-codes/", {"code": "000000"})
    assert wrong.status_code == 422
    right = client.post("/accounts/me/second-factor/recovery-codes/", {"code": code(device, 1)})
    assert right.status_code == 200
    assert not verify(user, old[0]).accepted
    assert RecoveryCode.objects.filter(user=user).count() == 10


def test_unbinding_ones_phone_needs_a_code_from_it(client, user, device):
    sign_in(client, user)
    assert client.post("/accounts/me/second-factor/disable/", {"code": "000000"}).status_code == 422
    assert Authenticator.objects.filter(user=user).exists()
    assert client.post("/accounts/me/second-factor/disable/", {"code": code(device)}).status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()


def test_an_administrator_unbinds_a_lost_phone_and_the_sessions_end(client, user, device, admin):
    sign_in(client, user)
    services.reset_factor(actor=admin, user=user, why="手机遗失，已当面核实")

    assert not Authenticator.objects.filter(user=user).exists()
    assert client.get("/accounts/me/").status_code == 302


def test_unbinding_needs_a_reason_and_is_not_for_ones_own_phone(user, device, admin):
    with pytest.raises(Refused) as refused:
        services.reset_factor(actor=admin, user=user, why=" ")
    assert refused.value.codes == ("accounts.factor_why",)
    with pytest.raises(Refused) as refused:
        services.reset_factor(actor=admin, user=User.objects.get(pk=admin.id), why="换手机")
    assert refused.value.codes == ("accounts.factor_own_reset",)


def test_an_administrator_must_enrol_before_anything_opens(client, admin):
    sign_in(client, User.objects.get(pk=admin.id), verified=False)
    response = client.get("/accounts/users/")

    assert response["Location"] == "/accounts/me/second-factor/"
    assert not response.wsgi_request.viewer.roles
    assert client.get("/accounts/me/second-factor/").status_code == 200
    enrolled(client, User.objects.get(pk=admin.id))
    assert client.get("/accounts/users/").status_code == 200


def test_which_roles_must_enrol_is_a_setting(client, admin, user, settings):
    settings.TOTP_ROLES = ["coordinator"]
    desk = sign_in(Client(), User.objects.get(pk=admin.id), verified=False)
    sign_in(client, user, verified=False)

    assert desk.get("/accounts/users/").status_code == 200
    assert client.get("/accounts/roles/")["Location"] == "/accounts/me/second-factor/"


def test_a_deputy_of_a_leader_must_enrol_too(client, user, at):
    leader = make_officer(Role.BUREAU_LEADER)
    sign_in(client, user, verified=False)
    assert client.get("/accounts/roles/").status_code == 200
    services.name_deputy(
        actor=as_officer(leader), user=leader, deputy=user, since=clock.today(), until=clock.today()
    )
    assert client.get("/accounts/roles/")["Location"] == "/accounts/me/second-factor/"


def test_a_session_that_skipped_the_step_ends_once_a_phone_is_bound(client, admin):
    person = User.objects.get(pk=admin.id)
    sign_in(client, person, verified=False)
    make_authenticator(person)

    assert client.get("/accounts/users/")["Location"].startswith(SIGN_IN)


def test_nobody_enrols_for_somebody_else(user, admin):
    with pytest.raises(Refused) as refused:
        services.start_enrolment(actor=admin, user=user)
    assert refused.value.codes == ("accounts.factor_own_only",)


def test_the_session_key_changes_at_each_step(client, user, device):
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    keys = [session.session_key]

    client.post(SIGN_IN, {"username": "zhangsan", "password": PASSWORD})
    keys.append(client.session.session_key)
    client.post(STEP, {"code": code(device)})
    keys.append(client.session.session_key)

    assert len(set(keys)) == 3
