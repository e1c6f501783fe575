"""Forms of basics; each hands its values to one service."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import Unit, User
from mingcha.base.roles import Reach, Role
from mingcha.basics.models.deadlines import Form as RuleKind
from mingcha.basics.models.deadlines import Roll
from mingcha.basics.models.parameters import Kind
from mingcha.basics.selectors.approvals import emergency_rules
from mingcha.basics.services.routes import Step
from mingcha.basics.values import BASIS_POINTS
from mingcha.web.forms import DateInput, Form, dress

#: So many steps can be set in the form of a route; the services know no such number.
STEPS = 3
_SPAN = re.compile(
    r"(?P<first>\d{4}-\d{1,2}-\d{1,2})(?:\s*(?:至|到|~|—|–|\.\.)\s*(?P<last>\d{4}-\d{1,2}-\d{1,2}))?\s*(?P<name>.*)"
)
_LONGEST_SPAN = 20


class ValueForm(Form):
    """A new value of a parameter."""

    value = forms.CharField(label=_("取值"), max_length=1000)
    effective_from = forms.DateField(label=_("起始日期"), widget=DateInput())
    source = forms.CharField(
        label=_("来源"), max_length=300, help_text=_("文件名称和文号，例如“冀人社发〔2026〕1号第三条”")
    )
    note = forms.CharField(label=_("说明"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    why = forms.CharField(
        label=_("追溯理由"), required=False, max_length=300, help_text=_("起始日期早于今天时必须填写")
    )

    def __init__(self, *args: Any, kind: str = Kind.TEXT, unit: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints = {
            Kind.INT: _("整数"),
            Kind.DECIMAL: _("小数"),
            Kind.BOOL: _("填“是”或“否”"),
            Kind.LIST: _("各项用逗号隔开"),
            Kind.TERM: _("期限：20WD（工作日）、30D（日）、6M（月）、2Y（年）、24H（小时）"),
        }
        hint = f"{hints.get(Kind(kind), '')} {unit}".strip()
        if unit == BASIS_POINTS:
            hint = str(_("按万分之几填整数：3% 填 300"))
        self.fields["value"].help_text = hint


class PublishYearForm(Form):
    """The State Council's holiday notice for a year."""

    source = forms.CharField(
        label=_("放假通知"),
        max_length=200,
        help_text=_("例如“国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕…号）”"),
    )
    holidays = forms.CharField(
        label=_("放假日期"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("每行一段：2027-02-05 至 2027-02-12 春节"),
    )
    worked = forms.CharField(
        label=_("补班日期"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("每行一天：2027-02-14 春节补班"),
    )

    def clean_holidays(self) -> dict[date, str]:
        return parse_days(self.cleaned_data["holidays"])

    def clean_worked(self) -> dict[date, str]:
        return parse_days(self.cleaned_data["worked"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        both = set(values.get("holidays", {})) & set(values.get("worked", {}))
        if both:
            raise forms.ValidationError(gettext("%(day)s 既是放假又是补班") % {"day": min(both).isoformat()})
        return values


class NoticeForm(Form):
    """The text of the State Council's notice, pasted."""

    notice = forms.CharField(
        label=_("通知全文"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
        help_text=_("从中国政府网复制《国务院办公厅关于…年部分节假日安排的通知》全文粘贴，含标题和文号"),
    )


def parse_days(text: str) -> dict[date, str]:
    """Read lines such as "2027-02-05 至 2027-02-12 春节" into days and their names."""
    days: dict[date, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        found = _SPAN.fullmatch(line.strip())
        try:
            if found is None:
                raise ValueError
            first = _date(found["first"])
            last = _date(found["last"]) if found["last"] else first
        except ValueError:
            raise forms.ValidationError(
                gettext("第 %(number)d 行看不懂：%(line)s") % {"number": number, "line": line.strip()[:40]}
            ) from None
        if not 0 <= (last - first).days <= _LONGEST_SPAN:
            raise forms.ValidationError(
                gettext("第 %(number)d 行的起止日期不对：%(line)s")
                % {"number": number, "line": line.strip()[:40]}
            )
        for step in range((last - first).days + 1):
            days[first + timedelta(days=step)] = found["name"].strip()[:40]
    return days


def _date(text: str) -> date:
    year, month, day = (int(part) for part in text.split("-"))
    return date(year, month, day)


class OverrideDayForm(Form):
    """One day that is other than the table says."""

    is_workday = forms.TypedChoiceField(
        label=_("这一天"),
        choices=[("yes", _("上班")), ("no", _("休息"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("名称"), max_length=40, required=False)
    why = forms.CharField(label=_("依据的文件"), max_length=200)


class RuleForm(Form):
    """A rule of the table of terms; saved as a new row from its first day on."""

    code = forms.CharField(label=_("代码"), max_length=40)
    label = forms.CharField(label=_("应办事项"), max_length=120)
    trigger = forms.CharField(label=_("起算"), max_length=120)
    form = forms.ChoiceField(label=_("方式"), choices=RuleKind.choices)
    term = forms.CharField(
        label=_("期限"), max_length=10, required=False, help_text=_("20WD、30D、6M、2Y、24H；取自参数的不填")
    )
    parameter = forms.CharField(label=_("取自参数"), max_length=60, required=False)
    extends = forms.CharField(label=_("延长哪条规则"), max_length=40, required=False)
    roll = forms.ChoiceField(label=_("遇休息日"), choices=Roll.choices)
    warn_at = forms.CharField(
        label=_("提醒（剩余工作日）"), max_length=40, initial="7,3,1", help_text=_("用逗号隔开")
    )
    source = forms.CharField(label=_("依据"), max_length=300)
    effective_from = forms.DateField(label=_("起始日期"), widget=DateInput())
    note = forms.CharField(label=_("说明"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    why = forms.CharField(
        label=_("追溯理由"), required=False, max_length=300, help_text=_("起始日期早于今天时必须填写")
    )

    def clean_warn_at(self) -> list[int]:
        parts = [part for part in re.split(r"[,，、\s]+", self.cleaned_data["warn_at"]) if part]
        if not all(part.isascii() and part.isdigit() and 0 < int(part) < 366 for part in parts):
            raise forms.ValidationError(gettext("请填写天数，例如 7,3,1"))
        return [int(part) for part in parts]


class SeriesForm(Form):
    """How the numbers of a kind of document look."""

    # Codes of other apps are dotted ("planning.draw").
    code = forms.RegexField(r"^[a-z][a-z0-9.-]{1,39}\Z", label=_("代码"), max_length=40)
    label = forms.CharField(label=_("文书"), max_length=80)
    issuer = forms.CharField(label=_("机关代字"), max_length=30, required=False)
    unit_id = forms.ModelChoiceField(label=_("执法主体"), queryset=Unit.objects.all(), required=False)
    pattern = forms.CharField(
        label=_("格式"), max_length=120, help_text=_("例如 {issuer}检通字〔{year}〕第{number:04d}号")
    )
    yearly = forms.BooleanField(label=_("每年从1开始"), required=False, initial=True)
    active = forms.BooleanField(label=_("启用"), required=False, initial=True)
    source = forms.CharField(label=_("来源"), max_length=200, required=False)
    confirmed = forms.BooleanField(label=_("已与本局文号规则核对"), required=False)

    def clean_unit_id(self) -> int | None:
        unit = self.cleaned_data["unit_id"]
        return unit.pk if unit is not None else None


class RouteForm(Form):
    """A route of approval with up to three steps."""

    kind = forms.RegexField(r"^[a-z][a-z0-9.-]{1,39}\Z", label=_("代码"))
    label = forms.CharField(label=_("审批事项"), max_length=80)
    basis = forms.CharField(label=_("依据"), max_length=300)
    emergency_allowed = forms.BooleanField(label=_("允许紧急电话批准"), required=False)
    emergency_rule = forms.ChoiceField(label=_("补办期限规则"), required=False)
    active = forms.BooleanField(label=_("启用"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["emergency_rule"].choices = [("", "—"), *emergency_rules()]  # type: ignore[attr-defined]
        for place in range(1, STEPS + 1):
            for name, field in _step_fields(place).items():
                dress(field)
                self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["steps"] = [step for place in range(1, STEPS + 1) if (step := _step(values, place))]
        return values


def _step(values: dict[str, Any], place: int) -> Step | None:
    role = values.pop(f"role_{place}", "")
    label = values.pop(f"step_{place}", "")
    reach = values.pop(f"reach_{place}", "")
    unit, deputy = values.pop(f"unit_{place}", None), values.pop(f"deputy_{place}", None)
    if not role:
        return None
    return Step(
        label=label.strip() or str(Role(role).label),
        role=Role(role),
        reach=Reach(reach or Reach.BUREAU),
        unit_id=unit.pk if unit else None,
        deputy_id=deputy.pk if deputy else None,
    )


def _step_fields(place: int) -> dict[str, forms.Field]:
    """The fields of one step, named with its place."""
    words = {"place": place}
    return {
        f"role_{place}": forms.ChoiceField(
            label=gettext("环节 %(place)d：由谁办理") % words,
            choices=[("", "—"), *Role.choices],
            required=place == 1,
        ),
        f"step_{place}": forms.CharField(
            label=gettext("环节 %(place)d：名称") % words, max_length=60, required=False
        ),
        f"reach_{place}": forms.ChoiceField(
            label=gettext("环节 %(place)d：范围") % words,
            choices=[(Reach.BUREAU.value, Reach.BUREAU.label), (Reach.SECTION.value, Reach.SECTION.label)],
            required=False,
        ),
        f"unit_{place}": forms.ModelChoiceField(
            label=gettext("环节 %(place)d：固定股室") % words, queryset=Unit.objects.all(), required=False
        ),
        f"deputy_{place}": forms.ModelChoiceField(
            label=gettext("环节 %(place)d：指定代办人（AB 岗）") % words,
            queryset=User.objects.all(),
            required=False,
        ),
    }


class TelephoneForm(Form):
    """An approval that was given by telephone."""

    approver = forms.ChoiceField(label=_("批准人"))
    spoken_at = forms.DateTimeField(
        label=_("通话时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    reason = forms.CharField(label=_("紧急理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, people: list[User] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approver"].choices = [(str(user.pk), user.name) for user in people or []]  # type: ignore[attr-defined]


class PaperForm(Form):
    """The scan of a signed sheet."""

    file = forms.FileField(label=_("扫描件"), help_text=_("PDF、OFD 或照片"))
    signed_on = forms.DateField(label=_("纸面签字日期"), widget=DateInput())
    signer = forms.ChoiceField(label=_("签字人"), required=False)

    def __init__(self, *args: Any, people: list[User] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people is None:
            del self.fields["signer"]
            return
        field = self.fields["signer"]
        field.required = True
        field.choices = [(str(user.pk), user.name) for user in people]  # type: ignore[attr-defined]
