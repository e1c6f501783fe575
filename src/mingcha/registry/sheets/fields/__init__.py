"""The fields of every register that lists can fill, by the code of the register."""

from __future__ import annotations

from typing import Final

from mingcha.registry.sheets.fields.about import GRADINGS, HEADCOUNTS, LICENCES, RECUSALS, VISITS
from mingcha.registry.sheets.fields.cases import CASES
from mingcha.registry.sheets.fields.people import INSPECTORS, LEAVES
from mingcha.registry.sheets.fields.projects import PROJECTS
from mingcha.registry.sheets.fields.reference import DIVISIONS, INDUSTRIES
from mingcha.registry.sheets.fields.subjects import SUBJECTS
from mingcha.registry.sheets.model import RegisterFields

FIELDS: Final[dict[str, RegisterFields]] = {
    register.code: register
    for register in (
        SUBJECTS,
        PROJECTS,
        INSPECTORS,
        LEAVES,
        VISITS,
        LICENCES,
        GRADINGS,
        HEADCOUNTS,
        CASES,
        RECUSALS,
        DIVISIONS,
        INDUSTRIES,
    )
}
