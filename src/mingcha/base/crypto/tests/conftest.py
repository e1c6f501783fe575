from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from mingcha.base.crypto.keys import forget_keys
from mingcha.base.crypto.tests.probe import Person, Visit

KEY_1 = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="
KEY_2 = "Q0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0M="
INDEX_1 = "QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI="
INDEX_2 = "REREREREREREREREREREREREREREREREREREREREREQ="


@pytest.fixture(scope="session")
def _tables(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Person)
            editor.create_model(Visit)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Visit)
            editor.delete_model(Person)


@pytest.fixture
def people(_tables: None, db: None) -> type[Person]:
    """The model `Person` with an empty table."""
    return Person


@pytest.fixture
def rings(settings) -> Iterator[Callable[[str, str], None]]:
    """Put other rings in place for the test: rings(field_keys, index_keys)."""

    def put(field_keys: str, index_keys: str) -> None:
        settings.FIELD_KEYS, settings.INDEX_KEYS = field_keys, index_keys
        forget_keys()

    put(f"1:{KEY_1}", f"1:{INDEX_1}")
    yield put
    forget_keys()


@pytest.fixture
def both_versions() -> tuple[str, str]:
    return f"1:{KEY_1},2:{KEY_2}", f"1:{INDEX_1},2:{INDEX_2}"


@pytest.fixture
def only_new() -> tuple[str, str]:
    return f"2:{KEY_2}", f"2:{INDEX_2}"


def stored(person: Person, column: str) -> str:
    """What the database itself holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {Person._meta.db_table} WHERE id = %s", [person.pk])
        return cursor.fetchone()[0]
