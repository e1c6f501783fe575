"""The addresses that the tests of this app run against."""

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from mingcha.kernel.refusal import Refusal, Refused
from mingcha.web import access
from mingcha.web.tests.sample import FirmRegister, PersonalFirmRegister

handler400 = "mingcha.web.errors.bad_request"
handler403 = "mingcha.web.errors.forbidden"
handler404 = "mingcha.web.errors.not_found"
handler500 = "mingcha.web.errors.server_error"


@access.public
def refuse(request: HttpRequest) -> HttpResponse:
    raise Refused(
        Refusal("sample.cap", "今年已经检查过 %(n)s 次", "年度频次上限", "请改用非现场检查", {"n": 2})
    )


@access.public
def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken")


@access.public
def look_for(request: HttpRequest) -> HttpResponse:
    """What PostgreSQL says to a NUL in a text."""
    raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")


@access.public
def read_body(request: HttpRequest) -> HttpResponse:
    return HttpResponse(len(request.POST))


@access.public
def sign_in_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("sign in")


accounts = (
    [path("sign-in/", sign_in_page, name="sign-in"), path("out/", sign_in_page, name="sign-out")],
    "accounts",
)
sample = ([*FirmRegister.urls(), *PersonalFirmRegister.urls()], "sample")

urlpatterns = [
    path("", include("mingcha.web.urls")),
    path("accounts/", include(accounts)),
    path("sample/", include(sample)),
    path("refuse/", refuse),
    path("fail/", fail),
    path("looked-for/", look_for, name="look-for"),
    path("body/", read_body),
]
