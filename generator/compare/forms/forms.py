"""Compares project performance forms: by project and unit, then cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.compare.align import Pair, align_lists, told_apart
from generator.compare.difference import Difference, DifferenceKind, PairedCell, PairedRow, Part
from generator.compare.forms.words import compare_form_words
from generator.compare.text.differences import Wording, looks
from generator.core.findings import Location
from generator.core.likeness import likeness
from generator.core.numbers.rounding import plain_number, yuan_text
from generator.drafts.words.units import Unit
from generator.model.form_names import (
    FUNDS,
    GOALS,
    INDICATORS,
    PROJECT,
    STAMP,
    TERM,
    TOTAL,
    UNIT,
    YEAR,
)
from generator.model.performance import Indicator, LevelFunds
from generator.pack.forms import ProjectFormDefinition
from generator.reading.document import Form

Path_ = tuple[str | int, ...]

_ALIKE = 0.7
_ALIKE_INDICATORS = 0.5
_OTHER_GROUP = 0.8
"""How much less alike two indicators are that stand in different groups."""
_CHAPTER = "绩效目标表"
_NO_AMOUNTS = (STAMP, "项目期")
_NAMES = (PROJECT, UNIT)
_SECTION = "项目绩效目标表"
_ZERO = Decimal(0)
_INDICATOR, _VALUE = "指标", "指标值"
_GROUP = "分组"
_GROUPS = 2
"""The first columns of the table of indicators: first and second level."""
_GROUP_KEYS = ("",) * _GROUPS


class _Field(Struct, frozen=True):
    """A cell of the upper part.

    Attributes:
        name: what it is called.
        text: what it says; money in 元.
        path: where it stands in the form.
        money: its amount in 元, if it is one; ``None`` also if that could not be read.
    """

    name: str
    text: str
    path: Path_
    money: Decimal | None = None


class _IndicatorRow(Struct, frozen=True):
    """An indicator as a row of the form.

    Attributes:
        texts: what its columns say.
        path: where it stands in the form.
        keys: for each column, the key that its text is written under there; ``""`` if none is.
    """

    texts: tuple[str, ...]
    path: Path_
    keys: tuple[str, ...]


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
    fields = [field.text for field in _fields(form)]
    return [looks(each) for each in [*fields, *(t for row in _table(form) for t in row.texts)]]


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
        for mine, yours in fields:
            if mine.path[0] == FUNDS:
                cell = self._money(mine, yours)
            else:
                places = self._ours.place(mine.path), self._theirs.place(yours.path)
                key = str(mine.path[0])
                cell = self._cell(mine.name, mine.text, yours.text, *places, key=key)
            yield PairedRow((PairedCell(mine.name, mine.name), cell))
        yield from self._indicators()

    def _money(self, mine: _Field, yours: _Field) -> PairedCell:
        """An amount of both sides, each as its form has it, in the unit of that form."""
        gap = abs((mine.money or _ZERO) - (yours.money or _ZERO))
        if gap <= max(self._ours.half_step, self._theirs.half_step):
            return PairedCell(mine.text, yours.text)
        texts = _printed(self._ours, mine), _printed(self._theirs, yours)
        units = self._ours.unit, self._theirs.unit
        kind = self._wording.cell_kind(*texts, units)
        if kind is None:
            return PairedCell(*texts)
        path, leaves = self._leaves(mine.path)
        places = self._ours.place(path), self._theirs.place(yours.path)
        words = f"{self._title}“{mine.name}”"
        difference = Difference(kind, words, *texts, *places, units=units, leaves=leaves)
        return PairedCell(*texts, difference)

    def _leaves(self, path: Path_) -> tuple[Path_, frozenset[str]]:
        """Where an amount of ours is written, and the addresses of what it adds up.

        A total is written nowhere. If on both sides it is one and the same amount, it is that one.
        """
        _, period, *level = map(str, path)
        mine, yours = (_levels(form, period) for form in (self._ours, self._theirs))
        levels = level or [name for name in mine if mine[name] or yours[name]]
        leaves = frozenset(f"{_SECTION}/{self._ours.number}/{FUNDS}/{period}/{x}" for x in levels)
        alone = len(levels) == 1 and self._theirs.totals.get(period) == yours[levels[0]]
        return ((FUNDS, period, levels[0]) if level or alone else path), leaves

    def _cell(
        self, what: str, ours: str, theirs: str, place: Location, other: Location, *, key: str = ""
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
        place = self._ours.place(mine.path) if mine else None
        other = self._theirs.place(yours.path) if yours else None
        if mine is None or yours is None or place is None or other is None:
            blank = ("",) * len(self._columns)
            texts = mine.texts if mine else blank, yours.texts if yours else blank
            kind = DifferenceKind.MISSING if yours is None else DifferenceKind.ADDED
            words = [_said_by(row) if row else "" for row in (mine, yours)]
            said = filter(None, (*texts[0][_GROUPS:], *texts[1][_GROUPS:]))
            what = f"{self._title}指标“{next(said, '')}”"
            difference = Difference(kind, what, words[0], words[1], place, other)
            cells = tuple(PairedCell(a, b) for a, b in zip(*texts, strict=True))
            return PairedRow(cells, difference)
        name = _name(mine.texts)
        cells = tuple(
            self._cell(column, _group(a), _group(b), place, other, key=_GROUP)
            if number < _GROUPS
            else self._cell(
                f"{name}”“{column}", a, b, self._ours.place(_written(mine, yours, number)), other
            )
            for number, (column, a, b) in enumerate(
                zip(self._columns, mine.texts, yours.texts, strict=True)
            )
        )
        moved = None
        same_group = mine.texts[:_GROUPS] == yours.texts[:_GROUPS]  # else its columns say so
        if pair.moved and same_group:
            what = f"{self._title}指标“{name}”"
            moved = Difference(
                DifferenceKind.MOVED, what, _said_by(mine), _said_by(yours), place, other
            )
        return PairedRow(cells, moved)


def _levels(form: Form, period: str) -> Mapping[str, Decimal]:
    """The amounts of a period by level."""
    return dict(dict(form.content.funds.items())[period].items())


def _printed(form: Form, field: _Field) -> str:
    """An amount as its form has it; a zero that is not sure to be one is blank."""
    period = str(field.path[1])
    name = f"“{period}”的“{field.path[2] if field.path[2:] else TOTAL}”"
    odd = next((each.text for each in form.odd if each.name == name), "")
    money = field.money
    if odd or money is None:
        return odd
    if not money and form.totals.get(period) != sum(_levels(form, period).values()):
        return ""
    return yuan_text(money) if form.unit is Unit.YUAN else plain_number(money / form.unit.yuan)


def _written(mine: _IndicatorRow, yours: _IndicatorRow, column: int) -> Path_:
    """Where the text of a column is written, else its indicator.

    One key may stand for both halves: it is none of a half that the draft changed otherwise.
    """
    key = mine.keys[column]
    both = {looks(text) for text, each in zip(yours.texts, mine.keys, strict=True) if each == key}
    return (*mine.path, key) if key and len(both) == 1 else mine.path


def _said_by(row: _IndicatorRow) -> str:
    return " | ".join(filter(None, row.texts))


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
        _IndicatorRow(
            (first, second, *(each.term if both else ()), *each.year),
            (INDICATORS, first, second, number),
            (*_GROUP_KEYS, *(_keys(each, TERM) if both else ()), *_keys(each, YEAR)),
        )
        for first, seconds in form.content.indicators.items()
        for second, indicators in seconds.items()
        for number, each in enumerate[Indicator](indicators)
    ]


def _keys(indicator: Indicator, half: str) -> tuple[str, str]:
    """The keys that name and value of a half are written under; a blank one has none."""
    texts = indicator.year if half == YEAR else indicator.term
    own = half == YEAR and indicator.year_name is not None
    value = _VALUE if indicator.value is not None else half
    name = f"{half}{_INDICATOR}" if own else _INDICATOR
    return (name if texts[0] else ""), (value if texts[1] else "")


def _indicator_keys(rows: Iterable[_IndicatorRow]) -> list[tuple[str, str]]:
    return [(looks(_group(row.texts[1])), looks(_name(row.texts))) for row in rows]


def _group(name: str) -> str:
    """The name of a group of indicators; the word 指标 at its end makes no other group."""
    return name.removesuffix("指标")


def _fields(form: Form) -> Iterator[_Field]:
    """The fields of the upper part, one by one."""
    definition, texts = form.definition, form.content.texts
    for key in definition.names.fields:
        if key in texts:
            yield _Field(definition.label(key), texts[key], (key,))
    for period, funds in form.content.funds.items():
        if period not in definition.halves or not definition.funds:
            continue
        total = form.totals.get(period)
        text = "" if total is None else yuan_text(total)
        yield _Field(f"{period}{TOTAL}", text, (FUNDS, period), total)
        yield from _funds(period, funds)
    for period, goal in form.content.goals.items():
        if period in definition.halves and definition.goals:
            yield _Field(f"{period}{GOALS}", goal, (GOALS, period))


def _funds(period: str, funds: LevelFunds) -> Iterator[_Field]:
    for level, value in funds.items():
        text = yuan_text(value) if value else ""
        yield _Field(f"{period}{level}", text, (FUNDS, period, level), value)
