"""Inspectors, visits, licences, gradings, counts, projects, divisions and industries come in by lists too."""

from __future__ import annotations

import pytest

from mingcha.base.jobs.testing import run_waiting
from mingcha.kernel.credit_code import synthetic
from mingcha.registry.importing import services
from mingcha.registry.models import (
    CaseCount,
    Claim,
    Contact,
    Division,
    Grading,
    Headcount,
    Industry,
    Inspector,
    Licence,
    Project,
    StagedProblem,
    Subject,
    SubjectTag,
    Tag,
    Visit,
)

pytestmark = pytest.mark.django_db(transaction=True)

CODE, OTHER = synthetic(1), synthetic(2)
INSPECTORS = (
    ("姓名", "所在股室", "执法证件号码", "发证机关", "证件有效期自", "证件有效期至", "业务专长"),
    ("张三", "示范县人社局", "13011100001", "示范县政府", "2024-01-01", "2029-12-31", "社保稽核"),
)


@pytest.fixture
def firm(bureau, now) -> Subject:
    return Subject.objects.create(name="示范商贸有限公司", credit_code=CODE, created_at=now.now())


def undone(batch, coordinator, confirm):
    inverse = services.undo(actor=coordinator, batch_id=batch.pk)
    run_waiting()
    inverse.refresh_from_db()
    return confirm(inverse)


def test_inspectors_with_section_and_specialties(bring, confirm, coordinator):
    batch = confirm(bring(INSPECTORS, register="inspectors"))
    assert (batch.state, batch.created) == ("done", 1)
    person = Inspector.objects.get()
    assert (person.unit.name, str(person.valid_until)) == ("示范县人社局", "2029-12-31")
    assert [str(specialty) for specialty in person.specialties.all()] == ["社保稽核"]
    assert bring(INSPECTORS, register="inspectors").unchanged == 1
    renewed = (INSPECTORS[0], (*INSPECTORS[1][:5], "2031-12-31", "社保稽核"))
    update = confirm(bring(renewed, register="inspectors"))
    assert (update.updated, str(Inspector.objects.get().valid_until)) == (1, "2031-12-31")
    assert undone(update, coordinator, confirm).updated == 1
    assert str(Inspector.objects.get().valid_until) == "2029-12-31"


def test_an_inspector_of_an_unknown_section_is_refused(bring):
    batch = bring((INSPECTORS[0], ("张三", "没有的股", *INSPECTORS[1][2:])), register="inspectors")
    assert batch.refused == 1
    assert "没有这个股室" in StagedProblem.objects.get(severity="error").reason


def test_visits_find_their_firm_and_say_whether_they_count(bring, confirm, firm, coordinator):
    listed = (
        ("单位名称", "统一社会信用代码", "检查日期", "检查部门", "检查类型", "豁免理由"),
        ("示范商贸有限公司", "", "2026-05-06", "劳动监察股", "日常检查", ""),
        ("示范商贸有限公司", CODE, "2026-06-07", "劳动监察股", "个案检查", "投诉举报"),
        ("示范商贸有限公司", CODE, "2026-06-08", "劳动监察股", "个案检查", ""),
        ("示范商贸有限公司", CODE, "2026-06-09", "劳动监察股", "专项检查", "顺路看看"),
        ("查无此企业", "", "2026-06-08", "劳动监察股", "日常检查", ""),
    )
    batch = confirm(bring(listed, register="visits"))
    assert (batch.created, batch.warned, batch.refused) == (4, 2, 1)
    counted = Visit.objects.order_by("visited_on").values_list("kind", "counts")
    assert list(counted) == [("routine", True), ("case", False), ("case", True), ("special", True)]
    reasons = StagedProblem.objects.filter(severity="warning").order_by("position")
    assert ["个案检查没有写" in reasons[0].reason, "这个理由不在参数" in reasons[1].reason] == [True, True]
    assert {visit.subject for visit in Visit.objects.all()} == {firm}
    undone(batch, coordinator, confirm)
    assert not Visit.objects.exists()


def test_licences_gradings_and_counts_of_a_firm(bring, confirm, firm):
    confirm(
        bring(
            (
                ("单位名称", "许可种类", "许可证号", "有效期自", "有效期至"),
                ("示范商贸有限公司", "劳务派遣经营许可", "130111001", "2024-01-01", "2027-01-01"),
            ),
            register="licences",
        )
    )
    assert Licence.objects.get().subject == firm
    confirm(
        bring(
            (
                ("单位名称", "等级体系", "等级", "评价年度"),
                ("示范商贸有限公司", "守法诚信等级", "A", "2025"),
            ),
            register="gradings",
        )
    )
    confirm(
        bring(
            (
                ("单位名称", "用工人数", "参保人数", "统计日期"),
                ("示范商贸有限公司", "30", "28", "2026-06-30"),
            ),
            register="headcounts",
        )
    )
    firm.refresh_from_db()
    assert (firm.grade_hrss, firm.workers, firm.insured) == ("A", 30, 28)
    assert (Grading.objects.count(), Headcount.objects.count()) == (1, 1)


def test_divisions_and_industries(bring, confirm):
    divisions = (
        ("code", "name", "parent"),
        ("130111", "栾城区", "130100"),
        ("130111001", "示范镇", "130111"),
    )
    confirm(bring(divisions, register="divisions"))
    industries = (("code", "name", "parent", "section"), ("1399", "示范加工", "139", "C"))
    confirm(bring(industries, register="industries"))
    assert Division.objects.get(code="130111001").parent == "130111"
    industry = Industry.objects.get(code="1399")
    assert (industry.name, industry.level, industry.section) == ("示范加工", 4, "C")


def test_one_visit_that_a_list_names_in_two_ways_comes_in_once(bring, confirm, firm):
    listed = (
        ("单位名称", "统一社会信用代码", "检查日期", "检查部门", "检查类型"),
        ("示范商贸有限公司", "", "2026-05-06", "劳动监察股", "日常检查"),
        ("示范商贸有限公司", CODE, "2026-05-06", "劳动监察股", "日常检查"),
    )
    batch = bring(listed, register="visits")
    assert (batch.created, batch.refused) == (1, 1)
    assert "同一份名单" in StagedProblem.objects.get(severity="error").reason
    confirm(batch)
    assert Visit.objects.count() == 1


def test_projects_enter_with_their_subject_and_go_with_it(bring, confirm, coordinator):
    listed = (
        ("工程名称", "施工许可证号", "建设单位", "施工总承包单位", "合同造价", "开工日期"),
        ("示范花园一期", "130111202601", "示范置业有限公司", "示范建筑有限公司", "1200万元", "2026-03-01"),
    )
    batch = confirm(bring(listed, register="projects"))
    project = Project.objects.get()
    assert (project.subject.kind, project.subject.name, project.amount_yuan) == (
        "project",
        "示范花园一期",
        12_000_000,
    )
    assert project.subject.public_number.startswith("G2026")
    assert bring(listed, register="projects").unchanged == 1
    assert undone(batch, coordinator, confirm).removed == 1
    assert not Subject.objects.exists()


def test_subjects_bring_counts_grades_tags_and_contacts_along(bring, confirm, bureau):
    tag = Tag.objects.first() or Tag.objects.create(code="x", label="示范标签")
    listed = (
        (
            "企业名称",
            "统一社会信用代码",
            "用工人数",
            "统计日期",
            "守法诚信等级",
            "标签",
            "联系人",
            "联系电话",
        ),
        ("示范商贸有限公司", CODE, "30", "2026-06-30", "A", tag.label, "王某", "13800000001"),
    )
    confirm(bring(listed))
    firm = Subject.objects.get()
    assert (firm.workers, firm.grade_hrss) == (30, "A")
    assert [row.workers for row in Headcount.objects.all()] == [30]
    assert [row.grade for row in Grading.objects.all()] == ["A"]
    assert [row.tag for row in SubjectTag.objects.all()] == [tag]
    assert [(row.name, row.phone) for row in Contact.objects.all()] == [("王某", "13800000001")]
    again = bring(listed)
    assert (again.unchanged, again.updated) == (1, 0)
    more = (listed[0], (*listed[1][:2], "35", "2026-09-30", *listed[1][4:]))
    confirm(bring(more))
    assert sorted(row.workers for row in Headcount.objects.all()) == [30, 35]
    assert Contact.objects.count() == 1


def test_a_list_of_new_registrations_waits_for_being_claimed(bring, confirm, bureau):
    listed = (("企业名称", "统一社会信用代码"), ("示范商贸有限公司", CODE), ("示范餐饮店", OTHER))
    confirm(bring(listed, claim=True))
    assert Claim.objects.filter(state="pending").count() == 2


def test_cases_of_a_firm_and_a_list_without_a_day_is_of_today(bring, confirm, firm):
    listed = (
        ("被申请单位", "统一社会信用代码", "劳动仲裁案件数", "投诉举报量", "截止日期", "统计单位"),
        ("示范商贸有限公司", CODE, "2件", "0", "2026-09-30", "仲裁院"),
    )
    batch = confirm(bring(listed, register="cases"))
    row = CaseCount.objects.get()
    assert (row.subject, row.disputes, row.complaints, str(row.counted_on), row.source) == (
        firm,
        2,
        0,
        "2026-09-30",
        "仲裁院",
    )
    undated = (("单位名称", "投诉次数"), ("示范商贸有限公司", "3"))
    confirm(bring(undated, register="cases"))
    assert str(CaseCount.objects.exclude(pk=row.pk).get().counted_on) == "2026-11-23"
    assert bring((("单位名称", "来源"), ("示范商贸有限公司", "x")), register="cases").refused == 1
    assert batch.created == 1
