"""A firm's whole story on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from mingcha.registry import subject_page
from mingcha.registry.models import REGISTER_READERS, Subject
from mingcha.registry.registers.subjects import SubjectRegister
from mingcha.registry.selectors.subjects import entries_of, kept_entry
from mingcha.registry.timeline import DOINGS
from mingcha.registry.views.parts import subject_or_404
from mingcha.web.access import officers
from mingcha.web.http import officer
from mingcha.web.providers import TimelineEntry, timelines

#: More is not read on a screen; the filter by kind narrows it.
SHOWN = 300
EVERYTHING = "all"


@officers(*REGISTER_READERS)
@require_GET
def timeline(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that every app knows of a firm, latest first.

    Without `?kind=` all facts; who did what with the entry (办理记录) comes only when it is asked for, or
    with everything: the facts tell the same once more.
    """
    viewer, subject = officer(request), subject_or_404(request, pk)
    kept = kept_entry(subject)
    if kept is not None:
        return redirect("registry:subject-timeline", kept.pk)
    entries: list[TimelineEntry] = []
    for entry_id in entries_of(subject):
        entries += timelines.gather(viewer, Subject._meta.label_lower, entry_id)
    kinds = sorted({str(entry.kind) for entry in entries})
    wanted = request.GET.get("kind", "")
    chosen = [entry for entry in entries if _shown(str(entry.kind), wanted)]
    chosen.sort(key=lambda entry: entry.day, reverse=True)
    values = {
        **SubjectRegister().head(viewer, subject),
        **subject_page.summary(subject),
        "tab": "timeline",
        "entries": chosen[:SHOWN],
        "total": len(chosen),
        "shown": SHOWN,
        "kinds": kinds,
        "kind": wanted,
        "everything": EVERYTHING,
    }
    return render(request, "registry/timeline.html", values)


def _shown(kind: str, wanted: str) -> bool:
    if wanted == EVERYTHING:
        return True
    return kind == wanted if wanted else kind != str(DOINGS)
