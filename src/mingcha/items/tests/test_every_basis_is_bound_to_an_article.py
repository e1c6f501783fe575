"""依据: each citation resolves to an article of the law library, with the text it was bound to."""

from __future__ import annotations

import pytest

from mingcha.items import services
from mingcha.items.models import ItemVersion
from mingcha.items.shown import shown
from mingcha.items.storing import content_of
from mingcha.items.testing import LAW, make_content, make_point
from mingcha.items.tests.conftest import House
from mingcha.kernel.refusal import Refused


def draft(house: House, **values: object) -> ItemVersion:
    return services.create_item(actor=house.coordinator, content=make_content(**values))


def test_a_basis_keeps_the_article_and_the_text_it_was_bound_to(house: House) -> None:
    version = draft(house, bases=(f"《{LAW}》第二条第（二）项",))
    basis = version.all_bases.get(point=None)
    assert (basis.article.number, basis.clause, basis.law_text.label) == (2, 2, "初版")
    assert shown(version).bases[0].passage == "（二）扣押证件。"


def test_an_article_written_in_figures_is_bound_in_its_official_form(house: House) -> None:
    version = draft(house, bases=(f"{LAW}第1条第2款",))
    assert content_of(version).bases == (f"《{LAW}》第一条第二款",)
    assert shown(version).bases[0].passage == "工资应当以货币形式支付。"


def test_several_articles_in_one_line_are_several_bindings(house: House) -> None:
    version = draft(house, bases=(f"《{LAW}》第一条、第三条",))
    assert content_of(version).bases == (f"《{LAW}》第一条", f"《{LAW}》第三条")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("《没有的条例》第一条", "laws.unknown"),
        (f"《{LAW}》第九十九条", "laws.article_unknown"),
        (f"《{LAW}》第一条第五款", "laws.passage_unknown"),
        ("依法检查", "item.no_citation"),
    ],
)
def test_a_citation_that_names_nothing_is_refused(house: House, line: str, code: str) -> None:
    with pytest.raises(Refused) as raised:
        draft(house, bases=(line,))
    assert [known.split(".", 1)[1] for known in raised.value.codes] == [code.split(".", 1)[1]]


def test_everything_that_does_not_resolve_is_said_at_once(house: House) -> None:
    point = make_point(bases=(f"《{LAW}》第八十条",), consequence_bases=("《没有的条例》第一条",))
    with pytest.raises(Refused) as raised:
        draft(house, bases=("依法",), points=(point,))
    assert len(raised.value.refusals) == 3


def test_nothing_is_left_of_an_item_whose_citation_was_refused(house: House) -> None:
    with pytest.raises(Refused):
        draft(house, bases=("依法",))
    assert not ItemVersion.objects.exists()


def test_a_source_that_is_not_in_the_library_is_named_and_awaits_confirmation(house: House) -> None:
    version = draft(house, unverified=("《某某办法》（部令16号）",), points=(make_point(bases=()),))
    assert version.awaits_confirmation
    assert version.unverified_lines == ("《某某办法》（部令16号）",)


def test_what_the_bureau_holds_is_never_asked_of_the_firm(house: House) -> None:
    from mingcha.items.content import Material

    materials = (Material("工资台账", "核对"), Material("参保登记", "比对", True, "社会保险系统"))
    page = shown(draft(house, materials=materials))
    assert [row.name for row in page.asked] == ["工资台账"]
    assert [row.name for row in page.held] == ["参保登记"]
