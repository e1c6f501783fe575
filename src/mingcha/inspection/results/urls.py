"""Addresses around results; the app's own module splices them in."""

from django.urls import URLPattern, path

from mingcha.inspection.results.registers import CorrectionRegister, ReferralRegister
from mingcha.inspection.results.views import correcting, publicising, recording, reviewing, telling

urlpatterns: list[URLPattern] = [
    path("inspections/<int:pk>/submit/", recording.submit, name="submit"),
    path("inspections/<int:pk>/attempts/new/", recording.add_attempt, name="add-attempt"),
    path("inspections/<int:pk>/checks/<slug:kind>/", recording.record_check, name="record-check"),
    path("inspections/<int:pk>/record/", recording.record, name="record"),
    path("inspections/<int:pk>/record/<int:number>/", recording.record, name="record-version"),
    path("inspections/<int:pk>/record/<int:number>/record.pdf", recording.record_pdf, name="record-pdf"),
    path("inspections/<int:pk>/people/", recording.reveal_people, name="reveal-people"),
    path("inspections/<int:pk>/review/", reviewing.review, name="review"),
    path("inspections/<int:pk>/review/<slug:name>/", reviewing.verb, name="review-verb"),
    path("inspections/<int:pk>/correct/", correcting.ask_correction, name="ask-correction"),
    path("inspections/<int:pk>/result-notice/", telling.issue, name="issue-result-notice"),
    path("inspections/<int:pk>/prepare/", publicising.prepare_again, name="prepare-again"),
    path("result-notices/<int:pk>/", telling.notice, name="result-notice"),
    path("result-notices/<int:pk>/notice.pdf", telling.notice_pdf, name="result-notice-pdf"),
    path("result-notices/<int:pk>/serve/", telling.serve, name="serve-result-notice"),
    path("result-notices/<int:pk>/failed/", telling.fail, name="fail-result-notice"),
    path("result-notices/<int:pk>/announce/", telling.announce, name="announce-result-notice"),
    path("results/", publicising.waiting, name="to-publish"),
    path("results/publish/", publicising.publish, name="publish-results"),
    *CorrectionRegister.urls(),
    path("corrections/<int:pk>/withdraw/", correcting.withdraw, name="withdraw-correction"),
    *ReferralRegister.urls(),
    path("referrals/<int:pk>/letter/", telling.letter, name="referral-letter"),
    path("referrals/<int:pk>/letter.pdf", telling.letter_pdf, name="referral-letter-pdf"),
    path("referrals/<int:pk>/send/", telling.send, name="send-referral"),
    path("referrals/<int:pk>/answer/", telling.answer, name="answer-referral"),
]
