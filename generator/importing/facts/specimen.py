"""The pack's sentences about made-up facts: where a draft says what.

A specimen is composed of what the tables of a draft hold and of facts that are made up. Its figures
have addresses, and each of its free texts is a single character that no document has. What stands
in the draft in their place is what the draft says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Any

from msgspec import Struct

from generator.compose.compose import Composed, compose_sections
from generator.compute.ledger.entries import Book
from generator.core.figures import FigureBook
from generator.core.findings import UnusableInputError
from generator.core.memo import Same, memo
from generator.importing.reading import Path_
from generator.load.catalogue import Catalogue
from generator.model.base import Model
from generator.model.budget import OfficialExpensesTotals, PriorYear, Procurement
from generator.model.disclosure import EntityKind, OtherNotes, Reasons
from generator.pack.pack import Pack
from generator.reading.document import Passage
from generator.reading.printed import printed_passages

_FIRST_SLOT = 0xF0000  # private use: no document has it
_NO_FIGURES = ("整体绩效目标表", "项目绩效目标表", "核对数", "附件")
"""Sections without figures of the text."""
UNITS: Path_ = ("单位信息", "二级预算单位")
NAME: Path_ = ("单位信息", "名称")
_BUDGET = Book.BUDGET.value


class LastYear(Enum):
    """How last year's amounts of a specimen stand to those of this year."""

    SAME = "same"
    LESS = "less"
    """Half of them; more than nothing if this year has nothing."""
    MORE = "more"


class Made(Struct, frozen=True):
    """Of what the specimens of a draft are made: its sections so far, a pack, a catalogue."""

    sections: Mapping[str, Any]
    pack: Pack
    catalogue: Catalogue

    def known(self, *, tables: bool) -> dict[str, Any]:
        """The sections that a specimen takes over: all of them, or none that tables hold."""
        entity = {"单位信息": self.sections.get("单位信息", {}), "概况": {"职责": ["甲"]}}
        if not tables:
            return entity
        others = {name: each for name, each in self.sections.items() if name not in _NO_FIGURES}
        lines = [
            {**line, "用途": self.slot((_BUDGET, at, "用途"))}
            for at, line in enumerate(others.get(_BUDGET, ()))
        ]
        return others | entity | ({_BUDGET: lines} if lines else {})

    @property
    def slots(self) -> tuple[Path_, ...]:
        """Where the free texts of the sentences belong in the data."""
        vocabulary = self.pack.vocabulary
        reasons = dict.fromkeys((*_keys(Reasons), *vocabulary.comparisons))
        lines = range(len(self.sections.get(_BUDGET, ())))
        return (
            UNITS,
            NAME,
            *(("变动原因", key) for key in reasons),
            *(("其他说明", key) for key in _keys(OtherNotes)),
            *(("补充文字", key) for key in vocabulary.own_texts),
            *((_BUDGET, at, "用途") for at in lines),
        )

    def slot(self, path: Path_) -> str:
        """What stands in a specimen for the text at a path."""
        return chr(_FIRST_SLOT + self.slots.index(path))


@dataclass(frozen=True)  # without slots, for what is worked out once
class Specimen:
    """A composed document of made-up facts."""

    composed: Composed
    pack: Pack
    slots: tuple[Path_, ...]
    tables: bool
    """Whether it has the tables of the draft."""

    @property
    def figures(self) -> FigureBook:
        """The figures that it states."""
        return self.composed.figures

    @cached_property
    def _by_section(self) -> Mapping[str, tuple[Passage, ...]]:
        found: dict[str, list[Passage]] = {}
        for passage in printed_passages(self.composed, self.pack):
            if not passage.heading:
                found.setdefault(passage.section, []).append(passage)
        return {section: tuple(passages) for section, passages in found.items()}

    def slots_in(self, text: str) -> list[tuple[int, Path_]]:
        """Where free texts stand in a text of it, and where they belong in the data."""
        places = ((at, ord(character) - _FIRST_SLOT) for at, character in enumerate(text))
        return [(at, self.slots[number]) for at, number in places if 0 <= number < len(self.slots)]

    def section(self, name: str) -> tuple[Passage, ...]:
        """The paragraphs of a section."""
        return self._by_section.get(name, ())


def _keys(model: type[Model]) -> list[str]:
    """The keys of a section of the data."""
    return [field.alias or name for name, field in model.model_fields.items()]


def of_units(made: Made, names: Sequence[str] = ()) -> Specimen | None:
    """What is printed of the names of the units, or of a mark in their place; nothing else."""
    known = made.known(tables=False)
    known["单位信息"] = known["单位信息"] | {UNITS[1]: list(names) or [made.slot(UNITS)]}
    return _specimen(made, _facts(made, known) | known)


def cover_of(made: Made, kind: EntityKind, year: str) -> Specimen | None:
    """The document of a publisher of a kind whose name, and all else, is a mark."""
    return _cover_of(Same(made.pack), Same(made.catalogue), kind, year)


@memo(16)
def _cover_of(
    pack: Same[Pack], catalogue: Same[Catalogue], kind: EntityKind, year: str
) -> Specimen | None:
    """It depends on nothing that a draft says."""
    made = Made({}, pack.it, catalogue.it)
    known = made.known(tables=False)
    known["单位信息"] = {"名称": made.slot(NAME), "类型": kind.value, "年度": year}
    return _specimen(made, _facts(made, known) | known)


def without_last_year(made: Made) -> Specimen | None:
    """The sentences with facts, and without any comparison with last year.

    If the tables are such that they cannot be printed, the sentences of a budget without tables;
    ``None`` if these cannot be printed either.
    """
    for tables in (True, False):
        known = made.known(tables=tables)
        specimen = _specimen(made, _facts(made, known) | known, tables=tables)
        if specimen is not None:
            return specimen
    return None


def with_last_year(made: Made, base: Specimen, last: LastYear) -> Specimen | None:
    """A specimen whose every comparison with last year finds the same amount, less or more."""
    known = made.known(tables=base.tables)
    prior = {"上年预算数": _prior(base, last)}
    return _specimen(made, _facts(made, known) | known | prior, tables=base.tables)


def _specimen(made: Made, sections: Mapping[str, Any], *, tables: bool = False) -> Specimen | None:
    return _made_of(
        _Exact(sections), Same(made.pack), Same(made.catalogue), made.slots, tables=tables
    )


class _Exact:
    """Sections as a key, told apart by all that is written in them."""

    def __init__(self, sections: Mapping[str, Any]) -> None:
        self.it = sections
        self._written = repr(sections)

    def __hash__(self) -> int:
        return hash(self._written)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Exact) and self._written == other._written


@memo(12)  # those of two documents: what changes in a text leaves them as they are
def _made_of(
    sections: _Exact,
    pack: Same[Pack],
    catalogue: Same[Catalogue],
    slots: tuple[Path_, ...],
    *,
    tables: bool,
) -> Specimen | None:
    composed = composed_of(sections.it, pack.it, catalogue.it)
    return Specimen(composed, pack.it, slots, tables) if isinstance(composed, Composed) else None


def composed_of(
    sections: Mapping[str, Any], pack: Pack, catalogue: Catalogue
) -> Composed | UnusableInputError:
    """What data prints that stands in no folder so far, or why it prints nothing."""
    try:
        return compose_sections(sections, pack, catalogue)
    except UnusableInputError as error:
        return error


def _facts(made: Made, known: Mapping[str, Any]) -> dict[str, Any]:
    """Facts for everything that sentences may speak of and tables do not hold."""
    vocabulary = made.pack.vocabulary
    assets: dict[str, Any] = {
        each.name: str(1100 + at) for at, each in enumerate(vocabulary.assets)
    }
    assets["实有车辆"] = {kind: str(11 + at) for at, kind in enumerate(vocabulary.vehicles)}
    own = {each.name: str(3_330_000 + at) for at, each in enumerate(vocabulary.own_numbers)}
    facts: dict[str, Any] = {
        "政府采购": {name: str(1_110_000 * (at + 1)) for at, name in enumerate(_keys(Procurement))},
        "国有资产": assets,
        "绩效管理": {"编报整体绩效目标单位数": "7001"},
        "补充数字": own,
    }
    for path in made.slots:
        if len(path) == 2 and path not in (UNITS, NAME):  # noqa: PLR2004 - a key of a section
            facts.setdefault(str(path[0]), {})[path[1]] = made.slot(path)
    if Book.OPERATING_FUNDS.value not in known:
        name = known["单位信息"].get("名称", "甲")
        amounts = {made.pack.vocabulary.general: "9870000"}
        facts[Book.OPERATING_FUNDS.value] = [{"单位": name, "金额": amounts}]
    return facts


def _prior(base: Specimen, last: LastYear) -> dict[str, Any]:
    """Last year's amounts: those of this year, or others."""
    current = {
        comparison.prior: comparison.current
        for comparison in base.pack.settings.comparisons.values()
    }

    def amount(address: str) -> str:
        now = current.get(address, "")
        value = base.figures[now].value if now in base.figures else Decimal(0)
        more = Decimal(1_230_000)
        amounts = {
            LastYear.SAME: value,
            LastYear.LESS: (value / 2).quantize(Decimal(1)) or more,
            LastYear.MORE: value + more,
        }
        return f"{amounts[last]:f}"

    prior: dict[str, Any] = {
        name: amount(f"上年/{name}")
        for name in (*_keys(PriorYear), *base.pack.vocabulary.prior_amounts)
        if f"上年/{name}" in current
    }
    items = _keys(OfficialExpensesTotals)
    return prior | {"三公经费": {name: amount(f"上年/三公经费/{name}") for name in items}}
