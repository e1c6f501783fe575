"""The papers of a draw: sealing notice, to whom it went, photographs, certificate."""

from __future__ import annotations

from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.basics.models import Attachment
from mingcha.planning import certificate as making
from mingcha.planning import services
from mingcha.planning.forms import DeliveryForm, PhotoForm
from mingcha.planning.lifecycle import SEALED
from mingcha.planning.models import DRAW_READERS, Delivery, Draw, RegisterLine
from mingcha.planning.services import photos as photographs
from mingcha.planning.views import crumbs_of, draw_of, page_of
from mingcha.web import site
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView
from mingcha.web.http import Request, officer, pdf_response


def public_address(request: HttpRequest, draw: Draw) -> str:
    """The address of the draw's public page; empty before it has a number."""
    if not draw.number:
        return ""
    return site.public_address(request, reverse("portal:draw", args=[draw.number]))


@officers(*DRAW_READERS)
@require_GET
def notice(request: Request, pk: int) -> HttpResponse:
    """封存公告: the whole digest with a QR code, its place in the register, and places for signatures."""
    draw = draw_of(request, pk)
    address = public_address(request, draw)
    code = segno.make(f"{draw.plan_digest} {address}", error="m") if draw.plan_digest else None
    deliveries = list(Delivery.objects.visible_to(officer(request)).filter(draw=draw).select_related("paper"))
    sealing = RegisterLine.objects.visible_to(officer(request)).filter(draw=draw, event="冻结").first()
    values = {
        "draw": draw,
        "crumbs": crumbs_of(draw, _("封存公告")),
        "quota_text": draw.quota_text,
        "address": address,
        "code": code.svg_data_uri(scale=4, border=2) if code else "",
        "deliveries": deliveries,
        "only_inside": making.only_inside(draw, deliveries),
        "line": sealing,
        "before": _neighbour(sealing, -1),
        "after": _neighbour(sealing, 1),
        "waiting": draw.state == SEALED,
        "may_deliver": officer(request).has(Role.COORDINATOR),
    }
    return render(request, "planning/notice.html", values)


def _neighbour(line: RegisterLine | None, step: int) -> RegisterLine | None:
    """The line before or after in the public register; None at its ends."""
    if line is None:
        return None
    return RegisterLine.objects.filter(seq=line.seq + step).first()


@officers(*DRAW_READERS)
@require_GET
def certificate(request: Request, pk: int) -> HttpResponse:
    """抽取证书 as a page."""
    paper = _paper(request, pk)
    values = {"draw": paper.draw, "paper": paper, "crumbs": crumbs_of(paper.draw, _("抽取证书"))}
    return render(request, "planning/certificate.html", values)


@officers(*DRAW_READERS)
@require_GET
def certificate_pdf(request: Request, pk: int) -> HttpResponse:
    """The same as a PDF."""
    paper = _paper(request, pk)
    return pdf_response(making.pdf(paper), f"certificate-{paper.draw.number}")


def _paper(request: Request, pk: int) -> making.Certificate:
    draw = draw_of(request, pk)
    if not draw.is_complete:
        raise Http404
    return making.certificate(draw, officer(request), public_address(request, draw))


class _OfDraw(ServiceFormView):
    """A form on one draw; it leads back to where the result is shown."""

    verb_name = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.draw = draw_of(request, kwargs["pk"])
        self.verb = f"planning.{self.verb_name}:{self.draw.pk}"

    def crumbs(self) -> list[Crumb]:
        return crumbs_of(self.draw, str(self.title))

    def cancel_url(self) -> str:
        return page_of(self.draw)

    def page_values(self, form: Any) -> dict[str, Any]:
        return {"draw": self.draw, "photos": photographs.of_draw(self.draw, officer(self.request))}


class AddPhoto(_OfDraw):
    """Photographs of the balls and the room, one at a time."""

    form_class = PhotoForm
    template_name = "planning/photos.html"
    verb_name = "add_photo"
    title = gettext_lazy("现场照片")
    submit_label = gettext_lazy("上传")
    done = gettext_lazy("照片已保存。")

    def perform(self, form: PhotoForm) -> Attachment:
        return services.add_photo(
            actor=officer(self.request), draw=self.draw, file=form.cleaned_data["photo"]
        )

    def outcome(self, result: Attachment) -> str:
        return reverse("planning:draw-photos", args=[result.thing_id])


class RecordDelivery(_OfDraw):
    """To whom the sealing notice was given."""

    form_class = DeliveryForm
    verb_name = "record_delivery"
    title = gettext_lazy("登记封存公告的送达")
    submit_label = gettext_lazy("登记")
    done = gettext_lazy("已登记送达。")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"delivered_at": clock.now()}}

    def cancel_url(self) -> str:
        return reverse("planning:draw-notice", args=[self.draw.pk])

    def perform(self, form: DeliveryForm) -> Delivery:
        return services.record_delivery(actor=officer(self.request), draw=self.draw, **form.cleaned_data)

    def outcome(self, result: Delivery) -> str:
        return reverse("planning:draw-notice", args=[result.draw_id])


photos = officers(*DRAW_READERS)(AddPhoto.as_view())
deliver = officers(Role.COORDINATOR)(RecordDelivery.as_view())
