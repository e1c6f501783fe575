"""Small things that pages show: masked values, dates, digests, icons, form fields."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template

from mingcha.web.components import date_with_weekday, days_left, grouped_digest, masked
from mingcha.web.forms import Form, ModelForm
from mingcha.web.registers.columns import Column


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        ("张三丰", "name", "张**"),
        ("张", "name", "*"),
        ("13812341234", "phone", "138****1234"),
        ("130124199001011237", "id_number", "130124********1237"),
        ("6222020200112230", "account", "************2230"),
        ("河北省石家庄市栾城区窦妪镇一号路2号", "address", "河北省石家庄市栾城区窦妪镇****"),
        ("123", "phone", "***"),
        ("", "phone", ""),
    ],
)
def test_personal_values_are_masked(value: str, kind: str, shown: str) -> None:
    assert masked(value, kind) == shown  # type: ignore[arg-type]


def test_a_date_is_that_of_shanghai_with_its_weekday() -> None:
    assert date_with_weekday(date(2026, 3, 5)) == "2026年3月5日 星期四"
    assert date_with_weekday(datetime(2026, 3, 4, 17, 0, tzinfo=UTC)) == "2026年3月5日 星期四"


@pytest.mark.parametrize(
    ("day", "words", "tone"),
    [(3, "已逾期 2 天", "danger"), (5, "今天到期", "danger"), (6, "明天到期", "warning"),
     (8, "还有 3 天", "warning"), (12, "还有 7 天", "info"), (13, "还有 8 天", "secondary")],
)  # fmt: skip
def test_what_is_left_is_said_in_words_and_warns_at_seven_three_and_one_days(
    day: int, words: str, tone: str
) -> None:
    assert days_left(date(2026, 3, day), date(2026, 3, 5)) == (words, tone)


def test_a_digest_can_be_compared_in_groups_and_copied_whole() -> None:
    value = "0123456789abcdef" * 4
    assert grouped_digest(value) == ["01234567", "89abcdef"] * 4
    html = Template("{% digest value %}").render(Context({"value": value}))
    assert f'data-copy="{value}"' in html


def test_what_stands_in_a_block_is_markup_and_what_is_passed_is_text() -> None:
    source = "{% page_header title=title %}<a href='/x/'>做</a>{% endpage_header %}"
    html = Template(source).render(Context({"title": "<b>危险</b>"}))
    assert "<a href='/x/'>做</a>" in html
    assert "&lt;b&gt;危险&lt;/b&gt;" in html


def test_an_icon_is_silent_unless_it_has_a_meaning() -> None:
    assert 'aria-hidden="true"' in Template("{% icon 'check' %}").render(Context())
    assert 'aria-label="完成"' in Template("{% icon 'check' label='完成' %}").render(Context())


class _Asking(Form):
    name = forms.CharField(label="名称", help_text="与执照一致")


def test_a_wrong_field_is_tied_to_its_error_for_screen_readers() -> None:
    form = _Asking({})
    html = Template("{% error_summary form %}{% form_fields form %}").render(Context({"form": form}))
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert 'href="#id_name"' in html


def test_no_form_saves_by_itself() -> None:
    with pytest.raises(TypeError, match="service"):
        ModelForm.save(object())  # type: ignore[arg-type]


def test_an_export_holds_the_text_of_what_the_screen_shows() -> None:
    from django.utils.html import format_html

    column = Column("x", "X", render=lambda it: format_html("<b>{}</b> <i>{}</i>", it, "乙 < 丙"))
    assert column.text("甲") == "甲 乙 < 丙"
    assert Column("x", "X", render=lambda it: None).text("甲") == ""
