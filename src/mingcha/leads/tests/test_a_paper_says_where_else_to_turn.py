"""行政复议法20; 行政诉讼法46: whoever is declined reads where else to turn, with the article."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.testing import sign_in
from mingcha.leads import services
from mingcha.leads.models import LeadNotice
from mingcha.leads.testing import Desk
from mingcha.leads.vocabulary import Ground, Kind


@pytest.mark.parametrize(
    ("ground", "remedy"),
    [
        (Ground.DISPUTE, "《劳动争议调解仲裁法》第五条"),
        (Ground.OTHER_PLACE, "请向用工所在地的人力资源社会保障行政部门反映"),
        (Ground.OTHER_MATTER, "请向有权处理的部门反映"),
    ],
)
def test_the_ground_says_who_may_help(desk: Desk, client: Client, ground: Ground, remedy: str) -> None:
    lead = desk.complaint()
    services.assess(actor=desk.handler, lead=lead, values={"jurisdiction": ground.value})
    services.decline(actor=desk.head, lead=lead, ground=ground, reason="已核对")
    sign_in(client, desk.people["head"])

    page = client.get(reverse("leads:notice", args=[LeadNotice.objects.get().pk])).content.decode()

    assert remedy in page
    assert "《行政复议法》第二十条" in page and "《行政诉讼法》第四十六条" in page


def test_who_only_told_of_something_is_offered_no_suit(desk: Desk, client: Client) -> None:
    lead = desk.register(Kind.CLUE).lead
    services.decline(actor=desk.head, lead=lead, ground=Ground.UNFOUNDED, reason="查了没有")
    sign_in(client, desk.people["head"])
    page = client.get(reverse("leads:notice", args=[LeadNotice.objects.get().pk])).content.decode()
    assert "行政复议" not in page
