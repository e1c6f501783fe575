import pytest

from mingcha.accounts import duties, initial, services
from mingcha.accounts.models import DutyConflict, DutyRecord, User
from mingcha.accounts.testing import as_officer, make_officer, sign_in
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import service
from mingcha.base.viewers import PUBLIC, System, Viewer
from mingcha.kernel.refusal import Refused

pytestmark = pytest.mark.django_db

ROSTER = Thing(type="planning.draw", id=1, label="第1号名单")
OTHER = Thing(type="planning.draw", id=2, label="第2号名单")


@pytest.fixture(autouse=True)
def matrix(db) -> None:
    initial.load(actor=System(purpose="tests"))


@pytest.fixture
def both() -> User:
    return make_officer(Role.COORDINATOR, Role.BUREAU_LEADER, name="张三")


def do(user: User, duty: str, thing: Thing = ROSTER) -> DutyRecord | None:
    return duties.perform(actor=as_officer(user), duty=duty, thing=thing)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("draw.seal", "draw.confirm"),
        ("draw.enter-digits", "draw.confirm-digits"),
        ("inspect", "review"),
        ("draft-item", "publish-item"),
        ("request-correction", "approve-correction"),
        ("propose", "approve"),
    ],
)
def test_who_did_one_does_not_do_the_other_in_either_order(both, first, second):
    do(both, first)
    do(both, second, OTHER)
    with pytest.raises(Refused):
        do(both, second)
    with pytest.raises(Refused):
        do(both, first, OTHER)


def test_one_person_with_two_roles_may_do_both_on_different_things(both):
    do(both, "draw.seal", ROSTER)
    assert do(both, "draw.confirm", OTHER) is not None


def test_another_person_may_confirm(both):
    do(both, "draw.seal")
    assert do(make_officer(Role.COORDINATOR), "draw.confirm") is not None


def test_doing_the_same_duty_again_is_no_conflict(both):
    do(both, "draw.seal")
    assert do(both, "draw.seal") is not None


def test_the_refusal_names_what_was_done_when_on_what_basis_and_who_else_may(both, at):
    make_officer(Role.OVERSEER, name="李四")
    do(both, "draw.seal")
    at.advance(hours=1)
    with pytest.raises(Refused) as refused:
        do(both, "draw.confirm")

    (refusal,) = refused.value.refusals
    assert refusal.text() == (
        "您已于 2026-06-09 10:00 对“第1号名单”办理过“封存名单”，同一人不能再办理“确认抽取”"
        "（依据：国办发〔2015〕58号：双随机抽查全程留痕，实现责任可追溯）。请由另一人办理，例如：李四。"
    )


def test_the_refusal_does_not_propose_who_is_barred_as_well(both):
    barred = make_officer(Role.COORDINATOR, name="也封存过")
    do(barred, "draw.seal")
    do(both, "draw.seal")
    with pytest.raises(Refused) as refused:
        do(both, "draw.confirm")
    assert "也封存过" not in refused.value.text()
    assert "请系统管理员给另一人授予相应角色" in refused.value.text()


def test_a_deputy_counts_as_the_person_who_acts(both):
    leader = make_officer(Role.BUREAU_LEADER)
    services.name_deputy(
        actor=as_officer(leader), user=leader, deputy=both, since=clock.today(), until=clock.today()
    )
    do(both, "propose")
    with pytest.raises(Refused):
        do(both, "approve")
    assert do(leader, "approve") is not None


def test_when_the_work_fails_the_duty_was_not_performed(both):
    @service
    def seal_and_fail(*, actor: Viewer) -> None:
        duties.perform(actor=actor, duty="draw.seal", thing=ROSTER)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        seal_and_fail(actor=as_officer(both))

    assert do(both, "draw.confirm") is not None


def test_the_platform_itself_has_no_duties():
    assert duties.perform(actor=System(purpose="clock"), duty="draw.seal", thing=ROSTER) is None
    assert not DutyRecord.objects.exists()


def test_the_public_cannot_perform_a_duty():
    with pytest.raises(TypeError):
        duties.perform(actor=PUBLIC, duty="draw.seal", thing=ROSTER)


def test_an_unknown_duty_is_a_fault_of_the_program(both):
    with pytest.raises(ValueError, match=r"draw\.sael"):
        do(both, "draw.sael")


def test_a_page_can_ask_before_the_button_is_pressed(both):
    actor = as_officer(both)
    assert duties.would_conflict(actor=actor, duty="draw.confirm", thing=ROSTER) is None
    do(both, "draw.seal")
    refusal = duties.would_conflict(actor=actor, duty="draw.confirm", thing=ROSTER)
    assert refusal is not None
    assert refusal.code == "accounts.duty_conflict"


def test_a_pair_that_may_be_only_noted_is_noted(both, admin):
    pair = DutyConflict.objects.get(duty_a="draft-item")
    services.set_enforced(actor=admin, conflict=pair, enforced=False, why="全局只有两人")
    do(both, "draft-item")

    record = do(both, "publish-item")

    assert record is not None
    assert record.noticed == pair


def test_the_pairs_of_the_draw_cannot_be_switched_off(admin):
    pair = DutyConflict.objects.get(duty_a="draw.confirm")
    with pytest.raises(Refused) as refused:
        services.set_enforced(actor=admin, conflict=pair, enforced=False, why="人手不够")
    assert refused.value.codes == ("accounts.duty_mandatory",)


def test_switching_needs_an_administrator_and_a_reason(admin):
    pair = DutyConflict.objects.get(duty_a="draft-item")
    with pytest.raises(Refused) as refused:
        services.set_enforced(actor=admin, conflict=pair, enforced=False, why="")
    assert refused.value.codes == ("accounts.duty_why",)
    overseer = as_officer(make_officer(Role.OVERSEER))
    with pytest.raises(Refused) as refused:
        services.set_enforced(actor=overseer, conflict=pair, enforced=False, why="理由")
    assert refused.value.codes == ("accounts.administrators_only",)


def test_loading_again_keeps_what_the_administrator_decided(admin):
    pair = DutyConflict.objects.get(duty_a="draft-item")
    services.set_enforced(actor=admin, conflict=pair, enforced=False, why="全局只有两人")
    before = DutyConflict.objects.count()

    initial.load(actor=System(purpose="tests"))

    pair.refresh_from_db()
    assert not pair.enforced
    assert DutyConflict.objects.count() == before == 6


def test_every_duty_of_the_matrix_is_declared():
    used = {code for row in initial.CONFLICTS for code in row[:2]}
    assert used <= set(duties.catalogue)


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.ADMINISTRATOR, 200), (Role.OVERSEER, 200), (Role.COORDINATOR, 403), (Role.BUREAU_LEADER, 403)],
)
def test_the_matrix_page_is_for_administrators_and_overseers(client, role, status):
    sign_in(client, make_officer(role))
    response = client.get("/accounts/duties/")
    assert response.status_code == status
    if status == 200:
        text = response.content.decode()
        assert "封存名单" in text
        assert "国办发〔2015〕58号" in text
        assert ("改为只记录" in text) == (role == Role.ADMINISTRATOR)


def test_an_administrator_switches_a_pair_on_the_page(client):
    sign_in(client, make_officer(Role.ADMINISTRATOR))
    pair = DutyConflict.objects.get(duty_a="draft-item")
    page = client.get("/accounts/duties/").content.decode()
    token = page.split(f"duties/{pair.pk}/enforced/")[1].split('name="_once" value="')[1].split('"')[0]

    response = client.post(
        f"/accounts/duties/{pair.pk}/enforced/", {"_once": token, "enforced": "", "reason": "人手少"}
    )

    assert response.status_code == 302
    pair.refresh_from_db()
    assert not pair.enforced
