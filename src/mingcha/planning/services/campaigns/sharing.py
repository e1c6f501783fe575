"""Say which section or department brings which items of a joint campaign (本局方案二（四）)."""

from __future__ import annotations

from collections.abc import Mapping

from mingcha.accounts.models import Unit
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.base.visibility import locked
from mingcha.basics.rules import require_role
from mingcha.items.models import ItemVersion
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.campaigns import lifecycle as states
from mingcha.planning.dispatch.shares import units_of
from mingcha.planning.events import CampaignShared
from mingcha.planning.models import Campaign, ItemShare

_JOINT = gettext_noop("本局方案二（四）：应合尽合、应联尽联，局内和跨部门联合抽查")


@service
def share_out(*, actor: Officer, campaign: Campaign, shares: Mapping[int, int]) -> Campaign:
    """`shares` is item version → unit, for items of the campaign and units that lead or join it.

    What was approved (items, firms, time) stays as it is: only who brings what is said. Refused once the
    campaign has ended.
    """
    require_role(actor, (Role.COORDINATOR,), gettext_noop("分配各单位查的事项"))
    campaign = locked(campaign, actor)
    if campaign.state in states.ENDED:
        raise Refused(
            Refusal(
                "campaign.ended",
                gettext_noop("任务“%(campaign)s”已经办结或撤销，分工不能再变"),
                _JOINT,
                gettext_noop("请在新的任务中分配"),
                {"campaign": campaign.title},
            )
        )
    units = {unit.pk: unit for unit in units_of(campaign)}
    versions = campaign.item_versions.select_related("item").in_bulk()
    if not versions.keys() >= shares.keys() or not units.keys() >= set(shares.values()):
        raise Refused(
            Refusal(
                "campaign.foreign_share",
                gettext_noop("事项或单位不在这个任务之内"),
                _JOINT,
                gettext_noop("请从任务的事项、牵头和参与单位中选择；要加单位的，在拟定时修改任务"),
            )
        )
    before = _said(campaign)
    ItemShare.objects.filter(campaign=campaign).delete()
    joining = {pk: unit for pk, unit in shares.items() if unit != campaign.lead_unit_id}
    ItemShare.objects.bulk_create(
        ItemShare(campaign=campaign, item_version_id=pk, unit_id=unit) for pk, unit in sorted(joining.items())
    )
    after = _words(joining, versions, units)
    if before != after:
        emit(CampaignShared(thing=Thing.of(campaign), before={"shares": before}, after={"shares": after}))
    return campaign


def _said(campaign: Campaign) -> str:
    rows = ItemShare.objects.filter(campaign=campaign).select_related("item_version__item", "unit")
    return "；".join(sorted(f"{row.item_version.name}：{row.unit}" for row in rows))


def _words(shares: Mapping[int, int], versions: Mapping[int, ItemVersion], units: Mapping[int, Unit]) -> str:
    return "；".join(sorted(f"{versions[pk].name}：{units[unit]}" for pk, unit in shares.items()))
