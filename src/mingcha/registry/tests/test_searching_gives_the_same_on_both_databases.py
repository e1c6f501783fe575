"""What a search finds is written down here once, and holds on SQLite and PostgreSQL alike."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from mingcha.base import clock
from mingcha.registry import search
from mingcha.registry.models import FormerName, Subject
from mingcha.registry.search import engines, index

pytestmark = pytest.mark.django_db

FIRMS = {
    "恒泰": ("石家庄市栾城区恒泰建筑工程有限公司", "91130111MA07XXXX1T", "130124000001234", ""),
    "永兴": ("河北永兴印务（集团）有限公司", "91130111MA08YYYY2K", "", ""),
    "东方": ("東方红 拖拉机配件厂", "92130111MA0ZZZZZ3R", "", ""),
    "三弟": ("３D打印科技Ａｂｃ有限公司", "", "", "示人社对象〔2026〕17号"),
    "笑脸": ("开心😀餐饮服务部", "", "", "示人社对象〔2026〕18号"),
    "百分": ("百分百100%_棉'纺\"织厂", "91130183MA0PPPPP4X", "", ""),
    "长城": ("长城劳务派遣有限公司", "91139999MA0QQQQQ5Z", "", ""),
}
QUERIES = {
    "恒泰": "恒泰",
    "恒": "恒泰",
    "公司": "恒泰 永兴 三弟 长城",
    "有限": "恒泰 永兴 三弟 长城",
    "石家庄": "恒泰",
    "石庄": "",
    "家石": "",
    "建筑工程有限公司": "恒泰",
    "永兴印务集团": "永兴",
    "永兴印务(集团)": "永兴",
    "永兴印务（集团）有限": "永兴",
    "永 印": "永兴",
    "永兴 恒泰": "",
    "栾城区　恒泰": "恒泰",
    "東方": "东方",
    "东方": "",
    "红拖拉机": "东方",
    "3D打印": "三弟",
    "３ｄ打印": "三弟",
    "abc": "三弟",
    "ＡＢＣ有限": "三弟",
    "😀": "笑脸",
    "开心😀餐": "笑脸",
    "😁": "",
    "100%": "百分",
    "100_棉": "百分",
    "%": "",
    "_": "",
    "'": "",
    '"': "",
    "百分百100%_棉'": "百分",
    "'; DROP TABLE": "",
    '" OR "1': "",
    "OR": "",
    "AND NOT": "",
    "恒泰*": "恒泰",
    "\\": "",
    "91130111MA07XXXX1T": "恒泰",
    "91130111ma07xxxx1t": "恒泰",
    "９１１３０１１１": "恒泰 永兴",
    "9113": "恒泰 永兴 百分 长城",
    "91": "恒泰 永兴 百分 长城",
    "9": "恒泰 永兴 东方 百分 长城",
    "913": "",
    "9113011": "恒泰 永兴",
    "911399999": "",
    "XX1T": "恒泰",
    "X1T": "",
    "MA07": "",
    "130124000001234": "恒泰",
    "1234": "恒泰",
    "13012400": "恒泰",
    "示人社对象〔2026〕17号": "三弟",
    "202617号": "三弟",
    "sjzslcqht": "恒泰",
    "SJZ": "恒泰",
    "jzgc": "恒泰",
    "yxyw": "永兴",
    "cclw": "长城",
    "yxgs": "恒泰 永兴 三弟 长城",
    "y": "",
    "h": "永兴",
    "k": "笑脸",
    "zc": "百分",
    "没有": "",
    "恒" * 200: "",
    "": "恒泰 永兴 东方 三弟 笑脸 百分 长城",
    "   ": "恒泰 永兴 东方 三弟 笑脸 百分 长城",
}


@pytest.fixture
def firms(db: None) -> dict[int, str]:
    made = {}
    for short, (name, code, old, public) in FIRMS.items():
        subject = Subject.objects.create(
            name=name, credit_code=code, old_number=old, public_number=public, created_at=clock.now()
        )
        made[subject.pk] = short
    return made


def found(firms: dict[int, str], text: str) -> set[str]:
    return {firms[pk] for pk in search.narrow(Subject.objects.all(), text).values_list("pk", flat=True)}


def test_every_query_finds_exactly_what_is_written_here(firms: dict[int, str]) -> None:
    answers = {text: found(firms, text) for text in QUERIES}
    wrong = {text: answer for text, answer in answers.items() if answer != {*QUERIES[text].split()}}
    assert wrong == {}


@pytest.mark.parametrize("wide", [0, 1_000_000])
def test_words_that_stand_in_many_or_nearly_everywhere_find_the_same(
    firms: dict[int, str], monkeypatch: pytest.MonkeyPatch, wide: int
) -> None:
    monkeypatch.setattr(engines, "NARROW", 0)
    monkeypatch.setattr(engines, "WIDE", wide)
    monkeypatch.setattr(engines, "_ENOUGH", 0)
    monkeypatch.setattr(engines, "SAMPLE", 100)
    test_every_query_finds_exactly_what_is_written_here(firms)


def test_what_is_not_indexed_yet_is_found_by_itself(firms: dict[int, str]) -> None:
    folded = ("恒泰", "公司", "石家庄", "東方")
    plain = [text for text in QUERIES if (text.isalnum() and text.isascii()) or text in folded]
    Subject.objects.filter(name__startswith="长城").update(name="万里长城劳务公司", initials="wlcclwgs")
    search.mark_pending(firms)
    expected = {text: {*QUERIES[text].split()} for text in plain}
    expected |= {"yxgs": {"恒泰", "永兴", "三弟"}}
    assert {text: found(firms, text) for text in plain} == expected
    assert found(firms, "万里") == {"长城"}
    assert search.index_pending() == len(firms)
    assert found(firms, "万里") == {"长城"}
    assert found(firms, "派遣") == set()


def test_a_firm_is_still_found_by_a_former_name(firms: dict[int, str]) -> None:
    pk = next(pk for pk, short in firms.items() if short == "长城")
    former = FormerName.objects.create(subject_id=pk, name="秦皇岛劳服公司", until=date(2020, 1, 1))
    assert found(firms, "秦皇岛") == {"长城"}
    former.delete()
    assert found(firms, "秦皇岛") == set()


def test_a_changed_name_is_found_at_once_and_the_old_one_no_more(firms: dict[int, str]) -> None:
    pk = next(pk for pk, short in firms.items() if short == "恒泰")
    subject = Subject.objects.get(pk=pk)
    subject.name = "栾城瑞丰建筑有限公司"
    subject.save()
    assert found(firms, "瑞丰") == found(firms, "lcrf") == {"恒泰"}
    assert found(firms, "恒泰") == set()


def test_a_deleted_firm_is_gone(firms: dict[int, str]) -> None:
    Subject.objects.filter(name__startswith="长城").delete()
    assert found(firms, "劳务派遣") == set()
    assert search.check().sound


def test_a_search_stays_inside_what_it_is_given(firms: dict[int, str]) -> None:
    rows = Subject.objects.filter(credit_code="")
    assert {firms[pk] for pk in search.narrow(rows, "公司").values_list("pk", flat=True)} == {"三弟"}


def test_a_check_tells_what_is_wrong_and_a_rebuild_mends_it(firms: dict[int, str]) -> None:
    first, second, third, *_rest = firms
    Subject.objects.filter(pk=first).update(name="悄悄改名的公司")
    search.forget_subjects([second])
    engines.engine().erase(list(index._stored([third])))
    found_wrong = search.check()
    assert (found_wrong.different, found_wrong.missing) == ([first], [second, third])
    done: list[int] = []
    assert search.rebuild(done.append) == len(firms)
    assert done == [len(firms)]
    assert search.check() == index.Health(subjects=len(firms))


def test_a_rebuild_that_was_interrupted_goes_on_where_it_stopped(
    firms: dict[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "CHUNK", 2)

    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        search.rebuild(stop)
    assert search.check().pending == len(firms) - 2
    assert found(firms, "公司") == {*QUERIES["公司"].split()}
    assert search.index_pending() == len(firms) - 2
    assert search.check().sound


def test_the_command_says_what_it_found_and_did(
    firms: dict[int, str], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("search", "check")
    assert "索引与名录库一致" in capsys.readouterr().out
    Subject.objects.filter(name__startswith="长城").update(name="悄悄改名的公司")
    with pytest.raises(CommandError, match="rebuild"):
        call_command("search", "check")
    call_command("search", "rebuild")
    assert f"{len(firms)} / {len(firms)}" in capsys.readouterr().out
    call_command("search", "check")
