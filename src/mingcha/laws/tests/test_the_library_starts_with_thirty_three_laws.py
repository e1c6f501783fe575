"""Every installation starts with the laws that inspections rest on; loading again touches nothing."""

from __future__ import annotations

import pytest

from mingcha.laws import initial
from mingcha.laws.models import Article, Law, LawText
from mingcha.laws.tests.samples import SYSTEM

pytestmark = pytest.mark.usefixtures("library")


def test_a_text_that_was_revised_since_awaits_confirmation() -> None:
    waiting = [text for text in LawText.objects.all() if text.awaits_confirmation]
    assert [text.law.title for text in waiting] == ["企业信息公示暂行条例"]
    assert "2024年" in waiting[0].note


def test_loading_again_touches_nothing() -> None:
    Law.objects.filter(title="劳动保障监察条例").update(short_title="监察条例（本局）")
    assert initial.load(SYSTEM) == 0
    assert Law.objects.get(title="劳动保障监察条例").short_title == "监察条例（本局）"
    assert Law.objects.count() == LawText.objects.count() == 33
    assert Article.objects.count() > 1800
