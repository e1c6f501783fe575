from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from mingcha.base import service as services
from mingcha.base.crypto import rotation
from mingcha.base.crypto.fields import blind
from mingcha.base.crypto.tests.conftest import stored
from mingcha.base.crypto.tests.probe import Person, Visit
from mingcha.base.service import Happening
from mingcha.base.viewers import System

Put = Callable[[str, str], None]
ACTOR = System("test")


@pytest.fixture(autouse=True)
def _only_probe_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "installed_models", lambda: [Person, Visit])


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> list[Happening]:
    """What the ledger would be given."""
    happenings: list[Happening] = []
    monkeypatch.setattr(services, "_sinks", [happenings.extend])
    return happenings


@pytest.fixture
def old_rows(people: type[Person], rings: Put, both_versions: tuple[str, str]) -> list[Person]:
    """Three rows under version 1, after version 2 was added."""
    rows = [people.objects.create(name=f"人{n}", phone=f"1380013800{n}", town="甲镇") for n in range(3)]
    rings(*both_versions)
    return rows


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("rotate_keys", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_after_it_the_old_key_is_no_longer_needed(
    old_rows: list[Person], rings: Put, only_new: tuple[str, str], recorded: list[Happening]
) -> None:
    printed = run()

    assert "旧密钥可以从环境变量中删除" in printed
    rings(*only_new)
    assert [person.name for person in Person.objects.order_by("pk")] == ["人0", "人1", "人2"]
    assert Person.objects.get(**blind("phone_index", "13800138001")).phone == "13800138001"
    assert stored(old_rows[0], "town") == "甲镇"


def test_it_is_recorded_once_with_counts(old_rows: list[Person], recorded: list[Happening]) -> None:
    rotation.rotate(actor=ACTOR)

    assert [happening.event.code for happening in recorded] == ["base.keys_rotated"]
    table = Person._meta.db_table
    assert recorded[0].event.after == {f"{table}.name": 3, f"{table}.phone": 3, f"{table}.phone_index": 3}


def test_a_second_run_finds_nothing_to_do(old_rows: list[Person], recorded: list[Happening]) -> None:
    Person.objects.create(name="无号码", phone=" - ")
    rotation.rotate(actor=ACTOR)
    tokens = [stored(person, "name") for person in old_rows]

    reports = rotation.rotate(actor=ACTOR)

    assert [report.rewritten for report in reports] == [0, 0, 0]
    assert [stored(person, "name") for person in old_rows] == tokens
    assert len(recorded) == 1


def test_a_dry_run_counts_and_changes_nothing(old_rows: list[Person], recorded: list[Happening]) -> None:
    Person.objects.create(name="新", phone="")
    before = [stored(person, "phone") for person in old_rows]

    printed = run("--dry-run")

    table = Person._meta.db_table
    assert f"{table}.name  v1: 3, v2: 1  → v2" in printed
    assert f"{table}.phone  v1: 3, v2: 0  → v2" in printed
    assert f"{table}.phone_index  v1: 3, v2: 0  → v2" in printed
    assert "可以从环境变量中删除" not in printed
    assert [stored(person, "phone") for person in old_rows] == before
    assert recorded == []


def test_it_goes_in_batches_and_goes_on_where_it_was_stopped(
    old_rows: list[Person], monkeypatch: pytest.MonkeyPatch, recorded: list[Happening]
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)

    def stop(report: rotation.ColumnReport) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotation.rotate(actor=ACTOR, progress=stop)
    assert [stored(person, "name")[:3] for person in old_rows] == ["v2:", "v2:", "v1:"]

    steps: list[tuple[str, int]] = []
    rotation.rotate(actor=ACTOR, progress=lambda r: steps.append((r.column.split(".")[1], r.rewritten)))

    assert steps == [("name", 1), ("phone", 2), ("phone", 3), ("phone_index", 2), ("phone_index", 3)]


def test_a_change_made_meanwhile_is_not_overwritten(
    old_rows: list[Person], monkeypatch: pytest.MonkeyPatch, recorded: list[Happening]
) -> None:
    read = rotation._outdated

    def read_then_change(column: rotation.Column, after: object) -> list[rotation._Row]:
        rows = read(column, after)
        if rows and column.field.name == "name":
            Person.objects.filter(pk=old_rows[1].pk).update(name="改过")
        return rows

    monkeypatch.setattr(rotation, "_outdated", read_then_change)

    reports = rotation.rotate(actor=ACTOR)

    assert Person.objects.get(pk=old_rows[1].pk).name == "改过"
    assert reports[0].rewritten == 2
    assert reports[0].outdated == 0


def test_an_index_is_not_computed_from_a_value_changed_meanwhile(
    old_rows: list[Person], monkeypatch: pytest.MonkeyPatch, recorded: list[Happening]
) -> None:
    column = next(c for c in rotation.columns() if c.field.name == "phone_index")
    rows = rotation._outdated(column, None)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Person._meta.db_table} SET phone = %s WHERE id = %s",
            [Person._meta.get_field("phone").encipher("13900139000"), old_rows[0].pk],
        )

    swapped = rotation.rewrite_batch(
        actor=ACTOR, column=column, renewed=[(row, column.renewed(row.source)) for row in rows]
    )

    assert swapped == 2


def test_an_unreadable_row_is_named_left_alone_and_keeps_the_old_key_needed(
    old_rows: list[Person], recorded: list[Happening]
) -> None:
    broken = stored(old_rows[1], "name")[:-6] + "AAAA=="
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Person._meta.db_table} SET name = %s WHERE id = %s", [broken, old_rows[1].pk]
        )
    out = StringIO()

    with pytest.raises(CommandError, match="还有 1 行"):
        call_command("rotate_keys", stdout=out, stderr=out)

    assert f"{Person._meta.db_table}.name #{old_rows[1].pk}" in out.getvalue()
    assert broken not in out.getvalue()
    assert stored(old_rows[1], "name") == broken
    assert stored(old_rows[2], "name").startswith("v2:")


def test_every_installed_model_is_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    from django.apps import apps

    assert set(rotation.installed_models()) >= set(apps.get_models())
