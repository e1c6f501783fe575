"""What a paper said when it went out, and keeping it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingcha.base import clock
from mingcha.inspection.models import Inspection, KeptPaper
from mingcha.kernel.digest import canonical_json, hex_digest


def kept(inspection: Inspection, kind: str) -> dict[str, Any] | None:
    """What the paper said when it last went out; None before it did. Whoever sees the inspection sees it."""
    last = _versions(inspection, kind).last()
    return dict(last.content) if last is not None else None


def keep(inspection: Inspection, kind: str, content: Mapping[str, Any]) -> KeptPaper:
    """Keep what goes out now, as the next version where it says something else than the last one.

    Called within the service that sends it out and holds the inspection.
    """
    digest = hex_digest(canonical_json(content))
    last = _versions(inspection, kind).last()
    if last is not None and last.sha256 == digest:
        return last
    return KeptPaper.objects.create(
        inspection=inspection,
        kind=kind,
        version=1 if last is None else last.version + 1,
        content=content,
        sha256=digest,
        kept_at=clock.now(),
    )


def _versions(inspection: Inspection, kind: str) -> Any:
    return KeptPaper.objects.filter(inspection=inspection, kind=kind).order_by("version")
