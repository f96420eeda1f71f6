"""What a public file will ask for and last year's data does not have: it is put on the list."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.compose.review.unsaid import ASSETS, PROCUREMENT, SERVICES, VEHICLES, unsaid
from generator.model.disclosure import Disclosure
from generator.model.vocabulary import Vocabulary
from generator.newyear.ending_projects import Departures, Key

_ECONOMIC = "基本支出经济科目"
_OR_NONE = "待填（没有的写“无”）"
_WRITTEN = {
    (_ECONOMIC,): ("[]", "待填（每对科目一条，到款）"),
    PROCUREMENT: ("{货物: 0, 工程: 0, 服务: 0}", _OR_NONE),
    VEHICLES: ("无", "待填（有车辆的分类填写）"),
    SERVICES: ("无", "待填"),
}
"""How each is written, to be filled in, and the note on it; any other is a number."""
FORMLESS = "待填：补绩效目标表，或写“公开绩效目标: 否”"


class Asked(Struct, frozen=True):
    """A section, or a key of one, that is missing: what is written there, and the note on it."""

    path: tuple[str, ...]
    written: str
    note: str

    @property
    def line(self) -> str:
        """The key with its value, as a line of its own."""
        return f"{self.path[-1]}: {self.written}"


def asked_for(disclosure: Disclosure, vocabulary: Vocabulary) -> Iterator[Asked]:
    """What last year's data does not say, in the order of the document.

    Args:
        disclosure: last year's data.
        vocabulary: the names that it is written with.
    """
    paths = [tuple(str(step) for step in each.path) for each in unsaid(disclosure, vocabulary)]
    if not disclosure.economic and _has_basic(disclosure, vocabulary.general):
        paths.insert(0, (_ECONOMIC,))
    none = ", ".join(["实有车辆: 无", *(f"{asset.name}: 0" for asset in vocabulary.assets)])
    written = _WRITTEN | {ASSETS: (f"{{{none}}}", "待填")}
    for path in paths:
        yield Asked(path, *written.get(path, ("0", "待填")))


def _has_basic(disclosure: Disclosure, general: str) -> bool:
    """Whether there is basic expenditure, or a place where it is still to be filled in."""
    return any(
        general in {*line.current.basic.root, *line.current.personnel.root}
        for line in disclosure.subjects
    )


def formless(disclosure: Disclosure, ending: Departures) -> frozenset[Key]:
    """The projects, by unit and name, whose goals are published and which have no form."""
    forms = {
        (form.unit.strip(), form.project.strip())
        for form in disclosure.forms
        if not ending.has_form(form.unit, form.project, form.nature)
    }
    projects = {
        (entry.unit.strip(), entry.project.name.strip())
        for entry in disclosure.keyed_projects()
        if entry.project.goals_published and not ending.has_project(entry.unit, entry.project.name)
    }
    return frozenset(projects - forms)
