import pytest
from django.apps.registry import Apps
from django.core.exceptions import FieldError
from django.db import connection, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from mingcha.base.crypto.fields import EncryptedTextField
from mingcha.base.crypto.keys import Undecipherable
from mingcha.base.crypto.tests.conftest import stored
from mingcha.base.crypto.tests.probe import Person, Visit


def test_the_database_holds_ciphertext_and_python_the_text(people: type[Person]) -> None:
    person = people.objects.create(name="张三", phone="13800138000")

    assert stored(person, "name").startswith("v1:")
    assert "张三" not in stored(person, "name")
    assert people.objects.get().name == "张三"
    assert people.objects.values_list("phone", flat=True).get() == "13800138000"
    assert people.objects.only("name").get().phone == "13800138000"


@pytest.mark.parametrize("text", ["", None])
def test_an_empty_value_stays_empty(people: type[Person], text: str | None) -> None:
    person = people.objects.create(name="张三", phone=text)

    assert stored(person, "phone") == text
    assert people.objects.get().phone == text


def test_saving_an_unchanged_row_keeps_it_readable(people: type[Person]) -> None:
    people.objects.create(name="张三", phone="13800138000")
    person = people.objects.get()

    person.save()

    assert people.objects.get().name == "张三"


def test_a_value_moved_to_another_column_cannot_be_read(people: type[Person]) -> None:
    person = people.objects.create(name="张三", phone="13800138000")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Person._meta.db_table} SET name = phone")

    with pytest.raises(Undecipherable, match=f"{Person._meta.db_table}.name") as refused:
        people.objects.get(pk=person.pk)

    assert "13800138000" not in str(refused.value)


@pytest.mark.parametrize(
    "condition",
    [
        {"name": "张三"},
        {"name__exact": "张三"},
        {"name__in": ["张三"]},
        {"name__contains": "张"},
        {"name__icontains": "张"},
        {"name__startswith": "张"},
        {"name__gt": "张"},
        {"name__regex": "张"},
        {"name__lower": "张"},
    ],
)
def test_conditions_on_it_are_refused(people: type[Person], condition: dict[str, object]) -> None:
    with pytest.raises(FieldError, match="a condition .*BlindIndexField"):
        people.objects.filter(**condition).exists()
    with pytest.raises(FieldError, match="a condition .*BlindIndexField"):
        Visit.objects.filter(**{f"person__{name}": value for name, value in condition.items()}).exists()


@pytest.mark.parametrize("order", ["name", "-name"])
def test_ordering_by_it_is_refused(people: type[Person], order: str) -> None:
    with pytest.raises(FieldError, match="an ordering"):
        list(people.objects.order_by(order))
    with pytest.raises(FieldError, match="an ordering"):
        list(Visit.objects.order_by(f"{'-' if order[0] == '-' else ''}person__name"))


def test_missing_values_can_be_found(people: type[Person]) -> None:
    people.objects.create(name="无", phone=None)
    people.objects.create(name="有", phone="13800138000")

    assert people.objects.get(phone__isnull=True).name == "无"


def test_the_usual_reads_still_work(people: type[Person]) -> None:
    person = people.objects.create(name="张三", phone="13800138000", town="甲镇")
    visit = Visit.objects.create(person=person)

    assert Visit.objects.select_related("person").get().person.name == "张三"
    assert Visit.objects.annotate(who=F("person__name")).values_list("who", flat=True).get() == "张三"
    towns = people.objects.values("town").annotate(n=models.Count("pk"), phones=models.Count("phone"))
    assert list(towns) == [{"town": "甲镇", "n": 1, "phones": 1}]
    assert people.objects.exclude(phone__isnull=True).exists()
    assert people.objects.distinct().count() == 1
    person.refresh_from_db(fields=["name"])
    assert person.name == "张三"
    assert visit.person_id == person.pk


def test_expressions_cannot_write_plain_text_into_it(people: type[Person]) -> None:
    people.objects.create(name="张三", town="甲镇")

    for expression in (F("town"), Value("李四"), Concat(F("town"), Value("李四"))):
        with pytest.raises(FieldError, match="not an expression"), transaction.atomic():
            people.objects.update(name=expression)

    assert people.objects.get().name == "张三"


def test_update_and_bulk_update_encrypt(people: type[Person]) -> None:
    people.objects.create(name="张三")
    people.objects.update(name="李四")
    person = people.objects.get()
    assert person.name == "李四"
    assert stored(person, "name").startswith("v1:")

    person.name = "王五"
    people.objects.bulk_update([person], ["name"])

    assert people.objects.get().name == "王五"
    assert stored(person, "name").startswith("v1:")


def test_bulk_create_encrypts(people: type[Person]) -> None:
    people.objects.bulk_create([people(name="甲"), people(name="乙")])

    assert {person.name for person in people.objects.all()} == {"甲", "乙"}
    assert all(stored(person, "name").startswith("v1:") for person in people.objects.all())


def test_uniqueness_on_ciphertext_is_refused_by_a_check() -> None:
    class Wrong(models.Model):
        name = EncryptedTextField(unique=True)

        class Meta:
            apps = Apps()
            app_label = "probe"

        def __str__(self) -> str:
            return ""

    assert [error.id for error in Wrong._meta.get_field("name").check()] == ["mingcha.base.E002"]
