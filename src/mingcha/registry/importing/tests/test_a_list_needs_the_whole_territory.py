"""A list is compared with the whole register: who is bounded to a town neither brings one in nor sees one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.files.base import ContentFile

from mingcha.base.viewers import Officer
from mingcha.kernel.testing import refused
from mingcha.registry.importing import services
from mingcha.registry.models import ImportBatch


def bounded(officer: Officer, division: str) -> Officer:
    return replace(officer, grants=tuple(replace(grant, division=division) for grant in officer.grants))


def bring(officer: Officer) -> ImportBatch:
    file = ContentFile("企业名称\n示范甲\n".encode(), name="名单.csv")
    return services.receive(actor=officer, register="subjects", source_name="推送", file=file)


@pytest.mark.parametrize("division", ["", "130111", "1301", "13"])
def test_who_reaches_the_whole_county_or_more_brings_lists_in(coordinator: Officer, division: str) -> None:
    officer = bounded(coordinator, division)
    batch = bring(officer)
    assert ImportBatch.objects.visible_to(officer).get() == batch


@pytest.mark.parametrize("division", ["130111100", "130102"])
def test_who_reaches_a_part_or_another_county_does_not(coordinator: Officer, division: str) -> None:
    officer = bounded(coordinator, division)
    with refused("import.part_of_territory"):
        bring(officer)
    bring(coordinator)
    assert not ImportBatch.objects.visible_to(officer).exists()
