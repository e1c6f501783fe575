from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from django.core.files.base import ContentFile

from mingcha.base.jobs.testing import run_waiting
from mingcha.base.viewers import Officer
from mingcha.registry.importing import services
from mingcha.registry.models import ImportBatch
from mingcha.registry.tests.conftest import bureau, coordinator, now  # noqa: F401  shared fixtures

Bring = Callable[..., ImportBatch]
HEADINGS = ("企业名称", "统一社会信用代码", "注册日期", "注册资金", "注册地址")


def csv_of(rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> bytes:
    """Rows as a CSV file; no cell holds a comma."""
    return "\n".join(",".join(row) for row in rows).encode(encoding)


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "media"
    yield


@pytest.fixture
def bring(coordinator: Officer) -> Bring:  # noqa: F811
    """Upload a list and let the worker read and compare it."""

    def uploaded(
        rows: Sequence[Sequence[str]] | bytes,
        *,
        register: str = "subjects",
        name: str = "名单.csv",
        source: str = "示范来源",
        **options: object,
    ) -> ImportBatch:
        content = rows if isinstance(rows, bytes) else csv_of(rows)
        batch = services.receive(
            actor=coordinator,
            register=register,
            source_name=source,
            file=ContentFile(content, name=name),
            options=options,
        )
        run_waiting()
        batch.refresh_from_db()
        return batch

    return uploaded


@pytest.fixture
def confirm(coordinator: Officer) -> Bring:  # noqa: F811
    """Confirm what the page shows, and let the worker write it."""

    def confirmed(batch: ImportBatch) -> ImportBatch:
        services.confirm(actor=coordinator, batch_id=batch.pk, seen=services.expectation(batch))
        run_waiting()
        batch.refresh_from_db()
        return batch

    return confirmed
