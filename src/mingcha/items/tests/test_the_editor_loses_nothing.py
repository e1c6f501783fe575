"""起草页面: nothing typed is lost, whatever comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.testing import sign_in
from mingcha.base import idempotency
from mingcha.basics.models.common import Trust
from mingcha.items import services
from mingcha.items.forms import Editor
from mingcha.items.models import ItemVersion
from mingcha.items.storing import content_of
from mingcha.items.testing import LAW, make_content, make_point, published_item
from mingcha.items.tests.conftest import House


def typed(content: Any = None, **changes: Any) -> dict[str, Any]:
    """What the browser sends for an editor that shows this content, with changes."""
    editor = Editor(content=content)
    values: dict[str, Any] = {"_once": idempotency.token()}
    for form in editor.all_forms():
        for name, field in form.fields.items():
            value = form.get_initial_for_field(field, name)
            if value not in (None, "", False, []):
                values[form.add_prefix(name)] = value
    for name, rows in editor.rows.items():
        values[f"{name}-TOTAL_FORMS"] = str(rows.total_form_count())
        values[f"{name}-INITIAL_FORMS"] = str(rows.initial_form_count())
    return values | changes


@pytest.fixture
def clerk(house: House, client: Client) -> Client:
    from mingcha.accounts.models import User

    sign_in(client, User.objects.get(pk=house.coordinator.id))
    return client


def draft(house: House, **values: Any) -> ItemVersion:
    return services.create_item(actor=house.coordinator, content=make_content(**values))


def test_saving_what_is_shown_changes_nothing(house: House, clerk: Client) -> None:
    version = draft(house, points=(make_point(), make_point(question="有台账吗？", answer="count")))
    before = content_of(version)
    answer = clerk.post(reverse("items:version-edit", args=[version.pk]), typed(before))
    assert answer.status_code == 302
    version.refresh_from_db()
    assert content_of(version) == replace(before, trust=Trust.BUREAU)


def test_an_unknown_article_comes_back_with_every_word_still_there(house: House, clerk: Client) -> None:
    version = draft(house)
    values = typed(
        content_of(version),
        **{"points-0-bases": f"《{LAW}》第八十条", "points-0-standard": "一字也不能丢"},
    )
    answer = clerk.post(reverse("items:version-edit", args=[version.pk]), values)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "没有第八十条" in page
    assert "一字也不能丢" in page
    assert version.points.get().standard != "一字也不能丢"


def test_a_missing_field_comes_back_with_the_rest(house: House, clerk: Client) -> None:
    version = draft(house)
    values = typed(content_of(version), **{"facts-name": "", "points-0-standard": "还在这里"})
    answer = clerk.post(reverse("items:version-edit", args=[version.pk]), values)
    assert answer.status_code == 422
    assert "还在这里" in answer.content.decode()


def test_asking_for_another_row_saves_nothing_and_keeps_everything(house: House, clerk: Client) -> None:
    version = draft(house)
    values = typed(content_of(version), **{"points-0-question": "改了一半？", "_more": "points"})
    page = clerk.post(reverse("items:version-edit", args=[version.pk]), values).content.decode()
    assert "改了一半？" in page
    assert 'name="points-2-question"' in page
    assert version.points.get().question != "改了一半？"


def test_a_row_marked_for_removal_goes(house: House, clerk: Client) -> None:
    version = draft(house, points=(make_point(question="甲？"), make_point(question="乙？")))
    values = typed(content_of(version), **{"points-0-DELETE": "on"})
    clerk.post(reverse("items:version-edit", args=[version.pk]), values)
    assert [point.question for point in version.points.all()] == ["乙？"]


def test_a_new_item_is_drafted_from_the_page(house: House, clerk: Client) -> None:
    make_content()
    values = typed(
        None,
        **{
            "facts-code": "T77",
            "facts-name": "新事项",
            "facts-family": "其他",
            "facts-kinds": ["enterprise"],
            "facts-manners": ["paper"],
            "facts-body_name": "本局",
            "facts-bases": f"《{LAW}》第一条",
        },
    )
    answer = clerk.post(reverse("items:create"), values)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert ItemVersion.objects.get(item__code="T77").state == "draft"


def test_a_version_on_the_list_has_no_editor(house: House, clerk: Client) -> None:
    version = published_item()
    assert clerk.get(reverse("items:version-edit", args=[version.pk])).status_code == 302
    answer = clerk.post(reverse("items:version-edit", args=[version.pk]), typed(content_of(version)))
    assert answer.status_code == 409
    assert "不再改动" in answer.content.decode()


def test_inspectors_have_no_editor(house: House, client: Client, sign_in_as: Callable[..., None]) -> None:
    version = draft(house)
    sign_in_as(client, "inspector")
    assert client.get(reverse("items:version-edit", args=[version.pk])).status_code == 403
    assert client.get(reverse("items:version", args=[version.pk])).status_code == 404
