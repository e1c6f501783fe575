from django.urls import path, register_converter

from mingcha.portal import feeds
from mingcha.portal.views import draws, laws, publications, results


class DrawNumber:
    """The draw_id of the protocol (§7.2): digits, letters and hyphens."""

    regex = "[0-9A-Za-z-]{1,48}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FirmNumber(DrawNumber):
    """A credit code, or the bureau's public number for a firm that has none."""

    regex = "[0-9A-Za-z-]{1,32}"


register_converter(DrawNumber, "drawnumber")
register_converter(FirmNumber, "firmnumber")

app_name = "portal"
urlpatterns = [
    path("", draws.home, name="home"),
    path("how/", draws.how, name="how"),
    path("check/", draws.check, name="check"),
    path("verify.py", draws.verify_script, name="verify-script"),
    path("laws/", laws.laws, name="laws"),
    path("laws/<int:pk>/", laws.law, name="law"),
    path("published/", publications.publications, name="publications"),
    path("published/feed.atom", feeds.feed, name="feed"),
    path("published/<slug:slug>/", publications.publication_type, name="publication-type"),
    path("published/<slug:slug>/feed.atom", feeds.feed, name="publication-feed"),
    path("published/<slug:slug>/index.json", publications.index, name="publication-index"),
    path("published/<slug:slug>/index.js", publications.index_script, name="publication-index-script"),
    path("published/<slug:slug>/<int:pk>/", publications.publication, name="publication"),
    path("published/<slug:slug>/<int:pk>/rows.csv", publications.rows_csv, name="publication-csv"),
    path(
        "published/<slug:slug>/<int:pk>/publication.json",
        publications.publication_json,
        name="publication-json",
    ),
    path(
        "published/<slug:slug>/<int:pk>/schema.json",
        publications.publication_schema,
        name="publication-schema",
    ),
    path("published/<slug:slug>/<int:pk>/snapshot.json", publications.snapshot, name="publication-snapshot"),
    path(
        "published/<slug:slug>/<int:pk>/files/<str:name>",
        publications.publication_file,
        name="publication-file",
    ),
    path("results/", results.results, name="results"),
    path("results/<int:year>/", results.of_year, name="results-of-year"),
    path("results/<int:year>/results.csv", results.rows_csv, name="results-csv"),
    path("results/<int:year>/results.json", results.rows_json, name="results-json"),
    path("results/<int:year>/index.js", results.index_script, name="results-index-script"),
    path("results/firms/<firmnumber:number>/", results.of_firm, name="results-of-firm"),
    path("draws/", draws.draws, name="draws"),
    path("draws/register.jsonl", draws.register, name="register"),
    path("draws/<drawnumber:number>/", draws.draw, name="draw"),
    path("draws/<drawnumber:number>/bundle.zip", draws.bundle, name="bundle"),
    path("draws/<drawnumber:number>/verify/", draws.verify, name="verify"),
    path("draws/<drawnumber:number>/verify/server/", draws.verify_on_server, name="verify-on-server"),
    path("draws/<drawnumber:number>/files/<path:name>", draws.file, name="file"),
]
