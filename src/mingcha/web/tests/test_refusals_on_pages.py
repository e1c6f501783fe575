"""A refusal always says what happened, what it rests on and what to do now."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.template import Context, Template
from django.test import Client

from mingcha.base import idempotency
from mingcha.base.roles import Role
from mingcha.kernel.lifecycle import Guard, Lifecycle, State, Transition
from mingcha.kernel.refusal import Refusal
from mingcha.web.components import verb_actions
from mingcha.web.tests.sample import Firm

pytestmark = pytest.mark.django_db
THREE_TEXTS = ("今年已经检查过 2 次", "年度频次上限", "请改用非现场检查")


def test_an_uncaught_refusal_becomes_a_page_with_its_three_texts(client: Client) -> None:
    response = client.get("/refuse/")
    assert response.status_code == 409
    html = response.content.decode()
    assert all(text in html for text in THREE_TEXTS)
    assert "<!doctype html>" in html


def test_htmx_receives_the_box_alone_for_the_place_of_notices(client: Client) -> None:
    response = client.get("/refuse/", headers={"HX-Request": "true"})
    assert response.status_code == 409
    assert response["HX-Retarget"] == "#notices"
    html = response.content.decode()
    assert all(text in html for text in THREE_TEXTS)
    assert "<!doctype html>" not in html


@pytest.mark.usefixtures("sample_tables")
def test_a_refused_form_stands_there_with_the_box_on_top_and_nothing_lost(
    client: Client, sign_in: Callable[..., None]
) -> None:
    sign_in(Role.COORDINATOR)
    typed = {"name": "重复的单位", "code": "9113-KEEP", "kind": "dispatch", "_once": idempotency.token()}
    response = client.post("/sample/firm/new/", typed)
    assert response.status_code == 409
    html = response.content.decode()
    assert "已经有同名单位" in html
    assert "请核对后改用原有记录" in html
    assert 'value="9113-KEEP"' in html
    assert not Firm.objects.exists()
    # The same press corrected: a refusal has not used the token up.
    corrected = client.post("/sample/firm/new/", {**typed, "name": "另一个单位"})
    assert corrected.status_code == 302


def test_a_verb_that_is_refused_shows_as_a_disabled_button_with_its_reason_in_words() -> None:
    no = Refusal("x.no", "名单还没有确认", "抽查规则第三条", "请先确认名单")
    table: Lifecycle[object] = Lifecycle(
        name="sample",
        label="抽查",
        states=(State("draft", "起草"), State("sealed", "已封存", final=True)),
        initial="draft",
        transitions=(
            Transition(
                "seal", "封存", ("draft",), "sealed", frozenset({"coordinator"}), (Guard("g", lambda _: no),)
            ),
            Transition("drop", "撤销", ("draft",), "sealed", frozenset({"coordinator"}), needs_reason=True),
            Transition("lead", "批准", ("draft",), "sealed", frozenset({"bureau_leader"})),
        ),
    )
    actions = verb_actions(
        table, state="draft", roles=["coordinator"], facts=None, url_for=lambda row: f"/{row.verb}/"
    )
    html = Template("{% verb_buttons actions %}").render(Context({"actions": actions}))
    assert 'type="button" disabled aria-describedby="verb-0"' in html
    assert all(text in html for text in ("名单还没有确认", "抽查规则第三条", "请先确认名单"))
    assert 'action="/seal/"' not in html
    assert 'action="/drop/"' in html
    assert '<textarea class="form-control" id="verb-1-reason" name="reason" rows="3" required' in html
    assert 'name="_once"' in html
    assert "批准" not in html
