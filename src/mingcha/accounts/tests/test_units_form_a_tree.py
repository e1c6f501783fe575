import pytest

from mingcha.accounts import selectors, services
from mingcha.accounts.models import Capacity, Unit, UnitKind
from mingcha.accounts.testing import as_officer, make_officer, make_unit
from mingcha.base.roles import Role
from mingcha.kernel.refusal import Refused

pytestmark = pytest.mark.django_db


def test_a_subtree_holds_the_unit_and_everything_below_it_and_nothing_else(admin):
    bureau = make_unit("人社局", kind=UnitKind.BUREAU)
    brigade = make_unit("执法大队", parent=bureau)
    first = make_unit("一中队", parent=brigade)
    make_unit("就业股", parent=bureau)

    assert list(Unit.objects.subtree(brigade)) == [brigade, first]


def test_a_unit_whose_number_begins_with_another_is_not_inside_it():
    first = Unit.objects.create(pk=77, name="七十七", path="/77/")
    Unit.objects.create(pk=770, name="七百七十", path="/770/")

    assert list(Unit.objects.subtree(first)) == [first]


def test_moving_a_unit_takes_everything_below_along(admin):
    old, new = make_unit("甲局"), make_unit("乙局")
    brigade = make_unit("大队", parent=old)
    team = make_unit("中队", parent=brigade)

    services.move_unit(actor=admin, unit=brigade, parent=new)

    team.refresh_from_db()
    assert team.path == f"/{new.pk}/{brigade.pk}/{team.pk}/"
    assert list(Unit.objects.subtree(old)) == [old]


def test_a_unit_cannot_be_moved_below_itself(admin):
    brigade = make_unit("大队")
    team = make_unit("中队", parent=brigade)

    with pytest.raises(Refused) as refused:
        services.move_unit(actor=admin, unit=brigade, parent=team)

    assert refused.value.codes == ("accounts.unit_circle",)
    brigade.refresh_from_db()
    assert brigade.parent is None


def test_a_closed_unit_stays_but_takes_nothing_new(admin):
    unit = make_unit("旧股")
    services.close_unit(actor=admin, unit=unit, why="机构改革")

    assert Unit.objects.filter(pk=unit.pk).exists()
    assert unit not in Unit.objects.open()
    unit.refresh_from_db()
    with pytest.raises(Refused) as refused:
        make_unit("新组", parent=unit)
    assert refused.value.codes == ("accounts.unit_closed",)


def test_a_unit_with_people_cannot_be_closed(admin):
    unit = make_unit("有人的股")
    make_officer(unit=unit)

    with pytest.raises(Refused) as refused:
        services.close_unit(actor=admin, unit=unit, why="机构改革")

    assert refused.value.codes == ("accounts.unit_in_use",)


def test_a_short_code_names_one_unit_only(admin):
    services.create_unit(actor=admin, name="监察股", short_code="劳监")

    with pytest.raises(Refused) as refused:
        services.create_unit(actor=admin, name="另一个股", short_code="劳监")

    assert refused.value.codes == ("accounts.unit_code_taken",)


def test_entrusted_enforcement_names_who_entrusts(admin):
    with pytest.raises(Refused) as refused:
        services.create_unit(actor=admin, name="乡镇所", capacity=Capacity.ENTRUSTED)
    assert refused.value.codes == ("accounts.unit_entrusted_by",)

    bureau = make_unit("人社局")
    unit = services.create_unit(actor=admin, name="乡镇所", capacity=Capacity.ENTRUSTED, entrusted_by=bureau)
    assert unit.entrusted_by == bureau


def test_a_unit_takes_the_division_code_of_its_parent(admin):
    parent = services.create_unit(actor=admin, name="局", division_code="130111")

    assert services.create_unit(actor=admin, name="股", parent=parent).division_code == "130111"


def test_a_division_code_of_five_digits_is_refused(admin):
    with pytest.raises(Refused) as refused:
        services.create_unit(actor=admin, name="局", division_code="13011")
    assert refused.value.codes == ("accounts.unit_division",)


def test_only_administrators_change_units(db):
    coordinator = as_officer(make_officer(Role.COORDINATOR))

    with pytest.raises(Refused) as refused:
        services.create_unit(actor=coordinator, name="股")

    assert refused.value.codes == ("accounts.administrators_only",)


def test_the_bureau_is_the_open_root_unit_of_that_kind(admin):
    make_unit("协同部门", kind=UnitKind.PARTNER)
    bureau = make_unit("人社局", kind=UnitKind.BUREAU)
    make_unit("下级局", kind=UnitKind.BUREAU, parent=bureau)

    assert selectors.bureau() == bureau
