"""What people type: to sign in, about themselves, about units, people and roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import Capacity, Unit, UnitKind, User
from mingcha.accounts.models.people import USERNAME
from mingcha.accounts.models.units import DIVISION_CODE
from mingcha.base.roles import Reach, Role
from mingcha.web.forms import DateInput, Form


class SignInForm(Form):
    username = forms.CharField(
        label=_("登录名"),
        max_length=64,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()


class CodeForm(Form):
    """A code from the authenticator app."""

    code = forms.CharField(
        label=_("验证码"),
        max_length=32,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
        help_text=_("手机验证器上现在显示的 6 位数字"),
    )


class SecondStepForm(CodeForm):
    """A code from the app, or a recovery code (so letters must be possible)."""

    code = forms.CharField(
        label=_("验证码"),
        max_length=32,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "autofocus": True}
        ),
        help_text=_("手机验证器上现在显示的 6 位数字；手机不在身边的，输入一个恢复码"),
    )


class PasswordForm(Form):
    old_password = forms.CharField(
        label=_("原密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new_password = forms.CharField(
        label=_("新密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label=_("再输一遍新密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password"].help_text = "；".join(
            str(text).rstrip("。") for text in password_validators_help_texts()
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("new_password") != cleaned.get("repeated") and "repeated" in cleaned:
            self.add_error("repeated", _("两次输入的新密码不一样。"))
        return cleaned


class UserForm(Form):
    """A new person, or one to be changed (then without the login name, which stays)."""

    username = forms.CharField(
        label=_("登录名"),
        max_length=32,
        validators=[USERNAME],
        help_text=_("小写字母、数字、点、横线；建好后不能改"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    name = forms.CharField(label=_("姓名"), max_length=32)
    unit = forms.ModelChoiceField(label=_("所在单位"), queryset=Unit.objects.none(), required=False)
    phone = forms.RegexField(
        label=_("手机号码"),
        regex=r"^\+?[0-9][0-9 -]{5,18}\Z",
        required=False,
        error_messages={"invalid": _("请填写电话号码，只用数字、空格和横线")},
        help_text=_("加密保存，页面上只显示前三位和后四位"),
    )
    email = forms.EmailField(
        label=_("电子邮箱"),
        required=False,
        max_length=254,
        help_text=_("填了的，每天早上收到一封待办和期限的提醒（只有件数和链接）；加密保存"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        editing = bool(kwargs.get("initial"))
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.open()  # type: ignore[attr-defined]
        if editing:
            del self.fields["username"]


class UnitForm(Form):
    """A new unit, or one to be changed (then without its place in the tree, which `move_unit` changes).

    Not a form of the model: what is taken is said by the service, also on a second press, which must
    lead to the outcome of the first.
    """

    name = forms.CharField(label=_("名称"), max_length=64)
    kind = forms.ChoiceField(label=_("类别"), choices=UnitKind.choices, initial=UnitKind.SECTION)
    parent = forms.ModelChoiceField(
        label=_("上级单位"), queryset=Unit.objects.none(), required=False, empty_label=_("（最上级）")
    )
    short_code = forms.CharField(
        label=_("简码"),
        max_length=16,
        required=False,
        help_text=_("用于文号，例如“劳监”；不用于文号的可不填"),
    )
    division_code = forms.CharField(
        label=_("区划代码"),
        max_length=12,
        required=False,
        validators=[DIVISION_CODE],
        help_text=_("例如 130111；不填则与上级单位相同"),
    )
    capacity = forms.ChoiceField(label=_("执法主体"), choices=Capacity.choices, required=False)
    entrusted_by = forms.ModelChoiceField(
        label=_("委托机关"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("委托执法的必填：文书以委托机关的名义作出"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        editing = bool(kwargs.get("initial"))
        super().__init__(*args, **kwargs)
        for name in ("parent", "entrusted_by"):
            self.fields[name].queryset = Unit.objects.open()  # type: ignore[attr-defined]
        if editing:
            del self.fields["parent"]


class MoveUnitForm(Form):
    parent = forms.ModelChoiceField(
        label=_("新的上级单位"), queryset=Unit.objects.none(), required=False, empty_label=_("（最上级）")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Unit.objects.open()  # type: ignore[attr-defined]


class GrantForm(Form):
    role = forms.ChoiceField(label=_("角色"), choices=Role.choices)
    reach = forms.ChoiceField(
        label=_("范围"), choices=[("", _("按角色通常的范围")), *Reach.choices], required=False
    )
    unit = forms.ModelChoiceField(
        label=_("股室"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("范围为“本股室”的才需要；不选则用其所在单位"),
    )
    division = forms.CharField(
        label=_("辖区代码"),
        max_length=12,
        required=False,
        validators=[DIVISION_CODE],
        help_text=_("只管部分辖区的才填，例如 130111"),
    )
    valid_from = forms.DateField(label=_("自"), widget=DateInput(), help_text=_("从这一天起有效"))
    valid_until = forms.DateField(
        label=_("至"), required=False, widget=DateInput(), help_text=_("长期有效的不填")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.open()  # type: ignore[attr-defined]


class DeputyForm(Form):
    deputy = forms.ModelChoiceField(
        label=_("代理人"),
        queryset=User.objects.none(),
        help_text=_("只列出您能看到的同事；名单里没有的，请系统管理员指定"),
    )
    since = forms.DateField(label=_("代理自"), widget=DateInput())
    until = forms.DateField(label=_("代理至"), widget=DateInput())

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = User.objects.active().exclude(pk=person.pk)
        self.fields["deputy"].queryset = colleagues  # type: ignore[attr-defined]
