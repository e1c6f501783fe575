from django.urls import path

from mingcha.planning import papers, views, wall
from mingcha.planning.campaigns.registers import CampaignRegister
from mingcha.planning.campaigns.views import campaigns, shares
from mingcha.planning.campaigns.views import draws as campaign_draws
from mingcha.planning.campaigns.views import superior as superior_draws
from mingcha.planning.dispatch.urls import urlpatterns as dispatch_urls
from mingcha.planning.plans.registers import PlanRegister
from mingcha.planning.plans.views import lines, plans, superior
from mingcha.planning.registers import DrawRegister

app_name = "planning"
urlpatterns = [
    *DrawRegister.urls(),
    path("draws/<int:pk>/seal/", views.seal, name="draw-seal"),
    path("draws/<int:pk>/notice/", papers.notice, name="draw-notice"),
    path("draws/<int:pk>/notice/deliver/", papers.deliver, name="draw-deliver"),
    path("draws/<int:pk>/wall/", wall.wall, name="draw-wall"),
    path("draws/<int:pk>/photos/", papers.photos, name="draw-photos"),
    path("draws/<int:pk>/certificate/", papers.certificate, name="draw-certificate"),
    path("draws/<int:pk>/certificate.pdf", papers.certificate_pdf, name="draw-certificate-pdf"),
    path("draws/<int:pk>/digits/", views.enter_digits, name="draw-digits"),
    path("draws/<int:pk>/return/", views.return_digits, name="draw-return"),
    path("draws/<int:pk>/confirm/", views.confirm_digits, name="draw-confirm"),
    path("draws/<int:pk>/fallback/", views.use_fallback, name="draw-fallback"),
    path("draws/<int:pk>/open/", views.open_result, name="draw-open"),
    path("draws/<int:pk>/escrow/", views.escrow, name="draw-escrow"),
    path("draws/<int:pk>/void/", views.void, name="draw-void"),
    path("draws/<int:pk>/drop/", views.drop, name="draw-drop"),
    path("draws/<int:pk>/void-value/", views.record_void_value, name="draw-void-value"),
    path("draws/<int:pk>/abandon/", views.abandon, name="draw-abandon"),
    path("draws/<int:pk>/bundle/", views.bundle, name="draw-bundle"),
    path("draws/<int:pk>/supplement/", campaign_draws.supplement, name="draw-supplement"),
    path("draws/<int:pk>/agree/", campaign_draws.agree, name="draw-agree"),
    *CampaignRegister.urls(),
    path("campaigns/from-plan/", campaigns.from_plan, name="campaign-from-plan"),
    path("campaigns/ad-hoc/", campaigns.ad_hoc, name="campaign-ad-hoc"),
    path("campaigns/special/", campaigns.special, name="campaign-special"),
    path("campaigns/superior/", superior_draws.receive, name="campaign-superior"),
    path("campaign-superior/<int:pk>/", superior_draws.confirm, name="campaign-superior-confirm"),
    path("campaign-superior/<int:pk>/match/", superior_draws.match, name="campaign-superior-match"),
    path("campaign-targets/<int:pk>/decide/", superior_draws.decide, name="campaign-target-decide"),
    path("campaigns/<int:pk>/do/<slug:name>/", campaigns.verb, name="campaign-verb"),
    path("campaigns/<int:pk>/roster/", campaigns.roster, name="campaign-roster"),
    path("campaigns/<int:pk>/roster/firms/", campaigns.firms, name="campaign-firms"),
    path("campaigns/<int:pk>/shares/", shares.share_out, name="campaign-shares"),
    path("campaigns/<int:pk>/papers/", campaigns.add_paper, name="campaign-paper"),
    path("plan-lines/<int:pk>/campaign/", campaigns.from_line, name="plan-line-campaign"),
    *dispatch_urls,
    *PlanRegister.urls(),
    path("plans/<int:pk>/do/<slug:name>/", plans.verb, name="plan-verb"),
    path("plans/<int:pk>/freeze/", plans.freeze, name="plan-freeze"),
    path("plans/<int:pk>/new-version/", plans.new_version, name="plan-new-version"),
    path("plans/<int:pk>/people/", plans.people, name="plan-people"),
    path("plans/<int:pk>/progress/", plans.progress, name="plan-progress"),
    path("plans/<int:pk>/base/", plans.base, name="plan-base"),
    path("plans/<int:pk>/base/file/", plans.base_file, name="plan-base-file"),
    path("plans/<int:pk>/versions/", plans.versions, name="plan-versions"),
    path("plans/<int:pk>/superior/", superior.receive, name="plan-superior"),
    path("plans/<int:pk>/packages/", plans.packages, name="plan-packages"),
    path("plans/<int:pk>/lines/new/", lines.create, name="plan-line-create"),
    path("plan-superior/<int:pk>/", superior.confirm, name="plan-superior-confirm"),
    path("plan-lines/<int:pk>/", lines.line, name="plan-line"),
    path("plan-lines/<int:pk>/edit/", lines.change, name="plan-line-edit"),
    path("plan-lines/<int:pk>/rates/", lines.rates, name="plan-line-rates"),
    path("plan-lines/<int:pk>/remove/", lines.remove, name="plan-line-remove"),
    path("plan-lines/<int:pk>/members/", plans.members, name="plan-members"),
]
