from django.urls import path

from mingcha.basics import registers
from mingcha.basics.views import approvals, attachments, deadlines, limits, numbers, parameters, workdays

app_name = "basics"

urlpatterns = [
    *registers.ParameterRegister.urls(),
    path("parameters/<int:pk>/set/", parameters.set_value, name="parameters-set"),
    *registers.UnconfirmedRegister.urls(),
    path("unconfirmed/<int:pk>/confirm/", parameters.confirm_value, name="unconfirmed-confirm"),
    path("workdays/", workdays.year_page, name="workdays"),
    path("workdays/notice/", workdays.publish_notice, name="workdays-notice"),
    path("workdays/<int:year>/", workdays.year_page, name="workdays-year"),
    path("workdays/<int:year>/publish/", workdays.publish_year, name="workdays-publish"),
    path("workdays/day/<str:day>/", workdays.override_day, name="workdays-day"),
    *registers.RuleRegister.urls(),
    path("rules/<int:pk>/confirm/", parameters.confirm_rule, name="rules-confirm"),
    *registers.DeadlineRegister.urls(),
    path("deadlines/<int:pk>/extend/", deadlines.propose_extension, name="deadlines-extend"),
    path("deadlines/<int:pk>/cancel/", deadlines.cancel, name="deadlines-cancel"),
    *registers.SeriesRegister.urls(),
    *registers.NumberRegister.urls(),
    path("numbers/<int:pk>/void/", numbers.void, name="numbers-void"),
    *registers.RouteRegister.urls(),
    path("approvals/", approvals.my_approvals, name="my-approvals"),
    *registers.ApprovalRegister.urls(),
    path("approvals/<int:pk>/submit/", approvals.submit, name="approvals-submit"),
    path("approvals/<int:pk>/approve/", approvals.approve, name="approvals-approve"),
    path("approvals/<int:pk>/return/", approvals.return_, name="approvals-return"),
    path("approvals/<int:pk>/withdraw/", approvals.withdraw, name="approvals-withdraw"),
    path("approvals/<int:pk>/telephone/", approvals.telephone, name="approvals-telephone"),
    path("approvals/<int:pk>/paper/", approvals.signed_paper, name="approvals-paper"),
    path("approvals/<int:pk>/print/", approvals.print_sheet, name="approvals-print"),
    path("attachments/<uuid:key>/", attachments.download, name="attachment"),
    path("limits/", limits.limits, name="limits"),
]
