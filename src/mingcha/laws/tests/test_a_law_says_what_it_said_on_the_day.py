"""A law has the text of the day; entering a new one ends the former and tells what changed."""

from __future__ import annotations

from datetime import date

import pytest

from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base.roles import Role
from mingcha.base.viewers import PUBLIC, Officer
from mingcha.basics.models import Trust
from mingcha.basics.tests.factories import heard, of
from mingcha.kernel.refusal import Refused
from mingcha.laws.events import LawRepealed, LawTextAdded
from mingcha.laws.models import Article, Law, LawText
from mingcha.laws.selectors import article, text_in_force
from mingcha.laws.services import library
from mingcha.laws.tests.samples import FIRST, SECOND, SYSTEM, make_law, make_text

pytestmark = pytest.mark.usefixtures("now", "db")
NEXT_YEAR = date(2027, 3, 1)


def test_the_former_text_ends_the_day_before_the_new_one_begins() -> None:
    law = make_law()
    first, second = make_text(law), make_text(law, SECOND, NEXT_YEAR)
    first.refresh_from_db()
    assert first.effective_to == date(2027, 2, 28)
    assert text_in_force(law, date(2027, 2, 28)) == first
    assert text_in_force(law, NEXT_YEAR) == second
    assert text_in_force(law, date(2010, 2, 28)) is None


def test_both_texts_keep_their_articles() -> None:
    law = make_law()
    first, second = make_text(law), make_text(law, SECOND, NEXT_YEAR)
    assert article(first, 2, 1) is None
    added = article(second, 2, 1)
    assert added is not None and (added.label, added.anchor, added.body) == (
        "第二条之一", "a2-1", "名册保存三年。",
    )  # fmt: skip


def test_the_event_names_the_articles_that_say_something_else() -> None:
    law = make_law()
    with heard() as events:
        make_text(law)
        added = make_text(law, SECOND, NEXT_YEAR)
    first, second = of(events, LawTextAdded)
    assert isinstance(first, LawTextAdded) and isinstance(second, LawTextAdded)
    assert first.changed == ()
    assert second.changed == ("2", "2.1")
    assert (second.law_id, second.text_id, second.thing.label) == (law.pk, added.pk, "示例用工条例")


def test_a_text_that_began_before_today_needs_a_reason_when_another_held() -> None:
    law = make_law()
    make_text(law)
    with pytest.raises(Refused) as refused:
        make_text(law, SECOND, date(2026, 3, 1))
    assert refused.value.codes == ("basics.retroactive",)
    make_text(law, SECOND, date(2026, 3, 1), why="修订后未及时录入")
    assert LawText.objects.count() == 2


def test_a_wrong_text_is_corrected_with_a_reason_and_stays_readable_inside_the_house() -> None:
    law = make_law()
    wrong = make_text(law, since=NEXT_YEAR)
    with pytest.raises(Refused) as refused:
        make_text(law, SECOND, NEXT_YEAR)
    assert refused.value.codes == ("law.correction",)
    right = make_text(law, SECOND, NEXT_YEAR, why="漏录第二条之一")
    assert text_in_force(law, NEXT_YEAR) == right
    officer = as_officer(make_officer(Role.INSPECTOR))
    assert set(LawText.objects.visible_to(officer)) == {wrong, right}
    assert list(LawText.objects.visible_to(PUBLIC)) == [right]
    assert set(Article.objects.visible_to(PUBLIC).values_list("text_id", flat=True)) == {right.pk}


def test_a_text_without_articles_changes_nothing() -> None:
    law = make_law()
    for content, line in (("只有标题", "第1行"), (f"{FIRST}\n第三条 再来。", "第21行：第三条出现了两次")):
        with pytest.raises(Refused) as refused:
            make_text(law, content)
        assert refused.value.codes == ("law.text",)
        assert line in refused.value.text()
    assert not LawText.objects.exists()


def test_only_who_keeps_the_library_enters_a_text(coordinator: Officer) -> None:
    law = make_law()
    with pytest.raises(Refused) as refused:
        make_text(law, actor=as_officer(make_officer(Role.INSPECTOR)))
    assert refused.value.codes == ("basics.role",)
    assert make_text(law, actor=coordinator).entered_by_id == coordinator.id


def test_a_repealed_law_has_no_text_any_more() -> None:
    law = make_law()
    make_text(law)
    with heard() as events:
        library.repeal(actor=SYSTEM, law_id=law.pk, last_day=date(2026, 12, 31), basis="示例令第9号")
    assert len(of(events, LawRepealed)) == 1
    assert text_in_force(law, date(2026, 12, 31)) is not None
    assert text_in_force(law, date(2027, 1, 1)) is None
    with pytest.raises(Refused) as refused:
        library.repeal(actor=SYSTEM, law_id=law.pk, last_day=date(2027, 1, 1), basis="示例令第9号")
    assert refused.value.codes == ("law.repeal",)


def test_a_text_not_yet_checked_is_confirmed_by_somebody_else_than_who_entered_it(
    coordinator: Officer,
) -> None:
    text = make_text(make_law(), actor=coordinator, trust=Trust.PARTLY)
    with pytest.raises(Refused) as refused:
        library.confirm_text(actor=coordinator, text_id=text.pk, note="与公报核对")
    assert refused.value.codes == ("basics.confirm.own",)
    other = as_officer(make_officer(Role.SECTION_HEAD))
    assert library.confirm_text(actor=other, text_id=text.pk, note="与公报核对").confirmed


def test_a_name_belongs_to_one_law() -> None:
    make_law("中华人民共和国示例法", short_title="示例法", aliases="示法")
    for name in ("示例法", "《示法》", "中华人民共和国示例法"):
        with pytest.raises(Refused) as refused:
            make_law(name)
        assert refused.value.codes == ("law.name_taken",)
    law = make_law("另一条例")
    with pytest.raises(Refused):
        library.change_law(actor=SYSTEM, law_id=law.pk, title="示法", rank=law.rank)
    assert Law.objects.count() == 2
