"""Every register understands the headings and words that its lists have, and stores what its tables hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mingcha.registry.models import Grading, Inspector, Licence, Recusal, Subject, Visit
from mingcha.registry.sheets import FIELDS, Known, ReadRow, reread
from mingcha.registry.sheets.fields import words
from mingcha.registry.sheets.meanings import by_synonym

CODE = "91130111MA0ABCDE6D"
Read = Callable[..., list[ReadRow]]
Make = Callable[..., str]


@pytest.mark.parametrize(
    ("known", "choices"),
    [
        (words.KINDS, Subject.Kind),
        (words.REGISTRATIONS, Subject.Registration),
        (words.INSPECTOR_KINDS, Inspector.Kind),
        (words.INSPECTOR_STATES, Inspector.Status),
        (words.VISIT_KINDS, Visit.Kind),
        (words.MANNERS, Visit.Manner),
        (words.LICENCE_KINDS, Licence.Kind),
        (words.LICENCE_STATES, Licence.State),
        (words.SYSTEMS, Grading.System),
        (words.RECUSAL_KINDS, Recusal.Kind),
    ],
)
def test_words_mean_what_the_tables_hold(known: dict[str, str], choices: Any) -> None:
    assert set(known.values()) == set(choices.values)


def test_the_registers_own_labels_are_understood() -> None:
    field = {
        "subjects": ("kind", Subject.Kind),
        "visits": ("kind", Visit.Kind),
        "licences": ("kind", Licence.Kind),
    }
    for register, (code, choices) in field.items():
        assert [FIELDS[register][code].parse(str(label)).value for label in choices.labels] == list(
            choices.values
        )
    assert {str(system): tuple(grades) for system, grades in Grading.GRADES.items()} == words.GRADES


def test_every_register_has_its_fields_once_and_every_heading_one_meaning() -> None:
    # Lists of other apps, such as a superior's, add their own.
    assert set(FIELDS) >= {
        "subjects", "projects", "inspectors", "leaves", "visits", "licences", "gradings", "headcounts",
        "cases", "recusals", "divisions", "industries",
    }  # fmt: skip
    for register in FIELDS.values():
        codes = [spec.code for spec in register.fields]
        assert len(codes) == len(set(codes))
        for spec in register.fields:
            assert by_synonym(register.code, str(spec.label)) == (spec.code, 1) or spec.code == str(
                spec.label
            )


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("存续（在营、开业、在册）", "active"), ("存续", "active"), ("在业", "active"), ("开业", "active"),
        ("吊销，未注销", "revoked"), ("吊销未注销", "revoked"), ("吊销已注销", "deregistered"),
        ("注销", "deregistered"),
        ("歇业", "suspended"), ("迁出", "moved_out"), ("清算", "liquidating"), ("停业", "closed"),
    ],
)  # fmt: skip
def test_every_word_for_a_registration_state_is_known(text: str, state: str) -> None:
    assert FIELDS["subjects"]["registration"].parse(text) == (state, (), None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("7263", "7263"),
        ("L7263", "7263"),
        ("C13 农副食品加工业", "13"),
        ("I", "I"),
        ("E 建筑业", "E"),
        ("K70", "70"),
    ],
)
def test_industries_by_code(text: str, code: str) -> None:
    assert FIELDS["subjects"]["industry_code"].parse(text).value == code


def test_industries_by_name_need_the_table(csv_file: Make, read: Read) -> None:
    path = csv_file(
        f"企业名称,信用代码,所属行业\n示范甲厂,{CODE},劳务派遣服务\n示范乙厂,{CODE},不知道的行业\n"
    )
    known, unknown = read(path, known=Known(industries={"劳务派遣服务": "7263"}))
    assert (known.values["industry_code"], known.verdict) == ("7263", "understood")
    assert ("industry_code" not in unknown.values, unknown.verdict) == (True, "warned")


def test_a_town_is_suggested_out_of_the_address_and_never_out_of_the_code(csv_file: Make, read: Read) -> None:
    path = csv_file(f"企业名称,信用代码,地址\n示范甲厂,{CODE},示范县示范镇某村\n示范乙厂,{CODE},示范县某村\n")
    suggested, none = read(path, known=Known(towns=("示范镇", "另一镇")))
    assert (suggested.values["town"], suggested.verdict) == ("示范镇", "warned")
    assert "town" not in none.values
    assert [row.verdict for row in read(path)] == ["understood", "understood"]


def test_defaults_fill_what_the_row_leaves_empty(csv_file: Make, read: Read) -> None:
    path = csv_file(f"企业名称,信用代码,区划代码\n示范甲厂,{CODE},\n示范乙厂,{CODE},130102\n")
    rows = read(path, defaults={"division_code": "130111", "counted_on": "2026年6月30日", "unknown": "x"})
    assert [row.values["division_code"] for row in rows] == ["130111", "130102"]
    assert rows[0].values["counted_on"] == "2026-06-30"


def test_a_row_without_a_name_is_refused_and_can_be_mended(csv_file: Make, read: Read) -> None:
    (row,) = read(csv_file(f"企业名称,信用代码,成立日期\n,{CODE},2014-02-30\n"))
    assert row.verdict == "refused"
    assert {(p.field, p.column, p.severity) for p in row.problems} == {
        ("name", "企业名称", "error"),
        ("registered_on", "成立日期", "error"),
    }
    mended = reread("subjects", row.raw | {"name": "示范甲厂", "registered_on": "2014-02-28"}, {})
    assert (mended.verdict, mended.values["registered_on"]) == ("understood", "2014-02-28")


def test_days_after_today_are_doubtful(csv_file: Make, read: Read) -> None:
    rows = read(
        csv_file(f"企业名称,信用代码,成立日期\n示范甲厂,{CODE},2026-11-23\n示范乙厂,{CODE},2026-11-24\n")
    )
    assert [row.verdict for row in rows] == ["understood", "warned"]


def test_rows_are_identified_by_code_then_old_number_then_name() -> None:
    key = FIELDS["subjects"].key
    assert key({"credit_code": CODE, "name": "甲"}) == CODE
    assert key({"old_number": "130124000000017", "name": "甲"}) == "130124000000017"
    assert key({"name": "示范（甲）有限公司"}) == key({"name": "示范(甲) 有限公司"})
    assert len(key({"name": "示范" * 90})) <= 64
    assert key({}) == ""


def one(read: Read, csv_file: Make, register: str, text: str, **options: Any) -> ReadRow:
    (row,) = read(csv_file(text), register, **options)
    return row


def test_a_list_of_projects_is_understood(csv_file: Make, read: Read) -> None:
    text = (
        "工程名称,施工许可证编号,建设单位,施工总承包单位,合同价（万元）,开工日期,计划竣工日期,项目地址\n"
        '示范花园一期,130124202601010101,示范置业有限公司,示范建工集团有限公司,"12,345.6",2026-03-01,2027.12.31,示范路\n'
    )
    row = one(read, csv_file, "projects", text)
    assert row.verdict == "understood"
    assert row.values["amount_yuan"] == 123_456_000
    assert row.values["kind"] == "project"
    assert FIELDS["projects"].key(row.values) == "130124202601010101"


def test_a_list_of_inspectors_is_understood(csv_file: Make, read: Read) -> None:
    header = "姓名,股室,执法证号,证件有效期,业务专长,人员类别\n"
    row = one(
        read,
        csv_file,
        "inspectors",
        f"{header}张三,劳动监察股,03010001,2023-01-01至2027-12-31,劳动监察/社保稽核,\n",
    )
    assert row.verdict == "understood"
    assert row.values == {
        "name": "张三", "unit": "劳动监察股", "certificate_number": "03010001", "valid_from": "2023-01-01",
        "valid_until": "2027-12-31", "specialties": "劳动监察、社保稽核", "kind": "certified",
    }  # fmt: skip
    expert = one(read, csv_file, "inspectors", f"{header}李四,某校,,,财务,专家\n")
    assert (expert.verdict, expert.values["kind"]) == ("understood", "expert")
    without = one(read, csv_file, "inspectors", f"{header}王五,劳动监察股,,,,\n")
    assert {p.field for p in without.problems} == {"certificate_number", "valid_from", "valid_until"}


def test_a_list_of_visits_is_understood(csv_file: Make, read: Read) -> None:
    text = (
        "被检查单位,统一社会信用代码,检查日期,检查类别,检查方式,检查部门,检查事项,检查结果\n"
        f"示范甲厂,{CODE},2026.3.5,双随机,实地核查,仲裁股,工资支付,未发现问题\n"
    )
    row = one(read, csv_file, "visits", text)
    assert (row.values["kind"], row.values["manner"], row.values["visited_on"]) == (
        "routine",
        "on_site",
        "2026-03-05",
    )
    nobody = one(read, csv_file, "visits", "单位名称,检查日期,检查内容\n,2026-03-05,工资支付\n")
    assert [p.field for p in nobody.problems] == ["name"]


def test_a_list_of_licences_is_understood(csv_file: Make, read: Read) -> None:
    text = (
        "单位名称,信用代码,许可证类型,许可证编号,有效期起,有效期止\n"
        f"示范甲,{CODE},劳务派遣经营许可证,冀010001,2024-01-01,2023-01-01\n"
    )
    row = one(read, csv_file, "licences", text)
    assert row.values["kind"] == "dispatch"
    assert [(p.field, p.severity) for p in row.problems] == [("valid_until", "error")]


def test_gradings_by_column_or_by_option(csv_file: Make, read: Read) -> None:
    text = f"单位名称,信用代码,守法诚信等级,评价年度\n示范甲,{CODE},Ａ级,2025年度\n示范乙,{CODE},D,2025\n"
    good, wrong = read(csv_file(text), "gradings", defaults={"system": "hrss"})
    assert (good.values["system"], good.values["grade"], good.values["year"]) == ("hrss", "A", 2025)
    assert wrong.verdict == "refused"


def test_headcounts_need_a_number_and_a_day(csv_file: Make, read: Read) -> None:
    path = csv_file(f"参保单位名称,统一社会信用代码,参保人数\n示范甲,{CODE},25\n")
    assert read(path, "headcounts")[0].verdict == "refused"
    (row,) = read(path, "headcounts", defaults={"counted_on": "2026-06-30"})
    assert (row.values["insured"], row.values["counted_on"]) == (25, "2026-06-30")


def test_a_list_of_recusals_is_understood(csv_file: Make, read: Read) -> None:
    text = (
        "单位名称,信用代码,回避人员,与该单位关系,有效期自,说明\n"
        f"示范甲,{CODE},张三,配偶在该单位任职,2026-01-01,配偶任职\n"
    )
    row = one(read, csv_file, "recusals", text)
    assert (row.verdict, row.values["kind"], row.values["inspector_name"]) == ("understood", "family", "张三")


def test_reference_tables_are_understood(csv_file: Make, read: Read) -> None:
    row = one(read, csv_file, "divisions", "code,name,parent\n130111,示范区,130100\n")
    assert row.values == {"code": "130111", "name": "示范区", "parent": "130100"}
    text = (
        "code,name,parent,level,section,description,note\n"
        "L,租赁业,,1,L,本门类包括71,\n"
        "7263,劳务派遣服务,726,4,L,说明一,注二\n"
    )
    section, lowest = read(csv_file(text), "industries")
    assert (section.values["level"], section.values["section"]) == (1, "L")
    assert (lowest.values["level"], lowest.values["parent"], lowest.values["note"]) == (
        4,
        "726",
        "说明一\n注二",
    )
