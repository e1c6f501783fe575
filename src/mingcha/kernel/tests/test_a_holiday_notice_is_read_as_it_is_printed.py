# ruff: noqa: E501  notices stand as they were printed
"""The State Council's holiday notices of seven years give exactly the days that were off and worked."""

from __future__ import annotations

import datetime as dt

import chinese_calendar
import pytest

from mingcha.kernel.holiday_notice import Notice, read_notice
from mingcha.kernel.tests.calendars import official_2026
from mingcha.kernel.workdays import statutory_days

HEAD = (
    "国务院办公厅关于{year}年部分节假日安排的通知\n{number}\n现将{year}年元旦、春节等放假调休日期通知如下。\n"
)
NOTICES = {
    2026: """国办发明电〔2025〕7号
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。""",
    2025: """国办发明电〔2024〕12号
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。""",
    2024: """国办发明电〔2023〕7号
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2023: """国办发明电〔2022〕16号
一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。""",
    2022: """国办发明电〔2021〕11号
一、元旦：2022年1月1日至3日放假，共3天。
二、春节：1月31日至2月6日放假调休，共7天。1月29日（星期六）、1月30日（星期日）上班。
三、清明节：4月3日至5日放假调休，共3天。4月2日（星期六）上班。
四、劳动节：4月30日至5月4日放假调休，共5天。4月24日（星期日）、5月7日（星期六）上班。
五、端午节：6月3日至5日放假，共3天。
六、中秋节：9月10日至12日放假，共3天。
七、国庆节：10月1日至7日放假调休，共7天。10月8日（星期六）、10月9日（星期日）上班。""",
    2021: """国办发明电〔2020〕27号
一、元旦：2021年1月1日至3日放假，共3天。
二、春节：2月11日至17日放假调休，共7天。2月7日（星期日）、2月20日（星期六）上班。
三、清明节：4月3日至5日放假调休，共3天。
四、劳动节：5月1日至5日放假调休，共5天。4月25日（星期日）、5月8日（星期六）上班。
五、端午节：6月12日至14日放假，共3天。
六、中秋节：9月19日至21日放假调休，共3天。9月18日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月26日（星期日）、10月9日（星期六）上班。""",
    2020: """国办发明电〔2019〕16号
一、元旦：2020年1月1日放假，共1天。
二、春节：1月24日至30日放假调休，共7天。1月19日（星期日）、2月1日（星期六）上班。
三、清明节：4月4日至6日放假调休，共3天。
四、劳动节：5月1日至5日放假调休，共5天。4月26日（星期日）、5月9日（星期六）上班。
五、端午节：6月25日至27日放假调休，共3天。6月28日（星期日）上班。
六、国庆节、中秋节：10月1日至8日放假调休，共8天。9月27日（星期日）、10月10日（星期六）上班。""",
}  # fmt: skip
#: In 2020 a later notice prolonged 春节 to 2 February.
PROLONGED = {dt.date(2020, 1, 31), dt.date(2020, 2, 1)}


def printed(year: int) -> str:
    number, _newline, rest = NOTICES[year].partition("\n")
    return HEAD.format(year=year, number=number) + rest


def whole_year(year: int) -> list[dt.date]:
    return [day for n in range(366) if (day := dt.date(year, 1, 1) + dt.timedelta(days=n)).year == year]


def is_worked(notice: Notice, day: dt.date) -> bool:
    return notice.days_of(day.year).get(day, day.weekday() < 5)


@pytest.mark.parametrize("year", NOTICES)
def test_every_day_of_the_year_is_as_it_was(year: int) -> None:
    notice = read_notice(printed(year))
    assert (notice.year, notice.faults) == (year, ())
    different = {
        day for day in whole_year(year) if is_worked(notice, day) != chinese_calendar.is_workday(day)
    }
    assert different == (PROLONGED if year == 2020 else set())


def test_2026_is_the_calendar_written_out_by_hand() -> None:
    notice, calendar = read_notice(printed(2026)), official_2026()
    assert all(is_worked(notice, day) == calendar.is_workday(day) for day in whole_year(2026))
    assert sum(is_worked(notice, day) for day in whole_year(2026)) == 248
    assert not any(is_worked(notice, day) for day in statutory_days(2026))


def test_the_notice_is_cited_by_its_number() -> None:
    notice = read_notice(printed(2026))
    assert notice.title == "国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）"
    assert read_notice(printed(2026).replace("国办发明电〔2025〕7号", "")).title.endswith("的通知")


def test_days_are_called_by_their_festival() -> None:
    names = read_notice(printed(2025)).names_of(2025)
    assert names[dt.date(2025, 10, 6)] == "国庆节、中秋节"
    assert names[dt.date(2025, 10, 11)] == "国庆节、中秋节补班"


def test_a_holiday_that_reaches_back_names_the_days_of_the_former_year() -> None:
    notice = read_notice(printed(2023))
    assert dt.date(2022, 12, 31) not in notice.days_of(2023)
    assert notice.elsewhere() == {}  # a Saturday, off anyhow
    moved = printed(2023).replace(
        "2022年12月31日至2023年1月2日放假调休，共3天。",
        "12月30日至1月1日放假调休，共3天。12月24日（周六）上班。",
    )
    assert read_notice(moved).elsewhere() == {dt.date(2022, 12, 30): False, dt.date(2022, 12, 24): True}


def test_pasted_text_may_have_blanks_full_width_figures_and_other_brackets() -> None:
    odd = (
        printed(2026)
        .replace("1月1日（周四）至3日", "　１月 １日 (周四) 至 3 日")
        .replace("〔2025〕", "[2025]")
    )
    assert read_notice(odd) == read_notice(printed(2026))


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("1月1日（周四）至", "1月1日（周五）至", "2026-01-01 写作周五，实际是周四"),
        ("放假调休，共9天", "放假调休，共8天", "“春节”写作共8天，起止日期却是9天"),
        ("5月9日（周六）上班", "5月11日（周一）上班", "2026-05-11 写作补班，却本来就是工作日"),
        ("9月20日（周日）", "9月27日（周日）", "2026-09-27 既放假又上班"),
        ("6月19日（周五）至21日（周日）", "6月31日至21日", "没有 2026年6月31日 这一天"),
        ("4月4日（周六）至6日（周一）", "4月4日（周六）至6月6日（周六）", "“清明节”的起止日期不对：2026-04-04 至 2026-06-06"),
        ("1月1日（周四）至3日（周六）放假", "1日至3日放假", "“元旦”有一个日期没有写月份"),
        ("10月1日（周四）至7日（周三）放假调休", "另行通知", "“国庆节”一段看不出放假日期"),
        ("五、端午节：6月19日（周五）至21日（周日）放假，共3天。\n", "", "没有 端午节 的安排"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_named(right: str, wrong: str, told: str) -> None:
    assert right in printed(2026)
    faults = [fault.shown(str) for fault in read_notice(printed(2026).replace(right, wrong)).faults]
    assert told in faults


def test_a_text_that_is_no_notice_says_so() -> None:
    assert "看不出是哪一年" in read_notice("关于端午节放假的通知").faults[0].shown(str)
    assert "没有找到" in read_notice("关于2027年部分节假日安排的通知").faults[0].shown(str)
