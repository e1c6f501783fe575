from collections.abc import Callable

import pytest
from django.apps.registry import Apps
from django.core.exceptions import FieldError
from django.db import models, transaction

from mingcha.base.crypto.fields import BlindIndexField, EncryptedTextField, blind, lookups, refresh_indexes
from mingcha.base.crypto.normalise import normalise_id_number, normalise_phone, normalise_text
from mingcha.base.crypto.tests.conftest import stored
from mingcha.base.crypto.tests.probe import Person, Visit

Put = Callable[[str, str], None]


@pytest.mark.parametrize(
    "typed", ["13800138000", "138 0013 8000", "+86 138-0013-8000", "１３８００１３８０００"]
)
def test_a_row_is_found_however_the_number_is_typed(people: type[Person], typed: str) -> None:
    person = people.objects.create(name="张三", phone="138-00138000")
    people.objects.create(name="李四", phone="13800138001")

    assert people.objects.get(**blind("phone_index", typed)) == person


def test_it_is_found_through_a_relation(people: type[Person]) -> None:
    person = people.objects.create(name="张三", phone="13800138000")
    visit = Visit.objects.create(person=person)

    assert Visit.objects.get(**blind("person__phone_index", "13800138000")) == visit
    assert not Visit.objects.filter(**blind("person__phone_index", "13800138001")).exists()


def test_the_index_tells_nothing_of_the_value(people: type[Person]) -> None:
    person = people.objects.create(name="张三", phone="13800138000")

    mark = stored(person, "phone_index")

    assert mark.startswith("v1:")
    assert len(mark) == 3 + 64
    assert "13800138000" not in mark


@pytest.mark.parametrize("phone", ["", None, " - "])
def test_an_empty_value_has_no_mark_and_is_never_found(people: type[Person], phone: str | None) -> None:
    person = people.objects.create(name="张三", phone=phone)

    assert stored(person, "phone_index") == ""
    assert lookups(people._meta.get_field("phone_index"), phone or "") == []
    assert not people.objects.filter(**blind("phone_index", "")).exists()


def test_saving_moves_the_index_with_the_value(people: type[Person]) -> None:
    person = people.objects.create(name="张三", phone="13800138000")
    person.phone = "13900139000"
    person.save()

    assert not people.objects.filter(**blind("phone_index", "13800138000")).exists()
    assert people.objects.filter(**blind("phone_index", "13900139000")).exists()


def test_bulk_create_computes_it(people: type[Person]) -> None:
    people.objects.bulk_create([people(name=str(n), phone=f"1380013800{n}") for n in range(3)])

    assert people.objects.get(**blind("phone_index", "13800138002")).name == "2"


def test_writing_the_value_without_its_index_is_refused(people: type[Person]) -> None:
    person = people.objects.create(name="张三", phone="13800138000")
    person.phone = "13900139000"

    with pytest.raises(FieldError, match="phone_index"), transaction.atomic():
        person.save(update_fields=["phone"])
    with pytest.raises(FieldError, match="phone_index"), transaction.atomic():
        people.objects.update(phone="13900139000")
    with pytest.raises(FieldError, match="phone_index"), transaction.atomic():
        people.objects.bulk_update([person], ["phone"])

    person.save(update_fields=["phone", "phone_index"])
    assert people.objects.filter(**blind("phone_index", "13900139000")).exists()


def test_bulk_update_needs_the_indexes_refreshed_first(people: type[Person]) -> None:
    person = people.objects.create(name="张三", phone="13800138000")
    person.phone = "13900139000"

    people.objects.bulk_update([person], ["phone", "phone_index"])
    assert not people.objects.filter(**blind("phone_index", "13900139000")).exists()

    refresh_indexes([person])
    people.objects.bulk_update([person], ["phone", "phone_index"])
    assert people.objects.filter(**blind("phone_index", "13900139000")).exists()


def test_both_old_and_new_marks_are_looked_for_while_keys_change(
    people: type[Person], rings: Put, both_versions: tuple[str, str], only_new: tuple[str, str]
) -> None:
    person = people.objects.create(name="张三", phone="13800138000")
    rings(*both_versions)
    newer = people.objects.create(name="李四", phone="13800138000")

    field = people._meta.get_field("phone_index")
    assert [mark[:3] for mark in lookups(field, "13800138000")] == ["v2:", "v1:"]
    assert set(people.objects.filter(**blind("phone_index", "13800138000"))) == {person, newer}

    rings(*only_new)
    found = people.objects.filter(**blind("phone_index", "13800138000")).values_list("pk", flat=True)
    assert list(found) == [newer.pk]


@pytest.mark.parametrize("lookup", ["contains", "startswith", "iexact", "gt"])
def test_other_comparisons_are_refused(people: type[Person], lookup: str) -> None:
    with pytest.raises(FieldError):
        people.objects.filter(**{f"phone_index__{lookup}": "138"}).exists()


def test_comparing_with_the_plain_value_is_refused_instead_of_finding_nothing(people: type[Person]) -> None:
    with pytest.raises(FieldError, match="blind"):
        people.objects.filter(phone_index="13800138000").exists()


def test_a_migration_can_write_the_field_down() -> None:
    field = Person._meta.get_field("phone_index")
    _, path, args, kwargs = field.deconstruct()

    assert path == "mingcha.base.crypto.fields.BlindIndexField"
    assert kwargs["source"] == "phone"
    assert kwargs["normalise"] is normalise_phone
    assert BlindIndexField(*args, **kwargs).deconstruct()[3] == kwargs


def test_a_source_that_is_not_encrypted_is_refused_by_a_check() -> None:
    class Wrong(models.Model):
        town = models.CharField(max_length=10)
        secret = EncryptedTextField()
        town_index = BlindIndexField(source="town")
        lost_index = BlindIndexField(source="nowhere")
        twice_index = BlindIndexField(source="secret", unique=True)

        class Meta:
            apps = Apps()
            app_label = "probe"

        def __str__(self) -> str:
            return ""

    found = {f.name: [e.id for e in f.check()] for f in Wrong._meta.fields if isinstance(f, BlindIndexField)}

    assert found == {
        "town_index": ["mingcha.base.E003"],
        "lost_index": ["mingcha.base.E003"],
        "twice_index": ["mingcha.base.E002"],
    }


def test_one_thing_has_one_spelling() -> None:
    assert normalise_phone("0086 13800138000") == "13800138000"
    assert normalise_phone("0311-8612 3456") == "031186123456"
    assert normalise_id_number(" 11010519491231002x ") == "11010519491231002X"
    assert normalise_text(" Ｚhang　San ") == "zhangsan"
