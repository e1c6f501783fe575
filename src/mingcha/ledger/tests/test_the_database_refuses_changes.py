from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import DatabaseError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState

import mingcha
from mingcha.base.viewers import System
from mingcha.ledger import protection
from mingcha.ledger.models import Head, Record
from mingcha.ledger.services import repair_protection, seal_yesterday
from mingcha.ledger.tests.happenings import CLERK, note
from mingcha.web.providers import signals

pytestmark = pytest.mark.django_db

TABLES = ("ledger_record", "ledger_head")
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite only")


@pytest.fixture(autouse=True)
def a_record_and_a_head():
    note(actor=CLERK)
    seal_yesterday()


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def everything() -> tuple[list[tuple], list[tuple]]:
    return list(Record.objects.order_by("seq").values_list()), list(Head.objects.order_by("id").values_list())


def refused(sql: str) -> None:
    before = everything()
    with pytest.raises(DatabaseError, match="append-only"):
        run(sql)
    assert everything() == before


def warnings() -> list[str]:
    return [str(found.id) for found in run_checks(databases=["default"]) if "ledger" in str(found.id)]


def drop(trigger: protection.Trigger) -> None:
    run(protection.drop_statement(connection.vendor, trigger))


@pytest.mark.parametrize("table", TABLES)
def test_raw_sql_cannot_update(table):
    refused(f"UPDATE {table} SET digest = 'x'")


@pytest.mark.parametrize("table", TABLES)
def test_raw_sql_cannot_delete(table):
    refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", TABLES)
@on_postgresql
def test_raw_sql_cannot_truncate(table):
    refused(f"TRUNCATE {table}")
    refused(f"TRUNCATE {table} CASCADE")


@on_sqlite
def test_raw_sql_cannot_replace_a_row_by_inserting():
    columns = "actor, actor_name, event, thing_type, thing_id, thing_label, before, after, why, subject"
    refused(
        f"INSERT OR REPLACE INTO ledger_record SELECT seq, at, 'x', {columns.removeprefix('actor, ')},"
        " personal, algorithm, prev, digest FROM ledger_record WHERE seq = 1"
    )
    refused(
        "INSERT OR REPLACE INTO ledger_head (day, seq, digest, algorithm, sealed_at)"
        " SELECT day, 99, digest, algorithm, sealed_at FROM ledger_head"
    )


@on_postgresql
def test_raw_sql_cannot_update_by_upserting():
    refused(
        "INSERT INTO ledger_head (day, seq, digest, algorithm, sealed_at)"
        " SELECT day, 99, digest, algorithm, sealed_at FROM ledger_head"
        " ON CONFLICT (day) DO UPDATE SET seq = 99"
    )


@on_postgresql
def test_the_replication_role_does_not_get_past_the_triggers():
    refused("SET LOCAL session_replication_role = replica; DELETE FROM ledger_record")


def test_the_orm_cannot_either():
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Record.objects.update(why="x")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Head.objects.all().delete()


def test_new_records_still_come_in():
    count = Record.objects.count()
    note(actor=CLERK)
    assert Record.objects.count() == count + 1


@pytest.mark.parametrize("place", range(4))
def test_a_dropped_trigger_is_noticed_by_the_check_and_on_the_page(place):
    assert protection.missing() == []
    assert warnings() == []
    trigger = protection.triggers(connection.vendor)[place]

    drop(trigger)

    assert protection.missing() == [trigger.name]
    assert warnings() == ["mingcha.ledger.W001"]
    shown = [signal for signal in signals.gather() if signal.code == "ledger.protection"]
    assert [trigger.name in signal.message for signal in shown] == [True]


def test_a_trigger_that_does_something_else_is_noticed():
    trigger = protection.triggers(connection.vendor)[0]
    drop(trigger)
    if connection.vendor == "sqlite":
        run(trigger.statement.replace("FOR EACH ROW", "FOR EACH ROW WHEN 0"))
    else:
        run(trigger.statement.replace("FOR EACH ROW", "FOR EACH ROW WHEN (false)"))
        run(f"ALTER TABLE {trigger.table} ENABLE ALWAYS TRIGGER {trigger.name}")

    assert protection.missing() == [trigger.name]


@on_postgresql
@pytest.mark.parametrize("mode", ["DISABLE TRIGGER", "ENABLE TRIGGER", "ENABLE REPLICA TRIGGER"])
def test_a_trigger_that_does_not_always_fire_is_noticed(mode):
    trigger = protection.triggers(connection.vendor)[0]
    run(f"ALTER TABLE {trigger.table} {mode} {trigger.name}")

    assert protection.missing() == [trigger.name]


@on_postgresql
def test_a_function_that_refuses_nothing_is_noticed():
    run(
        "CREATE OR REPLACE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql"
        " AS $$BEGIN RETURN OLD; END$$"
    )
    assert protection.missing() == [trigger.name for trigger in protection.triggers("postgresql")]


def test_any_migration_puts_the_triggers_back():
    for trigger in protection.triggers(connection.vendor):
        drop(trigger)
    assert protection.missing()

    call_command("migrate", "contenttypes", verbosity=0)

    assert protection.missing() == []
    refused("DELETE FROM ledger_record")


@pytest.mark.django_db(transaction=True)
def test_rebuilding_the_table_loses_no_protection_once_migrations_are_through():
    state = ProjectState.from_apps(Record._meta.apps)
    operation = migrations.AddField("record", "extra", models.CharField(max_length=5, default="x"))
    back = migrations.RemoveField("record", "extra")
    wider = state.clone()
    operation.state_forwards("ledger", wider)
    narrow = wider.clone()
    back.state_forwards("ledger", narrow)

    with connection.schema_editor() as editor:
        operation.database_forwards("ledger", editor, state, wider)
    with connection.schema_editor() as editor:
        back.database_forwards("ledger", editor, wider, narrow)
    if connection.vendor == "sqlite":
        assert protection.missing(), "SQLite is expected to drop triggers when it rebuilds a table"
    call_command("migrate", "contenttypes", verbosity=0)

    assert protection.missing() == []
    refused("DELETE FROM ledger_record")


def test_a_repair_is_recorded_with_what_had_been_missing():
    trigger = protection.triggers(connection.vendor)[0]
    drop(trigger)

    assert repair_protection(actor=System("test"), why="人为删除，已查明") == [trigger.name]

    assert protection.missing() == []
    record = Record.objects.order_by("-seq").first()
    assert record.event == "ledger.protection_repaired"
    assert record.before == {"missing": [trigger.name]}


def test_a_repair_of_nothing_leaves_no_record():
    count = Record.objects.count()
    assert repair_protection(actor=System("test"), why="例行") == []
    assert Record.objects.count() == count


def test_an_unknown_algorithm_is_refused_at_start_up(settings):
    settings.LEDGER_ALGORITHM = "md5"
    assert "mingcha.ledger.E001" in [found.id for found in run_checks()]


def test_nothing_in_the_product_imports_what_unseals_the_ledger():
    package = Path(mingcha.__file__).parent
    importers = [
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if "tests" not in path.parts
        and path != package / "ledger" / "testing.py"
        and ("ledger.testing" in (text := path.read_text(encoding="utf-8")) or "ledger_unsealed" in text)
    ]
    assert importers == []
