from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from mingcha.base import clock
from mingcha.planning.models import Draw
from mingcha.planning.testing import MORNING, County, drawn, make_county
from mingcha.publication import services
from mingcha.publication.models import Publication
from mingcha.publication.services import Document
from mingcha.publication.testing import LISTS, Bureau, forget_types, published, register_types, row


@pytest.fixture
def now() -> Iterator[clock.FixedClock]:
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        yield fixed


@pytest.fixture
def county(db: None, now: clock.FixedClock) -> County:
    return make_county(now)


@dataclass(frozen=True)
class Site:
    """A public site with something of everything."""

    county: County
    bureau: Bureau
    draw: Draw
    first: Publication
    second: Publication
    withdrawn: Publication


@pytest.fixture
def bureau(county: County) -> Iterator[Bureau]:
    """The county's people, and two made-up kinds of publication."""
    register_types()
    yield Bureau(clerk=county.coordinator, head=county.head, leader=county.leader)
    forget_types()


def make_site(county: County, bureau: Bureau) -> Site:
    """A draw that is done, results in two versions, a list that came down."""
    paper = Document("plan.pdf", "盖章原件", "application/pdf", b"%PDF-1.7 sample")
    first = published(bureau, 30, documents=[paper], summary="十一月随机抽查的结果。")
    changed = [row(1, result="发现问题已责令改正"), *(row(number) for number in range(2, 32))]
    second = published(bureau, rows=changed, change_note="复查后更正，编号001原录入有误")
    rows = [{"code": "1", "name": "不该公开的清单"}]
    listed = published(bureau, type=LISTS.code, thing=None, title="示范清单", rows=rows)
    withdrawn = services.withdraw(actor=bureau.leader, publication_id=listed.pk, reason="误公开")
    first.refresh_from_db()
    return Site(county, bureau, drawn(county), first, second, withdrawn)


@pytest.fixture
def site(county: County, bureau: Bureau) -> Site:
    return make_site(county, bureau)
