from django.urls import path, register_converter

from mingcha.portal import feeds, law_views, published, views


class DrawNumber:
    """The draw_id of the protocol (§7.2): digits, letters and hyphens."""

    regex = "[0-9A-Za-z-]{1,48}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DrawNumber, "drawnumber")

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("how/", views.how, name="how"),
    path("check/", views.check, name="check"),
    path("verify.py", views.verify_script, name="verify-script"),
    path("laws/", law_views.laws, name="laws"),
    path("laws/<int:pk>/", law_views.law, name="law"),
    path("published/", published.publications, name="publications"),
    path("published/feed.atom", feeds.feed, name="feed"),
    path("published/<slug:slug>/", published.publication_type, name="publication-type"),
    path("published/<slug:slug>/feed.atom", feeds.feed, name="publication-feed"),
    path("published/<slug:slug>/index.json", published.index, name="publication-index"),
    path("published/<slug:slug>/index.js", published.index_script, name="publication-index-script"),
    path("published/<slug:slug>/<int:pk>/", published.publication, name="publication"),
    path("published/<slug:slug>/<int:pk>/rows.csv", published.rows_csv, name="publication-csv"),
    path(
        "published/<slug:slug>/<int:pk>/publication.json",
        published.publication_json,
        name="publication-json",
    ),
    path(
        "published/<slug:slug>/<int:pk>/schema.json",
        published.publication_schema,
        name="publication-schema",
    ),
    path("published/<slug:slug>/<int:pk>/snapshot.json", published.snapshot, name="publication-snapshot"),
    path(
        "published/<slug:slug>/<int:pk>/files/<str:name>",
        published.publication_file,
        name="publication-file",
    ),
    path("draws/", views.draws, name="draws"),
    path("draws/register.jsonl", views.register, name="register"),
    path("draws/<drawnumber:number>/", views.draw, name="draw"),
    path("draws/<drawnumber:number>/bundle.zip", views.bundle, name="bundle"),
    path("draws/<drawnumber:number>/verify/", views.verify, name="verify"),
    path("draws/<drawnumber:number>/verify/server/", views.verify_on_server, name="verify-on-server"),
    path("draws/<drawnumber:number>/files/<path:name>", views.file, name="file"),
]
