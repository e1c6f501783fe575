"""What people type about a lead."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import Unit, User
from mingcha.accounts.selectors import holders
from mingcha.base.roles import Reach
from mingcha.base.viewers import Officer, Viewer
from mingcha.items.models import Item
from mingcha.items.selectors import on_the_list
from mingcha.leads.models import LEAD_HANDLERS, LEAD_KEEPERS, Lead, NoticeService
from mingcha.leads.services import Person
from mingcha.leads.services.registering import CHANGEABLE
from mingcha.leads.services.sorting import ASSESSED
from mingcha.leads.vocabulary import Ground, Kind, Proposal, Who
from mingcha.registry.lookups import SubjectChoiceField
from mingcha.registry.models import Subject
from mingcha.registry.selectors.subjects import find_subject
from mingcha.web.forms import DateInput, FieldGroup, Form, ModelForm

#: Characters of the facts as told, and of a reason.
TOLD_LENGTH, REASON_LENGTH = 2000, 300
#: More than any employer has; beyond it somebody typed a telephone number.
MOST_PERSONS = 1_000_000
_PHONE = RegexValidator(r"^\+?[0-9][0-9 \-]{5,18}\Z", _("电话为 6 至 20 位数字，可以带区号和横线"))
_ID_NUMBER = RegexValidator(r"^(?:[0-9]{17}[0-9Xx]|[0-9]{15})\Z", _("身份证号为 18 位（或旧的 15 位）"))
_SECRET = _("举报人的姓名、电话保存以后任何人都看不到，也不能再改")


def _personal(label: Any, **options: Any) -> forms.CharField:
    """A box for a person's own value, which no browser should remember."""
    box = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=False, widget=box, **options)


def _reason(label: Any, hint: Any = "", length: int = REASON_LENGTH) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, help_text=hint, widget=forms.Textarea)


class PersonFields(Form):
    """Who came; `paper` is the complaint as written."""

    who = forms.ChoiceField(
        label=_("来人身份"),
        required=False,
        choices=[("", _("没有来人，或不知道是谁")), *Who.choices],
        help_text=_("投诉只能是投诉人，举报只能是举报人，不用选；转办、平台线索写明是谁反映的"),
    )
    name = _personal(_("姓名"), max_length=50, help_text=_SECRET)
    phone = _personal(_("电话"), max_length=20, validators=[_PHONE])
    id_number = _personal(_("身份证号"), max_length=18, validators=[_ID_NUMBER])
    paper = forms.FileField(
        label=_("投诉书等材料"),
        required=False,
        help_text=_("只用于投诉人：保存以后只有承办人能打开（PDF、图片或办公文件）"),
    )
    #: The kind of the lead; empty while it is chosen in the same form.
    kind = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind") or self.kind
        known = {Kind.COMPLAINT.value: Who.COMPLAINANT.value, Kind.REPORT.value: Who.REPORTER.value}
        cleaned["who"] = known.get(str(kind)) or cleaned.get("who") or ""
        typed = any(cleaned.get(name) for name in ("name", "phone", "id_number", "paper"))
        if typed and not cleaned["who"] and not self.errors.get("who"):
            self.add_error("who", _("填写了来人，请选择身份"))
        if cleaned["who"] == Who.COMPLAINANT and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("投诉人的姓名必填（部令25号：投诉应写明投诉人）"))
        if cleaned["who"] == Who.REPORTER and cleaned.get("paper"):
            self.add_error("paper", _("举报的材料不在这里上传：遮去举报人信息后，在线索的页面上传"))
        return cleaned

    def person(self) -> Person | None:
        """Of a valid form; None when nobody was named."""
        given = self.cleaned_data
        if not given["who"]:
            return None
        return Person(
            who=given["who"],
            name=given.get("name") or "",
            phone=given.get("phone") or "",
            id_number=given.get("id_number") or "",
            paper=given.get("paper"),
        )


class _Persons(Form):
    persons = forms.IntegerField(
        label=_("涉及人数"), min_value=1, max_value=MOST_PERSONS, required=False, help_text=_("不知道的不填")
    )


class LeadForm(_Persons, ModelForm):
    """What came in, as it can be changed until it is decided on."""

    what = forms.CharField(
        label=_("反映的情况"),
        max_length=TOLD_LENGTH,
        widget=forms.Textarea,
        help_text=_("时间、地点、事实、要求。不要写来人的姓名、电话，写“投诉人”“举报人”"),
    )
    subject_text = forms.CharField(
        label=_("反映的单位（原话）"), max_length=200, required=False, help_text=_("认不出是哪一户时必填")
    )
    item = forms.ModelChoiceField(label=_("建议检查事项"), queryset=Item.objects.all(), required=False)
    unit = forms.ModelChoiceField(label=_("承办股室"), queryset=Unit.objects.open())
    groups = (
        FieldGroup(_("从哪里来"), ("kind", "channel", "received_on", "reference", "due_on", "late_why")),
        FieldGroup(
            _("反映什么"),
            (
                "subject",
                "subject_text",
                "what",
                "persons",
                "amount",
                "violation_from",
                "violation_until",
                "item",
            ),
        ),
        FieldGroup(
            _("谁反映的"),
            ("who", "name", "phone", "id_number", "paper"),
            hint=_("投诉人只有承办人能看到；举报人任何人都看不到（《劳动保障监察条例》第九条）"),
        ),
        FieldGroup(_("交给谁办"), ("unit", "handler")),
    )

    class Meta:
        model = Lead
        fields = (*CHANGEABLE, "what")
        widgets = {
            name: DateInput() for name in ("received_on", "due_on", "violation_from", "violation_until")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        published = on_the_list().order_by().values("item")
        self.fields["item"].queryset = Item.objects.filter(pk__in=published)  # type: ignore[attr-defined]

    def narrow(self, viewer: Viewer) -> None:
        """A section's head enters for the own section."""
        units: Any = self.fields["unit"]
        grants = viewer.grants_of(LEAD_KEEPERS) if isinstance(viewer, Officer) else ()
        if not any(grant.reach == Reach.BUREAU for grant in grants):
            held = [pk for grant in grants for pk in grant.unit_ids]
            units.queryset = units.queryset.filter(pk__in=held)
        if len(units.queryset) == 1:
            units.initial = units.queryset[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        subject = cleaned.get("subject") or self.instance.subject
        if not cleaned.get("subject_text") and "subject_text" not in self.errors:
            if subject is None:
                self.add_error("subject_text", _("请在名录库里选定单位，或写下反映的单位名称"))
            else:
                cleaned["subject_text"] = subject.name[:200]
        return cleaned


class RegisterForm(LeadForm, PersonFields):
    """A new lead, with who brought it."""

    subject = SubjectChoiceField(label=_("检查对象"), required=False)
    handler = forms.ModelChoiceField(label=_("承办人"), queryset=User.objects.none(), required=False)

    class Meta(LeadForm.Meta):
        fields = ("kind", *CHANGEABLE, "what")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = holders(LEAD_HANDLERS)  # type: ignore[attr-defined]
        self.fields["kind"].label = _("来源")


class AddPersonForm(PersonFields):
    """One more person; which kind of lead it is says who it can be."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind in (Kind.COMPLAINT, Kind.REPORT):
            del self.fields["who"]
        if kind == Kind.REPORT:
            del self.fields["paper"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in ("name", "phone", "id_number")) and not self.errors:
            self.add_error("name", _("请填写姓名、电话或身份证号"))
        return cleaned


class AssessForm(_Persons, ModelForm):
    """The conditions of 部令25号第十八条, one by one."""

    jurisdiction = forms.ChoiceField(
        label=_("职权和管辖"), choices=Lead.Jurisdiction.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = Lead
        fields = ASSESSED
        widgets = {"violation_from": DateInput(), "violation_until": DateInput()}


class HandlerForm(Form):
    handler = forms.ModelChoiceField(label=_("承办人"), queryset=User.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = holders(LEAD_HANDLERS)  # type: ignore[attr-defined]


class FirmForm(Form):
    """For those who look firms up in the register."""

    subject = SubjectChoiceField(label=_("检查对象"))


class NamedFirmForm(Form):
    """For a handler who does not browse the register: the full name or the code, and nothing is shown."""

    subject = forms.CharField(
        label=_("单位全称或统一社会信用代码"),
        max_length=200,
        help_text=_("与营业执照一致；查不到的，请综合经办认定"),
    )

    def clean_subject(self) -> Subject:
        found = find_subject(self.cleaned_data["subject"])
        if found is None:
            raise forms.ValidationError(
                _("名录库里没有唯一一户叫这个名称的。请填完整名称或 18 位代码，或请综合经办认定")
            )
        return found


class AskForm(Form):
    reason = _reason(_("还缺什么"), _("逐项写明要补正的材料；会印在补正告知书上"), 500)


class CloseForm(Form):
    outcome = _reason(_("办理结果"), _("怎么处理的、结果如何；没有检查就办结的，写明理由"), 500)


class SendOnForm(Form):
    addressee = forms.CharField(label=_("转给哪个部门"), max_length=100, help_text=_("写全称，印在转送函上"))
    reason = _reason(_("为什么转"), _("会印在转送函上"))


class _GroundForm(Form):
    ground = forms.ChoiceField(label=_("理由"), widget=forms.RadioSelect, choices=Ground.choices)


class DeclineForm(_GroundForm):
    reason = _reason(_("事实和说明"), _("会印在不予受理通知书上，送达投诉人"), 500)


class ProposeForm(_GroundForm):
    proposal = forms.ChoiceField(
        label=_("建议"),
        choices=[(one.value, one.label) for one in (Proposal.DECLINE, Proposal.SEND_ON)],
        widget=forms.RadioSelect,
    )
    ground = forms.ChoiceField(
        label=_("不予受理的理由"), choices=[("", _("不是建议不予受理")), *Ground.choices], required=False
    )
    reason = _reason(_("事实和说明"))
    field_order = ("proposal", "ground", "reason")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("proposal") == Proposal.DECLINE and not cleaned.get("ground"):
            self.add_error("ground", _("请选择不予受理的理由"))
        return cleaned


class PaperForm(Form):
    file = forms.FileField(label=_("文件"), help_text=_("转办函、平台截图、工资条等（PDF、图片或办公文件）"))
    covered = forms.BooleanField(
        label=_("没有来人的姓名、电话、笔迹等能认出来人的内容，或者已全部遮去"),
        required=False,
        help_text=_("不勾选的：有投诉人的，原件只有承办人能打开；举报的，不能保存"),
    )


class AnswerForm(Form):
    text = _reason(
        _("办理结果"), _("查了什么、查实什么、怎么处理的；会印在文书上，不要写别的投诉人、举报人"), 500
    )


class ServeForm(Form):
    """How a paper was served; of one `to_reporter` nothing is asked that tells who (条例9)."""

    on = forms.DateField(label=_("送达日期"), widget=DateInput)
    how = forms.ChoiceField(label=_("送达方式"), choices=NoticeService.How, widget=forms.RadioSelect)
    receiver = forms.CharField(
        label=_("签收人"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("留置的写见证人，邮寄的写邮件号；有投诉人的，只有承办人能看到"),
    )
    proof = forms.FileField(
        label=_("送达回证"), required=False, help_text=_("签字的扫描件或照片、邮寄凭证；没有的可以不传")
    )

    def __init__(self, *args: Any, to_reporter: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if to_reporter:
            del self.fields["receiver"], self.fields["proof"]
            hint = _("给举报人的文书不登记签收人，不上传回证（《劳动保障监察条例》第九条）")
            self.fields["how"].help_text = hint


class LookForm(Form):
    """What the handler is looking at a complainant's telephone for."""

    reason = _reason(_("查看的理由"), _("例如：约谈、核实事实"), 200)


class SeekForm(Form):
    """An exact value; nothing else is found (N10)."""

    asked = _personal(
        _("投诉人的姓名、电话或身份证号"), max_length=50, help_text=_("须完整、一字不差；只查您承办的线索")
    )


class ProgressForm(Form):
    code = forms.CharField(
        label=_("查询码"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text=_("举报时告诉您的 16 位码"),
    )
