"""The named roles an officer may hold (design §1). Firms and citizens are viewers without a role."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A named role; what it may do stands in each thing's lifecycle table and page access."""

    COORDINATOR = "coordinator", _("综合经办")
    SECTION_HEAD = "section_head", _("股室负责人")
    BUREAU_LEADER = "bureau_leader", _("局领导")
    INSPECTOR = "inspector", _("执法人员")
    OVERSEER = "overseer", _("督导员")
    PARTNER = "partner", _("协同部门")
    ADMINISTRATOR = "administrator", _("系统管理员")


class Reach(models.TextChoices):
    """How far a role reaches: the whole bureau, one section with what is under it, or one's own."""

    BUREAU = "bureau", _("全局")
    SECTION = "section", _("本股室")
    OWN = "own", _("本人")


def role_labels() -> dict[str, str]:
    """The Chinese names of the roles by their codes, for lifecycle tables."""
    return {role.value: str(role.label) for role in Role}
