"""Forms find a firm by part of its name or code; they offer and accept only what the viewer may know of."""

from __future__ import annotations

import pytest
from django.test import Client

from mingcha.accounts.models import RoleGrant, Unit
from mingcha.accounts.testing import as_officer, make_officer, sign_in
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.kernel import credit_code
from mingcha.registry.forms import RecusalForm
from mingcha.registry.models import Subject
from mingcha.registry.services import enter_subject
from mingcha.registry.tests import test_entering_a_subject
from mingcha.web.forms import limit_choices

ADDRESS = "/registry/recusals/new/"


def make(actor: Officer, number: int, name: str, **changes: str) -> Subject:
    given = {"name": name, "credit_code": credit_code.synthetic(number)} | changes
    return enter_subject(actor=actor, values=test_entering_a_subject.values(**given))


def suggested(client: Client, text: str) -> list[dict[str, str]]:
    response = client.get("/lookup/subjects/", {"q": text})
    assert response.status_code == 200
    return response.json()["suggestions"]


def subject_field(viewer: Officer, text: str) -> tuple[Subject | None, str]:
    """What the recusal form understands of the text: the subject, or what it says."""
    form = RecusalForm(data={"subject": text})
    limit_choices(form, viewer)
    form.is_valid()
    return form.cleaned_data.get("subject"), " ".join(form.errors.get("subject", []))


def test_two_characters_of_a_name_bring_the_firm(client: Client, bureau: Unit, coordinator: Officer) -> None:
    firm = make(coordinator, 1, "栾城区恒泰建筑有限公司")
    make(coordinator, 2, "栾城区永兴印务有限公司")
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    assert [one["label"] for one in suggested(client, "恒泰")] == [firm.name]
    assert len(suggested(client, "栾城")) == 2
    assert suggested(client, "  ") == []


def test_what_was_suggested_is_what_the_form_understands(
    client: Client, bureau: Unit, coordinator: Officer
) -> None:
    firm = make(coordinator, 1, "恒泰建筑有限公司")
    without_code = make(coordinator, 2, "恒泰建筑有限公司", credit_code="")
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    texts = [one["text"] for one in suggested(client, "恒泰")]
    assert {subject_field(coordinator, text)[0] for text in texts} == {firm, without_code}


def test_without_script_a_code_or_a_whole_name_is_enough(coordinator: Officer) -> None:
    firm = make(coordinator, 1, "恒泰建筑有限公司")
    make(coordinator, 2, "恒泰建筑有限公司石家庄分公司")
    assert subject_field(coordinator, firm.credit_code.lower()) == (firm, "")
    assert subject_field(coordinator, "恒泰建筑有限公司") == (firm, "")


def test_an_unclear_text_is_said_and_kept(client: Client, bureau: Unit, coordinator: Officer) -> None:
    make(coordinator, 1, "恒泰建筑有限公司")
    make(coordinator, 2, "恒泰劳务有限公司")
    chosen, message = subject_field(coordinator, "恒泰")
    assert chosen is None
    assert "不止一个" in message
    assert "没有找到" in subject_field(coordinator, "没有这一家")[1]
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    assert 'data-lookup="/lookup/subjects/"' in client.get(ADDRESS).content.decode()
    answered = client.post(ADDRESS, {"subject": "恒泰<b>", "basis": "亲属"})
    assert answered.status_code == 422
    assert 'value="恒泰&lt;b&gt;"' in answered.content.decode()


def test_a_firm_of_another_county_is_neither_offered_nor_accepted(client: Client, bureau: Unit) -> None:
    everywhere = as_officer(make_officer(Role.COORDINATOR, unit=bureau))
    foreign = make(everywhere, 1, "晋州恒泰有限公司", division_code="130183")
    own = make(everywhere, 2, "栾城恒泰有限公司", division_code="130111")
    bounded = make_officer(Role.COORDINATOR, unit=bureau)
    RoleGrant.objects.filter(user=bounded).update(division="130111")
    sign_in(client, bounded)
    assert [one["label"] for one in suggested(client, "恒泰")] == [own.name]
    assert "没有找到" in subject_field(as_officer(bounded), foreign.credit_code)[1]


def test_who_does_not_read_the_register_is_told_nothing(client: Client, bureau: Unit) -> None:
    sign_in(client, make_officer(Role.ADMINISTRATOR, unit=bureau))
    assert client.get("/lookup/subjects/", {"q": "公司"}).status_code == 404
    assert client.get("/lookup/nothing/", {"q": "公司"}).status_code == 404


@pytest.mark.parametrize("count", [20, 25])
def test_at_most_twenty_are_suggested(client: Client, bureau: Unit, coordinator: Officer, count: int) -> None:
    for number in range(count):
        make(coordinator, number, f"恒泰{number:02d}有限公司")
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    assert len(suggested(client, "恒泰")) == 20
