"""Which form belongs to which project of the project statement: by name, else by likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from generator.core.likeness import likeness
from generator.core.memo import memo
from generator.core.numbers.rounding import YUAN_PER_WAN
from generator.core.text.patterns import late_pattern
from generator.drafts.words import text as wording
from generator.reading.document import DocumentCell, DocumentRow, Form

_STEP = Decimal("0.01")
_ALIKE = 0.7
"""From this score of 100 on, two names left over in one unit are taken for one project's."""
_TELLING = late_pattern(r"\d+|第[一二三四五六七八九十]+|中央|[省市县区](?=级|\))")
"""What tells two projects apart however alike their names are: numbers, batches, levels."""
_JOINTS = late_pattern(r"[\"']|(?<=\W)-|-(?=\W)")
"""Quotation marks, and hyphens beside brackets: 第一批）-公用经费."""


@memo(4096)
def folded_name(text: str) -> str:
    """A name without differences of width, spaces, quotation marks, hyphens and case."""
    return _JOINTS.sub("", wording.folded(text).casefold())


class StatementProject(Struct, frozen=True):
    """A row of a project statement; ``unit`` is blank if the statement names no units.

    ``cell`` holds its total, as far as it was read; ``carried`` is what of it is carried over, in
    万元.
    """

    unit: str
    name: str
    row: DocumentRow
    cell: DocumentCell | None
    carried: Decimal = Decimal(0)
    slack: Decimal = Decimal(0)
    """How far its money may be from the exact one, in 万元, where that is more than 0.005."""

    @property
    def wan(self) -> Decimal | None:
        """Its money of the year in 万元."""
        return self.cell.amount.value - self.carried if self.cell and self.cell.amount else None

    @property
    def statement(self) -> str:
        """The number of the statement that it stands in."""
        return self.cell.address.partition("/")[0] if self.cell else ""

    @property
    def key(self) -> tuple[str, str]:
        """What one project is told by."""
        return folded_name(self.unit), folded_name(self.name)


class Claim(Struct, frozen=True):
    """A form and what it says: its project's unit and name, the money of the year in 元."""

    form: Form
    unit: str
    yuan: Decimal | None

    @property
    def name(self) -> str:
        """The project as the form names it."""
        return self.form.content.project

    @property
    def key(self) -> tuple[str, str]:
        """What one project is told by."""
        return folded_name(self.unit), folded_name(self.name)


Pair = tuple[StatementProject, Claim]


def in_wan(yuan: Decimal) -> Decimal:
    """An amount in 元 as a statement in 万元 prints it."""
    return (yuan / YUAN_PER_WAN).quantize(_STEP, ROUND_HALF_UP)


def same_money(project: StatementProject, claim: Claim) -> bool:
    """Whether both print the same amount in 万元, to 0.01."""
    if project.wan is None or claim.yuan is None:
        return False
    return same_wan(project.wan, claim.yuan, project.slack)


def same_wan(wan: Decimal, yuan: Decimal, slack: Decimal) -> bool:
    """Whether an amount that may be off by rounding is another one, to 0.01 万元."""
    same = wan.quantize(_STEP, ROUND_HALF_UP) == in_wan(yuan)
    return same or abs(wan - yuan / YUAN_PER_WAN) <= slack


class Matching:
    """Pairs projects and forms, the surest ways first; what is left over has no partner.

    Attributes:
        same: the same unit and name.
        moved: the same name and money in another unit.
        alike: names nearly the same in one unit.
    """

    def __init__(self, projects: Iterable[StatementProject], claims: Iterable[Claim]) -> None:
        self.projects, self.claims = list(projects), list(claims)
        self.same = [*self._same(with_money=True), *self._same(with_money=False)]
        self.moved = list(self._moved())
        self.alike = list(self._alike())

    def _take(self, project: StatementProject, claim: Claim) -> Pair:
        self.projects.remove(project)
        self.claims.remove(claim)
        return project, claim

    def _same(self, *, with_money: bool) -> Iterator[Pair]:
        """By unit and name; of several rows of one name those with the form's money first."""
        waiting = defaultdict(list)
        for claim in self.claims:
            waiting[claim.key].append(claim)
        for project in tuple(self.projects):
            for claim in waiting[project.key]:
                if not with_money or same_money(project, claim):
                    waiting[project.key].remove(claim)
                    yield self._take(project, claim)
                    break

    def _moved(self) -> Iterator[Pair]:
        for project in tuple(self.projects):
            for claim in self.claims:
                if project.key[1] == claim.key[1] and same_money(project, claim):
                    yield self._take(project, claim)
                    break

    def _alike(self) -> Iterator[Pair]:
        scored = sorted(
            (
                (_likeness(project, claim), -i, -j, project, claim)
                for i, project in enumerate(self.projects)
                for j, claim in enumerate(self.claims)
                if project.key[0] == claim.key[0]
            ),
            key=lambda each: each[:3],
            reverse=True,
        )
        for score, _, _, project, claim in scored:
            if score >= _ALIKE and project in self.projects and claim in self.claims:
                yield self._take(project, claim)


def _likeness(project: StatementProject, claim: Claim) -> float:
    one, other = project.key[1], claim.key[1]
    if sorted(_TELLING.findall(one)) != sorted(_TELLING.findall(other)):
        return 0
    return likeness(one, other)
