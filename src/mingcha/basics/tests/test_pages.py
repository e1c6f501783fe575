"""The pages of basics do what their buttons say, for those who may, and only by POST."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.safestring import mark_safe

from mingcha.accounts.models import Unit, User
from mingcha.accounts.testing import as_officer, make_officer, make_unit, sign_in
from mingcha.base import idempotency
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System
from mingcha.basics import things
from mingcha.basics.models import Approval, Deadline, DeadlineRule, DocumentNumber, ParameterValue, WorkDay
from mingcha.basics.selectors import parameters as parameter_reading
from mingcha.basics.selectors import workdays as reading
from mingcha.basics.services import approvals, deadlines, numbers
from mingcha.basics.tests.factories import PDF, thing
from mingcha.web import navigation
from mingcha.web.providers import next_steps

pytestmark = pytest.mark.usefixtures("loaded")
SYSTEM = System(purpose="tests")
SignIn = Callable[..., None]


def post(client: Client, name: str, *args: Any, **values: Any) -> Any:
    return client.post(reverse(name, args=args), {"_once": idempotency.token(), **values})


class TestParameters:
    def test_entering_a_value(self, client: Client, sign_in_as: SignIn) -> None:
        sign_in_as(client, Role.COORDINATOR)
        parameter = ParameterValue.objects.get(parameter__code="CAP_C").parameter
        form = client.get(reverse("basics:parameters-set", args=[parameter.pk]))
        assert "整数" in form.content.decode()
        response = post(
            client,
            "basics:parameters-set",
            parameter.pk,
            value="3",
            effective_from="2027-01-01",
            source="石人社〔2026〕9号",
        )
        assert response.status_code == 302
        assert parameter_reading.value("CAP_C", on=date(2027, 1, 1)).as_int() == 3
        page = client.get(response["Location"]).content.decode()
        assert "2026-12-31" in page and "待确认" in page

    def test_a_refused_value_comes_back_with_what_was_typed(self, client: Client, sign_in_as: SignIn) -> None:
        sign_in_as(client, Role.COORDINATOR)
        parameter = ParameterValue.objects.get(parameter__code="CAP_C").parameter
        response = post(
            client,
            "basics:parameters-set",
            parameter.pk,
            value="三次",
            effective_from="2027-01-01",
            source="某文件甲",
        )
        assert response.status_code == 409
        assert "三次" in response.content.decode() and "某文件甲" in response.content.decode()

    def test_confirming_a_value_and_a_rule(self, client: Client, sign_in_as: SignIn) -> None:
        sign_in_as(client, Role.SECTION_HEAD)
        row = ParameterValue.objects.get(parameter__code="CAP_C")
        detail = client.get(reverse("basics:unconfirmed-detail", args=[row.pk])).content.decode()
        assert reverse("basics:unconfirmed-confirm", args=[row.pk]) in detail
        assert post(client, "basics:unconfirmed-confirm", row.pk, reason="与原件核对").status_code == 302
        row.refresh_from_db()
        assert row.confirmed
        rule = DeadlineRule.objects.get(code="T06")
        assert post(client, "basics:rules-confirm", rule.pk, reason="与原件核对").status_code == 302
        rule.refresh_from_db()
        assert rule.confirmed

    def test_an_administrator_is_offered_no_confirmation(self, client: Client, sign_in_as: SignIn) -> None:
        sign_in_as(client, Role.ADMINISTRATOR)
        row = ParameterValue.objects.get(parameter__code="CAP_C")
        detail = client.get(reverse("basics:unconfirmed-detail", args=[row.pk])).content.decode()
        assert reverse("basics:unconfirmed-confirm", args=[row.pk]) not in detail
        assert post(client, "basics:unconfirmed-confirm", row.pk, reason="核对").status_code == 403


class TestWorkDays:
    def test_the_year_shows_holidays_and_shifted_days(self, client: Client, sign_in_as: SignIn) -> None:
        sign_in_as(client, Role.INSPECTOR)
        page = client.get(reverse("basics:workdays")).content.decode()
        assert "2026 年工作日历" in page and "国庆节" in page and "班" in page
        assert "录入放假安排" not in page

    def test_a_provisional_year_says_so(self, client: Client, sign_in_as: SignIn) -> None:
        sign_in_as(client, Role.COORDINATOR)
        page = client.get(reverse("basics:workdays-year", args=[2027])).content.decode()
        assert "暂定" in page and reverse("basics:workdays-publish", args=[2027]) in page

    def test_a_year_that_nobody_entered_is_not_there(self, client: Client, sign_in_as: SignIn) -> None:
        sign_in_as(client, Role.COORDINATOR)
        assert client.get(reverse("basics:workdays-year", args=[1999])).status_code == 404
        assert client.get(reverse("basics:workdays-publish", args=[1999])).status_code == 404

    def test_publishing_by_the_form(self, client: Client, sign_in_as: SignIn) -> None:
        sign_in_as(client, Role.COORDINATOR)
        deadline = deadlines.start(
            actor=SYSTEM,
            rule="T04",
            thing=thing("某公司立案"),
            started_on=date(2026, 11, 23),
            owner=deadlines.Owner(role=Role.COORDINATOR),
        )
        response = post(
            client,
            "basics:workdays-publish",
            2027,
            source="国办2027年通知",
            holidays="2027-01-01 元旦\n2027-02-05 至 2027-02-12 春节\n2027-04-05 清明节\n"
            "2027-05-01 至 2027-05-05 劳动节\n2027-06-09 端午节\n2027-09-15 中秋节\n"
            "2027-10-01至2027-10-07 国庆节",
            worked="2027-02-14 春节补班",
        )
        assert response.status_code == 302, response.content.decode()
        assert 2027 in reading.known_years()
        assert WorkDay.objects.get(date=date(2027, 2, 8)).name == "春节"
        page = client.get(response["Location"]).content.decode()
        assert "因此变动的期限" in page and reverse("basics:deadlines-detail", args=[deadline.pk]) in page

    @pytest.mark.parametrize(
        "typed", ["2027-02-30 春节", "二月五日", "2027-02-12 至 2027-02-05", "2027-01-01 至 2027-12-31"]
    )
    def test_lines_that_make_no_sense_are_named(self, client: Client, sign_in_as: SignIn, typed: str) -> None:
        sign_in_as(client, Role.COORDINATOR)
        response = post(client, "basics:workdays-publish", 2027, source="通知", holidays=typed)
        assert response.status_code == 422
        assert "第 1 行" in response.content.decode()

    def test_a_day_cannot_be_both_off_and_worked(self, client: Client, sign_in_as: SignIn) -> None:
        sign_in_as(client, Role.COORDINATOR)
        response = post(
            client,
            "basics:workdays-publish",
            2027,
            source="通知",
            holidays="2027-02-06 春节",
            worked="2027-02-06",
        )
        assert response.status_code == 422

    def test_correcting_a_day(self, client: Client, sign_in_as: SignIn) -> None:
        sign_in_as(client, Role.ADMINISTRATOR)
        assert client.get(reverse("basics:workdays-day", args=["2026-12-31"])).status_code == 200
        response = post(client, "basics:workdays-day", "2026-12-31", is_workday="no", why="区政府通知")
        assert response.status_code == 302
        assert not WorkDay.objects.get(date=date(2026, 12, 31)).is_workday
        assert "区政府通知" in client.get(response["Location"]).content.decode()
        assert client.get(reverse("basics:workdays-day", args=["2026-13-31"])).status_code == 404
        assert client.get(reverse("basics:workdays-day", args=["1999-01-01"])).status_code == 404


class TestDeadlines:
    def start(self) -> Deadline:
        return deadlines.start(
            actor=SYSTEM,
            rule="T04",
            thing=thing("某公司立案"),
            started_on=date(2026, 9, 1),
            owner=deadlines.Owner(role=Role.COORDINATOR),
        )

    def test_an_extension_from_button_to_new_date(self, client: Client, leader: Officer) -> None:
        deadline = self.start()
        sign_in(client, make_officer(Role.COORDINATOR))
        page = client.get(reverse("basics:deadlines-detail", args=[deadline.pk])).content.decode()
        assert "提请延期" in page
        response = post(client, "basics:deadlines-extend", deadline.pk, reason="涉及人数多")
        assert response.status_code == 302, response.content.decode()
        approval = Approval.objects.get()
        sign_in(client, User.objects.get(pk=leader.id))
        page = client.get(reverse("basics:approvals-detail", args=[approval.pk])).content.decode()
        assert "完成调查" in page and "30个工作日" in page
        assert post(client, "basics:approvals-approve", approval.pk).status_code == 302
        deadline.refresh_from_db()
        assert deadline.extended_from == date(2026, 11, 30)
        page = client.get(reverse("basics:deadlines-detail", args=[deadline.pk])).content.decode()
        assert "到期日的变动" in page and "暂定" in page

    def test_cancelling_needs_its_reason(self, client: Client, sign_in_as: SignIn) -> None:
        deadline = self.start()
        sign_in_as(client, Role.COORDINATOR)
        assert post(client, "basics:deadlines-cancel", deadline.pk, reason="").status_code == 409
        assert post(client, "basics:deadlines-cancel", deadline.pk, reason="撤案").status_code == 302
        deadline.refresh_from_db()
        assert deadline.state == "cancelled"

    def test_anothers_deadline_is_a_404(self, client: Client) -> None:
        deadline = self.start()
        sign_in(client, make_officer(Role.INSPECTOR))
        assert client.get(reverse("basics:deadlines-detail", args=[deadline.pk])).status_code == 404
        assert post(client, "basics:deadlines-extend", deadline.pk, reason="想看看").status_code == 404


class TestNumbers:
    def test_voiding_from_the_register(self, client: Client, sign_in_as: SignIn) -> None:
        number = numbers.issue(actor=SYSTEM, series="inspect-notice", thing=thing())
        sign_in_as(client, Role.COORDINATOR)
        assert "作废文号" in client.get(reverse("basics:numbers-detail", args=[number.pk])).content.decode()
        assert post(client, "basics:numbers-void", number.pk, reason="填错").status_code == 302
        assert DocumentNumber.objects.get().state == "void"


class TestApprovals:
    @pytest.fixture(autouse=True)
    def _people(self, loaded: None, settings: Any, tmp_path: Any) -> None:
        settings.MEDIA_ROOT = tmp_path
        self.clerk = make_officer(Role.COORDINATOR, name="周经办")
        self.leader = make_officer(Role.BUREAU_LEADER, name="郑局长")

    def propose(self, kind: str = "inspection", about: Thing | None = None) -> Approval:
        return approvals.propose(
            actor=as_officer(self.clerk),
            kind=kind,
            thing=about or thing("某公司检查"),
            summary="检查用工情况",
        )

    def page(self, client: Client, user: User, approval: Approval, name: str = "detail") -> str:
        sign_in(client, user)
        response = client.get(reverse(f"basics:approvals-{name}", args=[approval.pk]))
        assert response.status_code == 200
        return response.content.decode()

    def test_each_sees_only_the_buttons_that_are_theirs(self, client: Client) -> None:
        approval = self.propose()
        mine = self.page(client, self.clerk, approval)
        theirs = self.page(client, self.leader, approval)
        onlooker = self.page(client, make_officer(Role.OVERSEER), approval)

        def buttons(page: str) -> set[str]:
            return set(re.findall(rf'/approvals/{approval.pk}/(\w+)/"', page)) - {"history"}

        assert buttons(mine) == {"withdraw", "telephone", "print", "paper"}
        assert buttons(theirs) == {"approve", "return", "print"}
        assert buttons(onlooker) == {"print"}

    def test_what_is_approved_is_shown_as_its_app_shows_it(self, client: Client) -> None:
        unit = make_unit("劳动监察股")
        things.register(
            Unit,
            label="单位",
            render=lambda viewer, pk: mark_safe("<p>十家企业，两名执法人员</p>"),
        )
        try:
            approval = self.propose(about=Thing.of(unit))
            assert "<p>十家企业，两名执法人员</p>" in self.page(client, self.leader, approval)
            assert "<p>十家企业，两名执法人员</p>" in self.page(client, self.leader, approval, "print")
        finally:
            things.forget("accounts.unit")

    def test_approving_returning_and_withdrawing(self, client: Client) -> None:
        approval = self.propose()
        sign_in(client, self.leader)
        assert post(client, "basics:approvals-return", approval.pk, reason="补充依据").status_code == 302
        sign_in(client, self.clerk)
        assert "补充依据" in self.page(client, self.clerk, approval)
        assert post(client, "basics:approvals-submit", approval.pk).status_code == 302
        sign_in(client, self.leader)
        assert post(client, "basics:approvals-approve", approval.pk, opinion="同意").status_code == 302
        approval.refresh_from_db()
        assert approval.state == "approved"
        sign_in(client, self.clerk)
        assert post(client, "basics:approvals-withdraw", approval.pk, reason="反悔").status_code == 409

    def test_nothing_changes_on_get(self, client: Client) -> None:
        approval = self.propose()
        sign_in(client, self.leader)
        for verb in ("approve", "return", "submit", "withdraw"):
            assert client.get(reverse(f"basics:approvals-{verb}", args=[approval.pk])).status_code == 405
        approval.refresh_from_db()
        assert approval.state == "submitted"

    def test_the_list_of_mine(self, client: Client) -> None:
        self.propose()
        sign_in(client, self.leader)
        page = client.get(reverse("basics:my-approvals")).content.decode()
        assert "某公司检查" in page
        sign_in(client, make_officer(Role.INSPECTOR))
        page = client.get(reverse("basics:my-approvals")).content.decode()
        assert "某公司检查" not in page and "没有等您审批的事项" in page

    def test_telephone_by_the_form(self, client: Client) -> None:
        approval = self.propose()
        form = self.page(client, self.clerk, approval, "telephone")
        assert "郑局长" in form and "周经办" not in form.split("<form")[-1].split("</form>")[0]
        response = post(
            client,
            "basics:approvals-telephone",
            approval.pk,
            approver=str(self.leader.pk),
            spoken_at="2026-11-23T08:30",
            reason="证据可能灭失",
        )
        assert response.status_code == 302, response.content.decode()
        page = client.get(response["Location"]).content.decode()
        assert "2026-11-23 08:30" in page and "2026-11-25" in page

    def test_the_signed_sheet_comes_back(self, client: Client) -> None:
        approval = self.propose()
        assert "签字" in self.page(client, self.clerk, approval, "print")
        assert "郑局长" in self.page(client, self.clerk, approval, "paper")
        response = post(
            client,
            "basics:approvals-paper",
            approval.pk,
            file=SimpleUploadedFile("审批表.pdf", PDF),
            signed_on="2026-11-23",
            signer=str(self.leader.pk),
        )
        assert response.status_code == 302, response.content.decode()
        page = client.get(response["Location"]).content.decode()
        assert "审批表.pdf" in page and "周经办 登记" in page and "已批准" in page

    def test_a_strangers_approval_is_a_404(self, client: Client) -> None:
        approval = self.propose()
        sign_in(client, make_officer(Role.INSPECTOR))
        for name in ("detail", "print", "telephone", "paper"):
            assert client.get(reverse(f"basics:approvals-{name}", args=[approval.pk])).status_code == 404
        assert post(client, "basics:approvals-approve", approval.pk).status_code == 404


def test_the_table_of_limits_is_for_administrators(client: Client, sign_in_as: SignIn) -> None:
    sign_in_as(client, Role.COORDINATOR)
    assert client.get(reverse("basics:limits")).status_code == 403
    sign_in_as(client, Role.ADMINISTRATOR)
    page = client.get(reverse("basics:limits")).content.decode()
    assert "20 MiB" in page and "MINGCHA_LIMIT_UPLOAD_BYTES" in page


@pytest.mark.parametrize("role", list(Role))
def test_every_menu_entry_of_basics_opens_for_those_who_see_it(
    client: Client, sign_in_as: SignIn, role: Role
) -> None:
    user = make_officer(role)
    sign_in(client, user)
    mine = [entry for entry in navigation.entries_for(as_officer(user)) if entry.code.startswith("basics.")]
    assert mine
    for entry in mine:
        assert client.get(entry.url).status_code == 200, entry.code


def test_the_home_lists_unconfirmed_parameters_and_the_next_calendar(coordinator: Officer) -> None:
    titles = [step.title for step in next_steps.gather(coordinator)]
    assert any("参数待确认" in title for title in titles)
    assert "录入 2027 年放假安排" in titles
    inspector = as_officer(make_officer(Role.INSPECTOR))
    assert not any("参数待确认" in step.title for step in next_steps.gather(inspector))
