from django.urls import path, register_converter

from mingcha.portal import law_views, views


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
    path("draws/", views.draws, name="draws"),
    path("draws/register.jsonl", views.register, name="register"),
    path("draws/<drawnumber:number>/", views.draw, name="draw"),
    path("draws/<drawnumber:number>/bundle.zip", views.bundle, name="bundle"),
    path("draws/<drawnumber:number>/verify/", views.verify, name="verify"),
    path("draws/<drawnumber:number>/verify/server/", views.verify_on_server, name="verify-on-server"),
    path("draws/<drawnumber:number>/files/<path:name>", views.file, name="file"),
]
