"""Every address of the product. A new URL needs a row in tests/contract/test_every_url_by_role.py."""

from django.conf import settings
from django.urls import include, path

from mingcha.project.health import healthz

handler400 = "mingcha.web.errors.bad_request"
handler403 = "mingcha.web.errors.forbidden"
handler404 = "mingcha.web.errors.not_found"
handler500 = "mingcha.web.errors.server_error"

urlpatterns = [
    path("", include("mingcha.web.urls")),
    path("accounts/", include("mingcha.accounts.urls")),
    path("settings/", include("mingcha.basics.urls")),
    path("ledger/", include("mingcha.ledger.urls")),
    path("laws/", include("mingcha.laws.urls")),
    path("publication/", include("mingcha.publication.urls")),
    path("registry/", include("mingcha.registry.urls")),
    path("items/", include("mingcha.items.urls")),
    path("planning/", include("mingcha.planning.urls")),
    path("leads/", include("mingcha.leads.urls")),
    path("inspection/", include("mingcha.inspection.urls")),
    path("v/", include("mingcha.enterprise.urls")),
    path("jobs/", include("mingcha.project.jobs.urls")),
    path("open/", include("mingcha.portal.urls")),
    path("site/", include("mingcha.portal.export.urls")),
    path("healthz", healthz, name="healthz"),
]
#: Outside the demo these do not exist.
DEMO_URLS = [
    path("demo/", include("mingcha.accounts.demo_urls")),
    path("demo/", include("mingcha.planning.demo_urls")),
]
if settings.DEMO:
    urlpatterns += DEMO_URLS
