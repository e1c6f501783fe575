from django.urls import path

from mingcha.leads.registers import LeadRegister
from mingcha.leads.views import notices, people, progress, registering, verbs

app_name = "leads"
urlpatterns = [
    path("new/", registering.register, name="lead-register"),
    path("progress/", progress.progress, name="progress"),
    path("complainants/", people.seek, name="complainant-search"),
    path("complainants/<int:pk>/", people.complainant, name="complainant"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/<int:pk>/served/", notices.serve, name="notice-serve"),
    *LeadRegister.urls(),
    path("<int:pk>/do/<slug:name>/", verbs.verb, name="lead-verb"),
    path("<int:pk>/ask/", verbs.ask, name="lead-ask"),
    path("<int:pk>/decline/", verbs.decline, name="lead-decline"),
    path("<int:pk>/send-on/", verbs.send_on, name="lead-send-on"),
    path("<int:pk>/propose/", verbs.propose, name="lead-propose"),
    path("<int:pk>/close/", verbs.close, name="lead-close"),
    path("<int:pk>/handler/", verbs.assign, name="lead-assign"),
    path("<int:pk>/firm/", verbs.identify, name="lead-identify"),
    path("<int:pk>/answer/", notices.answer, name="lead-answer"),
    path("<int:pk>/feedback/", notices.feed_back, name="lead-feedback"),
    path("<int:pk>/conditions/", verbs.assess, name="lead-assess"),
    path("<int:pk>/people/", people.add_person, name="lead-person"),
    path("<int:pk>/papers/", people.add_paper, name="lead-paper"),
    path("<int:pk>/merge/<int:into>/", verbs.merge, name="lead-merge"),
]
