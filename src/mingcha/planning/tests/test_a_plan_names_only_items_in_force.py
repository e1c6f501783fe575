"""Items in a plan are published and in force over the line's whole period (N2, E3)."""

from __future__ import annotations

from datetime import date

import pytest

from mingcha.items.models import ItemVersion
from mingcha.kernel.testing import refused
from mingcha.planning.plans.forms import LineForm
from mingcha.planning.plans.testing import YEAR, add_line, an_item, freeze, make_plan, published_plan
from mingcha.planning.services import plans
from mingcha.planning.testing import County

pytestmark = pytest.mark.django_db


def test_a_line_refuses_an_item_that_is_not_published(county: County) -> None:
    draft = an_item()
    ItemVersion.objects.filter(pk=draft.pk).update(state="draft")
    draft.refresh_from_db()
    plan = make_plan(county)
    with refused("item.not_in_force"):
        add_line(county, plan, draft)
    assert not plan.lines.exists()


def test_a_line_refuses_an_item_that_ends_before_the_line(county: County) -> None:
    item = an_item()
    ItemVersion.objects.filter(pk=item.pk).update(effective_until=date(YEAR, 6, 30))
    item.refresh_from_db()
    plan = make_plan(county)
    with refused("item.not_in_force"):
        add_line(county, plan, item)
    add_line(county, plan, item, last_day=date(YEAR, 6, 30))


def test_an_item_stopped_after_drafting_stops_the_plan(county: County) -> None:
    item = an_item()
    plan = make_plan(county)
    add_line(county, plan, item)
    plan = freeze(county, plan)
    ItemVersion.objects.filter(pk=item.pk).update(effective_until=date(YEAR, 6, 30))
    with refused("plan.items_in_force"):
        plans.submit(actor=county.coordinator, plan=plan)


def test_the_form_offers_only_items_of_the_year(county: County) -> None:
    item = an_item()
    plan = make_plan(county)
    assert list(LineForm(plan=plan).fields["items"].queryset) == [item]  # type: ignore[attr-defined]
    ItemVersion.objects.filter(pk=item.pk).update(effective_until=date(YEAR - 1, 12, 31))
    assert list(LineForm(plan=plan).fields["items"].queryset) == []  # type: ignore[attr-defined]


def test_where_every_item_can_be_checked_off_site_going_there_needs_a_reason(county: County) -> None:
    item = an_item(manners=("on_site", "off_site"))
    plan = make_plan(county)
    line = add_line(county, plan, item)
    plan = freeze(county, plan)
    with refused("plan.on_site_explained"):
        plans.submit(actor=county.coordinator, plan=plan)
    plans.change_line(actor=county.coordinator, line=line, values={"manner_reason": "须当面核对考勤原件"})
    plans.submit(actor=county.coordinator, plan=plan)


def test_a_published_plan_is_not_changed(county: County) -> None:
    plan = published_plan(county)
    line = plan.lines.get()
    with refused("plan.not_draft"):
        plans.change_line(actor=county.coordinator, line=line, values={"rate_bp": 400})
    with refused("plan.not_draft"):
        plans.remove_line(actor=county.coordinator, line=line)
    with refused("plan.not_draft"):
        plans.freeze_base(actor=county.coordinator, plan=plan)
