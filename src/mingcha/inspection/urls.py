"""Addresses of inspections."""

from django.urls import URLPattern, URLResolver, include, path

from mingcha.inspection.backfill.urls import urlpatterns as backfill_urls
from mingcha.inspection.draft_urls import urlpatterns as draft_urls
from mingcha.inspection.recusal_urls import urlpatterns as recusal_urls
from mingcha.inspection.registers import InspectionRegister
from mingcha.inspection.results.urls import urlpatterns as result_urls
from mingcha.inspection.views import entering, notices, unvisited

app_name = "inspection"
urlpatterns: list[URLPattern | URLResolver] = [
    path("phone/", include("mingcha.inspection.phone.urls")),
    path("", include("mingcha.inspection.desk.urls")),
    *InspectionRegister.urls(),
    *draft_urls,
    *recusal_urls,
    *backfill_urls,
    *result_urls,
    path("inspections/<int:pk>/package/", notices.package, name="package"),
    path("inspections/<int:pk>/issue/", notices.issue, name="issue"),
    path("inspections/<int:pk>/code/", notices.show_code, name="show-code"),
    path("inspections/<int:pk>/notice/", notices.notice, name="notice"),
    path("inspections/<int:pk>/notice.pdf", notices.notice_pdf, name="notice-pdf"),
    path("inspections/<int:pk>/notice/signed/", notices.keep_signed, name="notice-signed"),
    path("inspections/<int:pk>/enter/", entering.enter, name="enter"),
    path("inspections/<int:pk>/make-up/", entering.make_up, name="make-up"),
    path("inspections/<int:pk>/leave/", entering.leave, name="leave"),
    path("inspections/<int:pk>/unvisited/", unvisited.leave_out, name="unvisited"),
    path("unvisited/<int:pk>/", unvisited.request_of, name="unvisited-request"),
    path("unvisited/<int:pk>/do/<slug:name>/", unvisited.verb, name="unvisited-verb"),
]
