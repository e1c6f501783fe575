"""The public pages. Nobody signs in here; everything comes through `visible_to(request.viewer)` as public."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingcha.base import clock
from mingcha.base.viewers import PUBLIC
from mingcha.basics.selectors import parameters
from mingcha.inspection.unvisited import public_reasons
from mingcha.kernel import draw as ssj
from mingcha.kernel.draw.files import BUNDLE_FILES
from mingcha.planning import lifecycle, selectors
from mingcha.planning.campaigns.strata import label_of
from mingcha.planning.certificate import only_inside
from mingcha.planning.models import Delivery, DigitsAttempt, Draw, DrawTarget, RegisterLine
from mingcha.planning.registers import STATE_TONES
from mingcha.planning.replayed import names_of, repeated, spared, would_have
from mingcha.planning.roster import NAMES_FILE
from mingcha.planning.views import zip_response
from mingcha.portal import sentences
from mingcha.portal.changes import changes_of, checked
from mingcha.portal.explain import look_up
from mingcha.portal.views.common import asked_for, crumbs_from_home
from mingcha.portal.views.publications import listed, newest_by_kind
from mingcha.web.access import public
from mingcha.web.components import Crumb
from mingcha.web.http import Request

PAGE_SIZE = 20
#: How many enterprises 市场监管 counts; a dated value with its source, 0 while nobody has entered it.
MARKET_COUNT = "MARKET_ENTERPRISES"
#: The verifier for the browser, in the order in which its worker loads it.
SSJ1_MODULES = [
    f"portal/ssj1/{name}.js"
    for name in (
        "sha256", "text", "json", "patterns", "plan", "tables", "roster", "quotas", "selection", "pairing",
        "verify", "changes",
    )
]  # fmt: skip
#: What the public register is called among the files of a bundle.
REGISTER_FILE = "register.jsonl"
FILE_TYPES = {
    "json": "application/json; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "py": "text/x-python; charset=utf-8",
}


def _draw(number: str) -> Draw:
    return get_object_or_404(Draw.objects.visible_to(PUBLIC), number=number)


def _drawn(number: str) -> Draw:
    found = _draw(number)
    if found.state != lifecycle.DRAWN:
        raise Http404
    return found


def _page(draw: Draw) -> str:
    return reverse("portal:draw", args=[draw.number])


@public
@require_safe
def home(request: Request) -> HttpResponse:
    """What is published here, newest first, and how to check it."""
    latest = Draw.objects.visible_to(PUBLIC).order_by("-sealed_at", "-pk")[:5]
    values = {
        "draws": [(draw, STATE_TONES[draw.state]) for draw in latest],
        "kinds": [(kind, count, listed(newest)) for kind, count, newest in newest_by_kind()],
    }
    return render(request, "portal/home.html", values)


@public
@require_safe
def how(request: Request) -> HttpResponse:
    """How to repeat a draw with nothing but a browser, Python, or any SHA-256 calculator."""
    return render(request, "portal/how.html", {"crumbs": crumbs_from_home(Crumb(_("怎样复算")))})


@public
@require_safe
def verify_script(request: Request) -> HttpResponse:
    """verify.py: one file, standard library only, that repeats any draw."""
    response = HttpResponse(ssj.single_file(), content_type=FILE_TYPES["py"])
    response["Content-Disposition"] = 'attachment; filename="verify.py"'
    return response


@public
@require_safe
def draws(request: Request) -> HttpResponse:
    """The register of draws: every number, void ones too."""
    numbered = Draw.objects.visible_to(PUBLIC).order_by("-sealed_at", "-pk")
    page = Paginator(numbered, PAGE_SIZE).get_page(request.GET.get("page"))
    last = RegisterLine.objects.visible_to(PUBLIC).order_by("-seq").first()
    values = {
        "rows": [(draw, STATE_TONES[draw.state]) for draw in page],
        "page_obj": page,
        "last": last,
        "crumbs": crumbs_from_home(Crumb(_("随机抽取"))),
    }
    return render(request, "portal/draws.html", values)


@public
@require_safe
def register(request: Request) -> HttpResponse:
    """register.jsonl, whole."""
    return HttpResponse(selectors.register_jsonl(), content_type=FILE_TYPES["jsonl"])


@public
@require_safe
def draw(request: Request, number: str) -> HttpResponse:
    """One draw: three plain sentences, then everything needed to repeat it."""
    found = _draw(number)
    asked = asked_for(request)
    may_ask = found.state != lifecycle.VOID and not found.withheld
    answers, matches = look_up(found, asked) if asked and may_ask else ([], 0)
    deliveries = list(Delivery.objects.visible_to(PUBLIC).filter(draw=found))
    values = {
        "draw": found,
        "tone": STATE_TONES[found.state],
        "quota_text": found.quota_text,
        "crumbs": crumbs_from_home(Crumb(_("随机抽取"), reverse("portal:draws")), Crumb(found.title)),
        "lines": RegisterLine.objects.visible_to(PUBLIC).filter(draw=found).order_by("seq"),
        "returned": DigitsAttempt.objects.visible_to(PUBLIC).filter(draw=found).exclude(returned_at=None),
        "deliveries": deliveries,
        "only_inside": only_inside(found, deliveries),
        "supplements": _supplements(found),
        "files": selectors.file_names(found, PUBLIC),
        "may_ask": may_ask,
        "asked": asked,
        "answers": answers,
        "unanswered": matches - len(answers),
        **(_result(found, request) if found.state == lifecycle.DRAWN else {}),
        "would_have": would_have(found) if found.void_result else (),
        "completeness": _completeness(found),
    }
    return render(request, "portal/draw.html", values)


def _supplements(found: Draw) -> QuerySet[Draw]:
    """The numbers whose firms this one serves, or which serve its firms (draw protocol §7.7)."""
    related = Q(pk=found.supplements_id) | Q(supplements=found)
    return Draw.objects.visible_to(PUBLIC).filter(related).order_by("pk")


def _result(found: Draw, request: Request) -> dict[str, Any]:
    replayed = repeated(found)
    drawn = DrawTarget.objects.visible_to(PUBLIC).filter(draw=found, kind=DrawTarget.Kind.DRAWN)
    ordered = drawn.order_by("seq").prefetch_related("members__person")
    unvisited = public_reasons(found)
    targets = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        "strata": [
            (
                label_of(stratum.code, found.stratum_labels),
                stratum.rows,
                stratum.eligible,
                len(stratum.drawn),
                len(stratum.reserves),
                "" if stratum.cutoff is None else f"{stratum.cutoff:016x}",
            )
            for stratum in replayed.strata
        ],
        "targets": targets,
        "target_rows": [(one, unvisited.get(one.pk, "")) for one in targets],
        "draw_key": replayed.keys.draw_key,
        "spared": spared(found),
        "changes": changes_of(found),
    }


def _completeness(found: Draw) -> dict[str, Any]:
    """市场监管's count of enterprises beside the roster's: what the draw itself cannot prove (design §6)."""
    if found.withheld or found.sealed_at is None:
        return {}
    value = parameters.value(MARKET_COUNT, on=clock.day_of(found.sealed_at))
    return {"rows": len(names_of(found)), "market": value.as_int(), "source": value.source}


@public
@require_safe
def bundle(request: Request, number: str) -> HttpResponse:
    """Everything a citizen needs, in one zip."""
    found = _draw(number)
    return zip_response(selectors.bundle_zip(found, PUBLIC), f"draw-{found.number}.zip")


@public
@require_safe
def file(request: Request, number: str, name: str) -> HttpResponse:
    """One file of the public bundle, byte for byte."""
    content = selectors.file_content(_draw(number), name, PUBLIC)
    if content is None:
        raise Http404
    kind = FILE_TYPES.get(name.rpartition(".")[2], "text/plain; charset=utf-8")
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = "attachment" if name.endswith(".py") else "inline"
    return response


@public
@require_safe
def verify(request: Request, number: str) -> HttpResponse:
    """The page whose script repeats the draw in the visitor's own browser from the published files."""
    found = _drawn(number)
    published = set(selectors.file_names(found, PUBLIC))
    # The script asks for what is listed here and for nothing else.
    addresses = {
        name: reverse("portal:file", args=[found.number, name])
        for name in (*BUNDLE_FILES, NAMES_FILE, ssj.PUBLIC_CHANGES)
        if name in published
    }
    if ssj.PUBLIC_CHANGES in published:
        addresses[REGISTER_FILE] = reverse("portal:register")
    return _checking_page(request, _crumbs_to(found, _("复算")), draw=found, addresses=addresses)


@public
@require_safe
def check(request: Request) -> HttpResponse:
    """The same for files on the visitor's own disk: a bundle downloaded earlier, or an overseer's."""
    return _checking_page(request, crumbs_from_home(Crumb(_("核对本机的文件"))), draw=None, addresses={})


def _checking_page(request: Request, crumbs: list[Crumb], **values: Any) -> HttpResponse:
    values |= {"crumbs": crumbs, "sentences": sentences.for_the_page(), "modules": SSJ1_MODULES}
    return render(request, "portal/verify.html", values)


@public
@require_safe
def verify_on_server(request: Request, number: str) -> HttpResponse:
    """The draw repeated here and now from the published files, with the same report as verify.py."""
    found = _drawn(number)
    try:
        report = ssj.verify(selectors.files_for(found, PUBLIC), found.used_digest)
        lines = ssj.report_lines(report)
    except ssj.Rejected as why:
        report, lines = None, [f"REJECTED: {why}"]
    values = {
        "draw": found,
        "report": report,
        "lines": lines,
        "changes": checked(found),
        "crumbs": _crumbs_to(found, _("服务器复算")),
    }
    return render(request, "portal/verify_on_server.html", values)


def _crumbs_to(draw: Draw, here: str) -> list[Crumb]:
    return crumbs_from_home(
        Crumb(_("随机抽取"), reverse("portal:draws")), Crumb(draw.title, _page(draw)), Crumb(here)
    )
