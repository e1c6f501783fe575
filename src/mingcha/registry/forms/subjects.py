"""What people type about a subject, and what they are told when somebody else was faster."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.registry.models import Project, Subject
from mingcha.registry.selectors.places import division_choices, find_industry, plain_industry
from mingcha.registry.selectors.subjects import find_subject
from mingcha.registry.services.subjects import PROJECT_FIELDS
from mingcha.web.forms import DateInput, FieldGroup, ModelForm, SuggestInput
from mingcha.web.lookups import LookupInput

_TODAY_OR_BEFORE = _("日期不能晚于今天，请改正")


RENAMED = FieldGroup(
    _("更名"),
    ("misspelt", "renamed_on"),
    folded=True,
    hint=_("改了名称时：从哪天起，还是只是改正错字"),
)


class SubjectForm(ModelForm):
    """A firm or other body. `version` is what the person had before the eyes (`_compare`)."""

    groups: tuple[FieldGroup, ...] = (
        FieldGroup(
            _("登记信息"),
            ("name", "kind", "credit_code", "warnings_confirmed", "registration"),
        ),
        RENAMED,
        FieldGroup(_("属地和行业"), ("division_code", "town", "address", "industry_code")),
        FieldGroup(
            _("更多登记信息"),
            (
                "old_number",
                "legal_form",
                "registered_on",
                "registration_since",
                "capital_text",
                "scope",
            ),
            folded=True,
            hint=_("原注册号、企业类型、成立日期、注册资本、经营范围"),
        ),
    )
    #: Fields that are compared with the stored ones when somebody else saved meanwhile.
    compared: tuple[str, ...] = (
        "name",
        "kind",
        "credit_code",
        "registration",
        "division_code",
        "town",
        "address",
        "industry_code",
        "old_number",
        "legal_form",
        "registered_on",
        "registration_since",
        "capital_text",
        "scope",
    )

    version = forms.IntegerField(required=False, widget=forms.HiddenInput())
    # The code is normalised and judged by the service: it may come with spaces or full-width letters.
    credit_code = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=40,
        required=False,
        help_text=_("18 位；没有代码的可以留空，由系统编公开编号"),
    )
    warnings_confirmed = forms.BooleanField(
        label=_("代码已核对无误"),
        required=False,
        help_text=_("只在系统提示代码可疑、而营业执照上确实如此时勾选"),
    )
    misspelt = forms.BooleanField(
        label=_("原来的名称只是写错了字"),
        required=False,
        help_text=_("勾选后原名称不记为曾用名"),
    )
    renamed_on = forms.DateField(
        label=_("更名日期"), required=False, help_text=_("改了名称时填写，不填按今天")
    )
    division_code = forms.ChoiceField(
        label=_("属地"), required=False, help_text=_("实际所在地，不由信用代码推断")
    )

    # A look-up brings "7263 劳务派遣服务"; `clean_industry_code` keeps the code.
    industry_code = forms.CharField(
        label=_("行业"),
        max_length=120,
        required=False,
        help_text=_("输入行业名称或代码查找（GB/T 4754）"),
        widget=SuggestInput("registry:suggest-industries"),
    )

    class Meta:
        model = Subject
        fields = [
            "name",
            "kind",
            "credit_code",
            "registration",
            "division_code",
            "town",
            "address",
            "industry_code",
            "old_number",
            "legal_form",
            "registered_on",
            "registration_since",
            "capital_text",
            "scope",
        ]
        widgets = {
            "registered_on": DateInput(),
            "registration_since": DateInput(),
            "town": SuggestInput("registry:suggest-towns", along="division_code"),
            "scope": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "capital_text": _("照执照填写并带上单位，例如 500万元"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places: Any = self.fields["division_code"]
        places.choices = [("", _("请选择")), *division_choices(self.instance.division_code)]
        kinds: Any = self.fields.get("kind")
        if kinds is not None:
            kinds.choices = [pair for pair in kinds.choices if pair[0] != Subject.Kind.PROJECT]
        if self.instance.pk:
            self.initial["version"] = self.instance.version
            for name in self.compared:
                self.fields[name].show_hidden_initial = True
        else:
            del self.fields["misspelt"], self.fields["renamed_on"]

    def _get_validation_exclusions(self) -> set[str]:
        # The service normalises and judges the code, which may come with blanks and full-width letters.
        return {*super()._get_validation_exclusions(), "credit_code"}  # type: ignore[misc]

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_old_number(self) -> str:
        return "".join(str(self.cleaned_data["old_number"]).split()).upper()

    def clean_industry_code(self) -> str:
        typed = " ".join(str(self.cleaned_data["industry_code"]).split())
        if not typed:
            return ""
        found = find_industry(typed)
        code = plain_industry(typed)
        if found is not None:
            return found.code
        if len(code) > 5 or not code.isascii():
            raise forms.ValidationError(_("没有找到这个行业，请从提示中选择，或填写行业代码，例如 C13、7263"))
        return code

    def clean_registered_on(self) -> date | None:
        return self._not_later("registered_on")

    def clean_registration_since(self) -> date | None:
        return self._not_later("registration_since")

    def clean_renamed_on(self) -> date | None:
        return self._not_later("renamed_on")

    def _not_later(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day is not None and day > clock.today():
            raise forms.ValidationError(_TODAY_OR_BEFORE)
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._compare(cleaned)
        return cleaned

    def _compare(self, cleaned: dict[str, Any]) -> None:
        """Show both values where somebody else changed a field that this person changed too.

        What only the other one changed is taken over, what only this one changed stays as typed.
        """
        seen = self.data.get(self.add_prefix("version"))
        if not self.instance.pk or not seen or seen == str(self.instance.version):
            return
        data, taken_over = QueryDict(mutable=True), []
        data.update(self.data)
        for name in self.compared:
            was = self._plain(self.fields[name].to_python(data.get(self.add_initial_prefix(name))))
            now, typed = self._plain(getattr(self.instance, name)), self._plain(cleaned.get(name))
            if now == was:
                continue
            data[self.add_initial_prefix(name)] = now
            if typed == was:
                data[self.add_prefix(name)] = now
                taken_over.append(str(self.fields[name].label))
            elif typed != now:
                self.add_error(
                    name,
                    gettext("刚刚有人把这一栏改为“%(now)s”，您填的是“%(typed)s”；请定下一个再保存")
                    % {"now": self._shown(name, now), "typed": self._shown(name, typed)},
                )
        data[self.add_prefix("version")] = str(self.instance.version)
        self.data = data
        message = gettext("在您填写期间，有人改过这一户，还没有保存；您填的都还在，核对后请再保存一次。")
        if taken_over:
            message += gettext("已换成对方所填的栏目：%(names)s。") % {"names": "、".join(taken_over)}
        self.add_error(None, message)

    @staticmethod
    def _plain(value: Any) -> str:
        return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)

    def _shown(self, name: str, value: str) -> str:
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(value, value)) or gettext("空")


class ProjectForm(SubjectForm):
    """A construction project: its permit, and the two firms that answer for its wages (724号令)."""

    groups = (
        FieldGroup(_("工程项目"), ("name", "permit_number", "registration")),
        RENAMED,
        FieldGroup(
            _("责任单位"),
            ("owner_name", "contractor_name"),
            hint=_("填写全称或统一社会信用代码；名录库里有的会自动关联"),
        ),
        FieldGroup(_("所在地"), ("division_code", "town", "address")),
        FieldGroup(_("合同和工期"), ("amount_yuan", "started_on", "planned_end")),
        FieldGroup(_("信用代码"), ("credit_code", "warnings_confirmed"), folded=True, hint=_("一般没有")),
    )
    compared = ("name", "credit_code", "registration", "division_code", "town", "address")

    class Meta(SubjectForm.Meta):
        fields = ["name", "credit_code", "registration", "division_code", "town", "address"]

    # What only firms have.
    industry_code = None  # type: ignore[assignment]
    permit_number = forms.CharField(label=_("施工许可证号"), max_length=60, required=False)
    owner_name = forms.CharField(
        label=_("建设单位"), max_length=200, required=False, widget=LookupInput("subjects")
    )
    contractor_name = forms.CharField(
        label=_("施工总承包单位"), max_length=200, required=False, widget=LookupInput("subjects")
    )
    amount_yuan = forms.IntegerField(label=_("合同造价（元）"), min_value=0, max_value=10**14, required=False)
    started_on = forms.DateField(label=_("开工日期"), required=False)
    planned_end = forms.DateField(label=_("计划竣工日期"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        project = Project.objects.filter(subject=self.instance.pk).first() if self.instance.pk else None
        for name in PROJECT_FIELDS if project is not None else ():
            if name in self.fields:
                self.initial[name] = getattr(project, name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["kind"] = Subject.Kind.PROJECT
        for side in ("owner", "contractor"):
            found = find_subject(cleaned.get(f"{side}_name") or "")
            cleaned[side] = found
            if found is not None:
                cleaned[f"{side}_name"] = found.name
        first, last = cleaned.get("started_on"), cleaned.get("planned_end")
        if first and last and last < first:
            self.add_error("planned_end", _("计划竣工日期早于开工日期，请改正"))
        return cleaned
