"""Compares two documents part by part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from generator.compare.align import align
from generator.compare.difference import Comparison, Difference, Kind, Part
from generator.compare.forms import compare_forms
from generator.compare.headless import with_sections_of
from generator.compare.noise import with_noise
from generator.compare.sheets import Heads, SheetComparison
from generator.compare.side import HasPlace, Sheet, Side, placed
from generator.compare.table_lines import compare_lines, scales_of
from generator.compare.texts import compare_texts
from generator.compare.wording import Wording, looks
from generator.drafts.signposts import OVERVIEW_SECTIONS, SECTIONS
from generator.findings import Place
from generator.pack.pack import Pack
from generator.presented.document import Origin, Passage
from generator.statements.definition import StatementDefinition
from generator.statements.head import head_rows

_TITLES = {
    "封面": "封面",
    "职责": "概况 职责",
    "机构设置": "概况 机构设置",
    **{section: f"情况说明 {section}" for section in SECTIONS if section not in OVERVIEW_SECTIONS},
    "附件": "情况说明 附件",
    "名词解释": "名词解释",
}
"""The sections of the text, as outlines name them, and what reports call them."""

_BEFORE_STATEMENTS = ("封面", *OVERVIEW_SECTIONS)
_OVERALL = "整体支出绩效目标表"
_NO_HEAD = Heads(0, frozenset())


def compare(ours: Side, theirs: Side, pack: Pack, *, years: bool = False) -> Comparison:
    """Every part of two documents, paired, with the differences between them.

    With ``years`` two years of one publisher are compared: year words are the same words, and
    other amounts are folded away.
    """
    wording = Wording((ours.year, theirs.year) if years else None)
    ours, theirs = (
        with_sections_of(side, other, _TITLES, wording)
        for side, other in ((ours, theirs), (theirs, ours))
    )
    rest = [section for section in _TITLES if section not in _BEFORE_STATEMENTS]
    parts = [
        *_texts(ours, theirs, _BEFORE_STATEMENTS, wording),
        *_sheets(ours, theirs, pack, wording),
        *_texts(ours, theirs, rest, wording),
        *_overall(ours, theirs, wording),
        *compare_forms(ours.forms, theirs.forms, wording),
    ]
    if Origin.EXTRACTED in (ours.origin, theirs.origin):
        parts = [with_noise(part) for part in parts]
    return Comparison(
        str(ours.file),
        str(theirs.file),
        tuple(parts),
        (*ours.unread, *theirs.unread),
        wording.years,
    )


def _texts(ours: Side, theirs: Side, sections: Iterable[str], wording: Wording) -> Iterator[Part]:
    for section in sections:
        mine, yours = ours.sections.get(section, ()), theirs.sections.get(section, ())
        title = _TITLES[section]
        group = title.split()[0]
        if mine and yours:
            yield Part(title, group, tuple(compare_texts(title, mine, yours, wording, ours.source)))
        elif mine or yours:
            yield Part(title, group, (), _section(title, mine, yours))


def _section(what: str, ours: Sequence[Passage], theirs: Sequence[Passage]) -> Difference:
    """A whole part that one side lacks: one difference, however much it holds."""
    mine, yours = next(iter(ours), None), next(iter(theirs), None)
    return Difference(
        Kind.MISSING if mine else Kind.ADDED,
        what,
        mine.text if mine else "",
        yours.text if yours else "",
        placed(mine),
        placed(yours),
    )


# Statements


def _sheets(ours: Side, theirs: Side, pack: Pack, wording: Wording) -> Iterator[Part]:
    definitions = {definition.number: definition for definition in pack.statements}
    mine, yours = list(ours.sheets.values()), list(theirs.sheets.values())
    for pair in align(list(ours.sheets), list(theirs.sheets), lambda _i, _j: 0.0):
        our = mine[pair.ours] if pair.ours is not None else None
        their = yours[pair.theirs] if pair.theirs is not None else None
        number, title = _named(our or their)
        if our is None or their is None:
            kind = Kind.MISSING if their is None else Kind.ADDED
            yield Part(title, "报表", (), _sheet(kind, title, our, their))
            continue
        moved = _sheet(Kind.MOVED, title, our, their) if pair.moved else None
        heads = _heads(definitions.get(number), ours.year, theirs.year)
        scales = scales_of(our, their)
        sheet = SheetComparison(number, heads, ours.source, wording, scales)
        rows = sheet.rows(our.rows, their.rows)
        above = compare_lines(number, our, their, wording)
        below = compare_texts(number, our.below, their.below, wording)
        yield Part(title, "报表", (*above, *rows, *below), moved)


def _named(sheet: Sheet | None) -> tuple[str, str]:
    return (sheet.number, f"{sheet.number} {sheet.title}") if sheet else ("", "")


def _sheet(kind: Kind, title: str, ours: Sheet | None, theirs: Sheet | None) -> Difference:
    return Difference(
        kind, title, _named(ours)[1], _named(theirs)[1], _sheet_place(ours), _sheet_place(theirs)
    )


def _sheet_place(sheet: Sheet | None) -> Place | None:
    if sheet is None:
        return None
    lines: list[HasPlace] = [*sheet.above, *sheet.rows]
    return placed(next(iter(lines), None))


def _heads(definition: StatementDefinition | None, *years: int) -> Heads:
    """The head that the pack declares for a statement, filled for the years of both sides."""
    if definition is None:
        return _NO_HEAD
    found = [head_rows(definition, partial(_filled, year)) for year in years]
    texts = frozenset(looks(cell.text) for rows in found for row in rows for cell in row)
    return Heads(len(found[0]), texts)


def _filled(year: int, text: str) -> str:
    return text.replace("{年度}", str(year))


def _overall(ours: Side, theirs: Side, wording: Wording) -> Iterator[Part]:
    if ours.overall and theirs.overall:
        comparison = SheetComparison(_OVERALL, _NO_HEAD, ours.source, wording)
        rows = tuple(comparison.rows(ours.overall, theirs.overall))
        yield Part(_OVERALL, "绩效目标表", rows)
    elif ours.overall or theirs.overall:
        kind = Kind.MISSING if ours.overall else Kind.ADDED
        place, other = (placed(next(iter(side.overall), None)) for side in (ours, theirs))
        difference = Difference(kind, _OVERALL, "", "", place, other)
        yield Part(_OVERALL, "绩效目标表", (), difference)
