"""A migrated SQLite database is kept for the next run, as long as no migration and no trigger has changed.

Building one takes half a minute of computing. The first run on a machine builds it (so CI always does); the
copy is made before any test has touched it.
"""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import django
import pytest
from django.conf import settings
from django.db import connections

ROOT = Path(__file__).parents[1]
#: What makes the tables, and what is put on them after every migration.
_MAKERS = ("src/mingcha/*/migrations/*.py", "src/mingcha/**/protection.py")


def _digest() -> str:
    found = hashlib.sha256(django.__version__.encode())
    for path in sorted(path for pattern in _MAKERS for path in ROOT.glob(pattern)):
        found.update(path.relative_to(ROOT).as_posix().encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _kept() -> Path:
    return Path(tempfile.gettempdir()) / f"mingcha-migrated-{_digest()[:24]}.sqlite3"


def _is_sqlite() -> bool:
    return bool(settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"))


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


def _place() -> Path:
    """Where this run, or this worker of it, has its database."""
    return Path(connections["default"].settings_dict["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> bool:
    """Whether the run begins with a database that has its tables: a kept one, put in place here."""
    if _is_sqlite() and _kept().exists() and not _place().exists():
        _copy(_kept(), _place())
        return True
    return bool(request.config.getvalue("reuse_db"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_keepdb: bool, django_db_setup: None) -> Iterator[None]:
    """Keep what was built, before a test has written to it."""
    if _is_sqlite() and not django_db_keepdb:
        half = _kept().with_suffix(f".{uuid4().hex}")
        _copy(_place(), half)
        half.replace(_kept())
    yield
