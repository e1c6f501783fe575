"""What people type into a campaign: a task of the plan needs little, an occasion of its own more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import Unit
from mingcha.base import clock
from mingcha.items.selectors import on_the_list
from mingcha.planning.campaigns.lifecycle import CANCELLED
from mingcha.planning.forms import MomentInput
from mingcha.planning.models import Campaign, PlanLine
from mingcha.planning.plans.lifecycle import PUBLISHED
from mingcha.planning.scope_forms import ScopedForm, shown_of
from mingcha.web.forms import DateInput, FieldGroup, Form

#: What the form proposes as the time for the visits.
USUAL_WINDOW = timedelta(days=30)
_WORK = ("manner", "manner_reason", "unannounced", "team_size", "half_days")
_WHEN = ("visit_from", "visit_until", "lead_unit", "joining_units")
_QUOTA = ("quota_mode", "rate", "total", "avoid_seen")
_SCOPE = (
    "licences",
    "industries",
    "towns",
    "workers_from",
    "workers_until",
    "tags",
    "records",
    "grades_hrss",
    "grades_market",
    "grades_dispatch",
    "disputes",
    "complaints_from",
)
#: The five steps of a special inspection (54号 E10).
_STEPS = FieldGroup(
    _("专项检查的程序"),
    ("assessment", "approved_by", "approval_number", "filed", "announced"),
    hint=_("国办发〔2024〕54号六：评估、订计划、经县级以上政府批准、备案、公布。批准文件在任务页上传"),
)
_WIDGETS = {
    "item_versions": forms.CheckboxSelectMultiple,
    "joining_units": forms.CheckboxSelectMultiple,
    "tags": forms.CheckboxSelectMultiple,
    "quota_mode": forms.RadioSelect,
    "manner": forms.RadioSelect,
    "visit_from": DateInput(),
    "visit_until": DateInput(),
}
_HELP = {
    "industries": _("GB/T 4754 的门类字母或代码，多个用顿号隔开，例如：C、47、7263"),
    "towns": _("与名录库中的名称一致，多个用顿号隔开"),
    "item_versions": _("只列出已公布、在施行期内的事项"),
    "manner_reason": _("事项可以非现场检查、却要入企的，写明理由"),
    "complaints_from": _("近12个月的投诉举报件数；件数不明的不在范围内"),
    "reason": _("为什么现在要查，依据什么（线索、通知、会议纪要等）"),
    "assessment": _("为什么确有必要，范围、内容、时限怎样控制"),
}


class _CampaignForm(ScopedForm):
    """What every form of a campaign does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lead_unit", "joining_units"):
            if name in self.fields:
                self.fields[name].queryset = Unit.objects.open()  # type: ignore[attr-defined]
        if "item_versions" in self.fields:
            held = self.instance.item_versions.all() if self.instance.pk else None
            offered = on_the_list() if held is None else (on_the_list() | held).distinct()
            self.fields["item_versions"].queryset = offered  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial = shown_of(self.instance)
        elif "visit_from" in self.fields:
            tomorrow = clock.today() + timedelta(days=1)
            self.initial = {"visit_from": tomorrow, "visit_until": tomorrow + USUAL_WINDOW, **self.initial}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("visit_from"), cleaned.get("visit_until")
        if first and last and last < first:
            self.add_error("visit_until", _("检查结束日期早于开始日期"))
        return cleaned


class PlanCampaignForm(_CampaignForm):
    """A campaign of the plan: at whom, the plan says."""

    kinds = licences = grades_hrss = grades_market = grades_dispatch = disputes = None  # type: ignore[assignment]

    groups: tuple[FieldGroup, ...] = (
        FieldGroup(_("任务"), ("title", "item_versions")),
        FieldGroup(
            _("抽多少"), _QUOTA, folded=True, hint=_("与年度计划一致的不用改；分几次做完的，改成这一次的")
        ),
        FieldGroup(_("什么时候、由谁"), _WHEN),
        FieldGroup(_("怎样检查"), _WORK),
    )

    class Meta:
        model = Campaign
        fields = ["title", "item_versions", *_QUOTA, *_WHEN, *_WORK]
        widgets = _WIDGETS
        help_texts = _HELP


class SuperiorCampaignForm(_CampaignForm):
    """A superior's campaign: firms and their number are the superior's."""

    kinds = licences = grades_hrss = grades_market = grades_dispatch = disputes = None  # type: ignore[assignment]
    rate = total = None  # type: ignore[assignment]

    groups: tuple[FieldGroup, ...] = (
        FieldGroup(_("任务"), ("title", "item_versions")),
        FieldGroup(_("什么时候、由谁"), _WHEN),
        FieldGroup(_("怎样检查"), _WORK),
    )

    class Meta:
        model = Campaign
        fields = ["title", "item_versions", *_WHEN, *_WORK]
        widgets = _WIDGETS
        help_texts = _HELP

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        return {name: value for name, value in cleaned.items() if name not in ("rate_bp", "total")}


class ConfirmSuperiorForm(SuperiorCampaignForm):
    """What the list says of the task as a whole, to be looked at before it becomes a campaign."""

    superior_number = forms.CharField(
        label=_("上级任务编号"), max_length=60, help_text=_("一个编号只导入一次")
    )
    superior_at = forms.DateTimeField(
        label=_("上级派发时间"),
        widget=MomentInput(),
        help_text=_("派发后的确认期限从这个时间起算"),
    )
    special = forms.BooleanField(
        label=_("上级部署的专项检查"),
        required=False,
        help_text=_("上级经批准、备案、公布部署的专项：不占企业的年度频次上限（国办发〔2024〕54号四）"),
    )
    left_reason = forms.CharField(
        label=_("没有对上的户为什么不检查"),
        max_length=500,
        required=False,
        widget=forms.Textarea,
        help_text=_("名单里的户都对上了就不用填"),
    )

    groups = (
        FieldGroup(_("上级任务"), ("superior_number", "superior_at", "special", "left_reason")),
        *SuperiorCampaignForm.groups,
    )


class SuperiorDrawForm(Form):
    file = forms.FileField(
        label=_("上级抽取名单"),
        help_text=_(
            "省监管平台导出的 Excel，列名如：任务编号、任务名称、统一社会信用代码、企业名称、检查人员"
        ),
    )


class AdHocForm(_CampaignForm):
    """A campaign of its own occasion."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reason", "lead_unit"):
            self.fields[name].required = True

    groups: tuple[FieldGroup, ...] = (
        FieldGroup(_("任务"), ("title", "reason", "item_versions")),
        FieldGroup(_("抽谁"), ("kinds", "directed")),
        FieldGroup(_("缩小范围"), _SCOPE, folded=True, hint=_("不填的不限。三套等级各管各的，不互相折算")),
        FieldGroup(_("抽多少"), ("stratify", *_QUOTA)),
        FieldGroup(_("什么时候、由谁"), _WHEN),
        FieldGroup(_("怎样检查"), _WORK),
    )

    class Meta:
        model = Campaign
        fields = [
            "title",
            "reason",
            "item_versions",
            "kinds",
            "directed",
            *_SCOPE,
            "stratify",
            *_QUOTA,
            *_WHEN,
            *_WORK,
        ]
        widgets = _WIDGETS
        help_texts = _HELP


class SpecialForm(AdHocForm):
    """A special inspection of its own occasion."""

    groups = (*AdHocForm.groups, _STEPS)

    class Meta(AdHocForm.Meta):
        fields = [*AdHocForm.Meta.fields, *_STEPS.fields]


class PlanSpecialForm(PlanCampaignForm):
    """A special inspection that the year's plan names."""

    groups = (FieldGroup(_("问题"), ("reason",)), *PlanCampaignForm.groups, _STEPS)

    class Meta(PlanCampaignForm.Meta):
        fields = ["reason", *PlanCampaignForm.Meta.fields, *_STEPS.fields]


class LinesField(forms.ModelMultipleChoiceField):
    """Tasks of the plan with their time, and the campaigns that carry them out already."""

    def label_from_instance(self, obj: PlanLine) -> str:
        told = [gettext("%(first)s 至 %(last)s") % {"first": obj.first_day, "last": obj.last_day}]
        told += [
            gettext("已立任务：%(title)s（%(state)s）")
            % {"title": one.title, "state": one.get_state_display()}
            for one in obj.campaigns.all()
            if one.state != CANCELLED
        ]
        return f"{obj}　{'；'.join(told)}"


class ChooseLinesForm(Form):
    """Which tasks of the published plan one campaign carries out together."""

    lines = LinesField(
        label=_("年度计划任务"),
        queryset=PlanLine.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("几个股室共用一次抽取的，选几项；它们的范围和分层须一致"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines: Any = self.fields["lines"]
        lines.queryset = (
            PlanLine.objects.filter(plan__state=PUBLISHED, last_day__gte=clock.today())
            .select_related("plan")
            .prefetch_related("campaigns")
            .order_by("plan", "number")
        )


class PaperForm(Form):
    file = forms.FileField(
        label=_("文件"), help_text=_("批准文件、评估报告、备案回执等；扫描件、图片或办公文档")
    )


def form_of(campaign: Campaign) -> type[ScopedForm]:
    """The form that changes a campaign."""
    if campaign.source == Campaign.Source.SUPERIOR:
        return SuperiorCampaignForm
    if campaign.source == Campaign.Source.PLAN:
        return PlanSpecialForm if campaign.special else PlanCampaignForm
    return SpecialForm if campaign.special else AdHocForm
