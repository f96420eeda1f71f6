"""Compares project performance forms: by project and unit, then cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from generator.compare.align import Pair, align_lists, told_apart
from generator.compare.difference import Difference, DifferenceKind, PairedCell, PairedRow, Part
from generator.compare.forms.words import compare_form_words
from generator.compare.text.differences import Wording, looks
from generator.core.findings import Location
from generator.core.likeness import likeness
from generator.core.numbers.rounding import yuan_text
from generator.model.form_names import (
    FUNDS,
    GOALS,
    INDICATORS,
    PROJECT,
    STAMP,
    TOTAL,
    UNIT,
)
from generator.model.performance import Indicator, LevelFunds
from generator.pack.forms import ProjectFormDefinition
from generator.reading.document import Form

Path_ = tuple[str | int, ...]
Field = tuple[str, str, Path_]
"""What a cell is called, its text, and where it stands in the form."""

_ALIKE = 0.7
_ALIKE_INDICATORS = 0.5
_OTHER_GROUP = 0.8
"""How much less alike two indicators are that stand in different groups."""
_CHAPTER = "绩效目标表"
_NO_AMOUNTS = (STAMP, "项目期")
_NAMES = (PROJECT, UNIT)
_GROUP = "分组"
_GROUPS = 2
"""The first columns of the table of indicators: first and second level."""


def compare_forms(ours: Sequence[Form], theirs: Sequence[Form], wording: Wording) -> Iterator[Part]:
    """The forms of both sides, paired; one that a side lacks is one difference."""
    if bool(ours) != bool(theirs):
        kind = DifferenceKind.MISSING if ours else DifferenceKind.ADDED
        whole = _whole(kind, f"全部{len(ours or theirs)}张", _first(ours), _first(theirs))
        yield Part(_CHAPTER, _CHAPTER, (), whole)
        return
    mine, yours = list(map(_named, ours)), list(map(_named, theirs))

    def alike(i: int, j: int) -> float:
        project = likeness(mine[i][1], yours[j][1])
        if not (mine[i][0] and yours[j][0]):  # its label may be misspelt, and then it is not read
            return project
        return min(likeness(mine[i][0], yours[j][0]), project)

    keys = told_apart(mine, yours, lambda i, j: _contents(ours[i], theirs[j]))
    for pair in align_lists(*keys, alike, _ALIKE):
        our = ours[pair.ours] if pair.ours is not None else None
        their = theirs[pair.theirs] if pair.theirs is not None else None
        title = _title(our or their)
        if our is None or their is None:
            kind = DifferenceKind.MISSING if their is None else DifferenceKind.ADDED
            yield Part(title, _CHAPTER, (), _whole(kind, title, our, their))
            continue
        moved = _whole(DifferenceKind.MOVED, title, our, their) if pair.moved else None
        rows = _FormComparison(title, our, their, wording).rows()
        words = compare_form_words(title, our, their, wording)
        yield Part(title, _CHAPTER, (*rows, *words), moved, columns=_columns(our.definition))


def _first(forms: Sequence[Form]) -> Form | None:
    return forms[0] if forms else None


def _named(form: Form) -> tuple[str, str]:
    return looks(form.content.unit), looks(form.content.project)


def _said(form: Form) -> list[str]:
    """All that a form says, field by field."""
    fields = [text for _, text, _ in _fields(form)]
    return [looks(each) for each in [*fields, *(t for row, _ in _table(form) for t in row)]]


def _contents(ours: Form, theirs: Form) -> float:
    """How much of what two forms say is the same, 0 to 1."""
    mine, yours = Counter(filter(None, _said(ours))), Counter(filter(None, _said(theirs)))
    return 2 * (mine & yours).total() / (mine.total() + yours.total() or 1)


def _title(form: Form | None) -> str:
    return f"{form.content.unit}“{form.content.project}”" if form else ""


def _whole(kind: DifferenceKind, title: str, ours: Form | None, theirs: Form | None) -> Difference:
    return Difference(
        kind,
        f"{title}绩效目标表",
        _title(ours),
        _title(theirs),
        ours.place((PROJECT,)) if ours else None,
        theirs.place((PROJECT,)) if theirs else None,
    )


class _FormComparison:
    """Compares one form of both sides."""

    def __init__(self, title: str, ours: Form, theirs: Form, wording: Wording) -> None:
        self._title = title
        self._ours = ours
        self._theirs = theirs
        self._wording = wording
        self._columns = _columns(ours.definition)

    def rows(self) -> Iterator[PairedRow]:
        """The fields of the upper part, then the indicators."""
        fields = zip(_fields(self._ours), _fields(self._theirs), strict=True)
        for (name, mine, path), (_, yours, other) in fields:
            places = self._ours.place(path), self._theirs.place(other)
            cell = self._cell(name, mine, yours, *places, key=str(path[0]))
            yield PairedRow((PairedCell(name, name), cell))
        yield from self._indicators()

    def _cell(
        self, what: str, ours: str, theirs: str, place: Location, other: Location, *, key: str
    ) -> PairedCell:
        """A text of both sides; ``key`` is that of the data, or :data:`_GROUP`."""
        kind = self._wording.cell_kind(ours, theirs)
        if kind is None:
            return PairedCell(ours, theirs)
        if kind is DifferenceKind.AMOUNT and key in _NO_AMOUNTS:
            kind = DifferenceKind.TEXT
        if kind in (DifferenceKind.TEXT, DifferenceKind.AMOUNT) and key in _NAMES:
            kind = DifferenceKind.NAME
        if kind is DifferenceKind.TEXT and key == _GROUP:
            kind = DifferenceKind.MOVED
        words = f"{self._title}“{what}”"
        return PairedCell(ours, theirs, Difference(kind, words, ours, theirs, place, other))

    def _indicators(self) -> Iterator[PairedRow]:
        mine, yours = _table(self._ours), _table(self._theirs)
        keys, others = _indicator_keys(mine), _indicator_keys(yours)

        def alike(i: int, j: int) -> float:
            score = likeness(keys[i][1], others[j][1])
            return score if keys[i][0] == others[j][0] else score * _OTHER_GROUP

        for pair in align_lists(keys, others, alike, _ALIKE_INDICATORS):
            yield self._indicator(pair, mine, yours)

    def _indicator(
        self, pair: Pair, ours: Sequence[_IndicatorRow], theirs: Sequence[_IndicatorRow]
    ) -> PairedRow:
        mine = ours[pair.ours] if pair.ours is not None else None
        yours = theirs[pair.theirs] if pair.theirs is not None else None
        place = self._ours.place(mine[1]) if mine else None
        other = self._theirs.place(yours[1]) if yours else None
        if mine is None or yours is None or place is None or other is None:
            blank = ("",) * len(self._columns)
            texts = mine[0] if mine else blank, yours[0] if yours else blank
            kind = DifferenceKind.MISSING if yours is None else DifferenceKind.ADDED
            words = [_said_by(row) if row else "" for row in (mine, yours)]
            said = filter(None, (*texts[0][_GROUPS:], *texts[1][_GROUPS:]))
            what = f"{self._title}指标“{next(said, '')}”"
            difference = Difference(kind, what, words[0], words[1], place, other)
            cells = tuple(PairedCell(a, b) for a, b in zip(*texts, strict=True))
            return PairedRow(cells, difference)
        name = _name(mine[0])
        cells = tuple(
            self._cell(column, _group(a), _group(b), place, other, key=_GROUP)
            if number < _GROUPS
            else self._cell(f"{name}”“{column}", a, b, place, other, key="")
            for number, (column, a, b) in enumerate(
                zip(self._columns, mine[0], yours[0], strict=True)
            )
        )
        moved = None
        same_group = mine[0][:_GROUPS] == yours[0][:_GROUPS]  # else its columns say so
        if pair.moved and same_group:
            what = f"{self._title}指标“{name}”"
            moved = Difference(
                DifferenceKind.MOVED, what, _said_by(mine), _said_by(yours), place, other
            )
        return PairedRow(cells, moved)


_IndicatorRow = tuple[tuple[str, ...], Path_]
"""Texts by column, and the path of the indicator."""


def _said_by(row: _IndicatorRow) -> str:
    return " | ".join(filter(None, row[0]))


def _columns(definition: ProjectFormDefinition) -> tuple[str, ...]:
    """What the columns of the table of indicators are called."""
    heads = definition.indicators.heads[:_GROUPS] if definition.indicators else ()
    halves = (name for half in definition.halves for name in (f"{half}指标", f"{half}指标值"))
    return (*heads, *halves)


def _name(texts: Sequence[str]) -> str:
    """The indicator of a row, in the first half that has one."""
    return next(filter(None, texts[_GROUPS::2]), "")


def _table(form: Form) -> list[_IndicatorRow]:
    """The indicators as the rows of the form."""
    both = form.definition.both_halves
    return [
        (
            (first, second, *(each.term if both else ()), *each.year),
            (INDICATORS, first, second, number),
        )
        for first, seconds in form.content.indicators.items()
        for second, indicators in seconds.items()
        for number, each in enumerate[Indicator](indicators)
    ]


def _indicator_keys(rows: Iterable[_IndicatorRow]) -> list[tuple[str, str]]:
    return [(looks(_group(texts[1])), looks(_name(texts))) for texts, _ in rows]


def _group(name: str) -> str:
    """The name of a group of indicators; the word 指标 at its end makes no other group."""
    return name.removesuffix("指标")


def _fields(form: Form) -> Iterator[Field]:
    """The fields of the upper part, one by one; money in 元."""
    definition, texts = form.definition, form.content.texts
    for key in definition.names.fields:
        if key in texts:
            yield definition.label(key), texts[key], (key,)
    for period, funds in form.content.funds.items():
        if period not in definition.halves or not definition.funds:
            continue
        total = form.totals.get(period)
        yield f"{period}{TOTAL}", "" if total is None else yuan_text(total), (FUNDS, period)
        yield from _funds(period, funds)
    for period, goal in form.content.goals.items():
        if period in definition.halves and definition.goals:
            yield f"{period}{GOALS}", goal, (GOALS, period)


def _funds(period: str, funds: LevelFunds) -> Iterator[Field]:
    for level, value in funds.items():
        text = yuan_text(value) if value else ""
        yield f"{period}{level}", text, (FUNDS, period, level)
