"""Compares two documents part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from generator.compare.align import align_lists
from generator.compare.difference import Comparison, Difference, DifferenceKind, Part
from generator.compare.forms.forms import compare_forms
from generator.compare.others import compare_others, with_renamed
from generator.compare.side import ComparedTable, HasPlace, Side, placed
from generator.compare.side_parts import CONTENTS, HEADINGS, INDEX, OVERALL_SECTION
from generator.compare.tables.lines import compare_lines, scales_of
from generator.compare.tables.sheets import Heads, SheetComparison
from generator.compare.text.asides import compare_asides
from generator.compare.text.differences import Wording, looks
from generator.compare.text.entries import without_lost_headings
from generator.compare.text.headless import with_sections_of
from generator.compare.text.noise import with_noise
from generator.compare.text.paragraphs import compare_texts
from generator.compute.statements.definition import StatementDefinition
from generator.compute.statements.head import statement_head
from generator.core.findings import Location
from generator.drafts.parts.outline import OTHER
from generator.drafts.workbook.named import is_workbook
from generator.pack.outline import Outline, Role
from generator.pack.pack import Pack
from generator.reading.document import Origin, Passage

_FIRST = {"封面": "封面", CONTENTS: "目录", HEADINGS: "各部分标题"}
_LAST = {INDEX: "绩效目标表索引", "脚注": "脚注", "尾注": "尾注"}
_LETTERS = "附件"
_STATEMENTS = "报表"
_OVERALL = "整体支出绩效目标表"
_NO_HEAD = Heads(0, frozenset())


def compare_sides(ours: Side, theirs: Side, pack: Pack, *, years: bool = False) -> Comparison:
    """Every part of two documents, paired, with the differences between them.

    With ``years`` two years of one publisher are compared: year words are the same words, and
    other amounts are folded away.
    """
    before, after = _titles(pack.outline)
    wording = Wording((ours.year, theirs.year) if years else None)
    ours, theirs = with_renamed(ours, theirs, wording), with_renamed(theirs, ours, wording)
    ours, theirs = (
        with_sections_of(side, other, (*before, *after), wording)
        for side, other in ((ours, theirs), (theirs, ours))
    )
    parts = [
        *_texts(ours, theirs, before, wording),
        *_sheets(ours, theirs, pack, wording),
        *_texts(ours, theirs, after, wording),
        *_overall(ours, theirs, wording),
        *compare_forms(ours.forms, theirs.forms, wording),
        *compare_others(ours, theirs, wording),
        *compare_asides(ours, theirs, wording),
    ]
    if _is_extraction(ours, theirs):
        parts = [part if part.group == OTHER else with_noise(part) for part in parts]
    held_back = [_not_compared(part, ours, theirs) for part in parts]
    pages = (
        f"{side.file.name}：{run.message}" for side in (ours, theirs) for run in side.unread_pages
    )
    return Comparison(
        str(ours.file),
        str(theirs.file),
        tuple(part for part, why in zip(parts, held_back, strict=True) if not why),
        (*ours.unread, *theirs.unread, *pages, *dict.fromkeys(why for why in held_back if why)),
        wording.years,
        (ours.format, theirs.format),
        (*ours.remarks, *theirs.remarks),
    )


def _is_extraction(ours: Side, theirs: Side) -> bool:
    """Whether one side was extracted from what the other one is, and both are of the format."""
    extracted = (ours.origin is Origin.EXTRACTED) != (theirs.origin is Origin.EXTRACTED)
    return extracted and ours.known and theirs.known


def _not_compared(part: Part, ours: Side, theirs: Side) -> str:
    """Why a part that one side lacks is not known to be missing.

    Pages there could not be read, or it is the workbook of a document: its statements alone.
    """
    kind = part.difference.kind if part.difference else None
    side = {DifferenceKind.MISSING: theirs, DifferenceKind.ADDED: ours}.get(kind) if kind else None
    if side and part.group != _STATEMENTS and _has_statements_alone(side):
        return f"{side.file.name} 是工作簿，只有报表：文字和绩效目标表没有比较"
    if not side or not side.unread_pages:
        return ""
    pages = "、".join(run.pages for run in side.unread_pages)
    return f"{part.title}：可能就在 {side.file.name} 没有读到的{pages}，没有比较"


def _has_statements_alone(side: Side) -> bool:
    held = side.sections or side.forms or side.overall
    return is_workbook(side.file) and bool(side.sheets) and not held


def _titles(outline: Outline) -> tuple[dict[str, str], dict[str, str]]:
    """The sections of the text before and after the statements, and what reports call them."""
    before, after = dict(_FIRST), dict[str, str]()
    letters = outline.of(Role.OTHER_NOTES) or (outline.texts[-1] if outline.texts else "")
    passed = False
    for heading in outline.walk():
        passed = passed or heading.role is Role.STATEMENTS
        if heading.id in outline.texts:
            (after if passed else before)[heading.id] = outline.group(heading.id)
        if heading.id == letters:
            after[_LETTERS] = f"{outline.group(letters).split()[0]} 附件"
    return before, after | _LAST


def _texts(ours: Side, theirs: Side, titles: Mapping[str, str], wording: Wording) -> Iterator[Part]:
    for section, title in titles.items():
        mine, yours = ours.sections.get(section, ()), theirs.sections.get(section, ())
        group = title.split()[0]
        if mine and yours:
            content = compare_texts(title, mine, yours, wording, ours.source)
            if section == CONTENTS:
                content = without_lost_headings(content, ours, theirs, wording)
            yield Part(title, group, tuple(content))
        elif mine or yours:
            yield Part(title, group, (), _section(title, mine, yours))


def _section(what: str, ours: Sequence[Passage], theirs: Sequence[Passage]) -> Difference:
    """A whole part that one side lacks: one difference, however much it holds."""
    mine, yours = next(iter(ours), None), next(iter(theirs), None)
    return Difference(
        DifferenceKind.MISSING if mine else DifferenceKind.ADDED,
        what,
        "\n".join(our.text for our in ours),
        "\n".join(their.text for their in theirs),
        placed(mine),
        placed(yours),
    )


# Statements


def _sheets(ours: Side, theirs: Side, pack: Pack, wording: Wording) -> Iterator[Part]:
    definitions = {definition.number: definition for definition in pack.statements}
    mine, yours = list(ours.sheets.values()), list(theirs.sheets.values())
    for pair in align_lists(list(ours.sheets), list(theirs.sheets), lambda _i, _j: 0.0):
        our = mine[pair.ours] if pair.ours is not None else None
        their = yours[pair.theirs] if pair.theirs is not None else None
        number, title = _named(our or their)
        if our is None or their is None:
            kind = DifferenceKind.MISSING if their is None else DifferenceKind.ADDED
            yield Part(title, _STATEMENTS, (), _sheet(kind, title, our, their))
            continue
        moved = _sheet(DifferenceKind.MOVED, title, our, their) if pair.moved else None
        heads = _heads(definitions.get(number), ours.year, theirs.year)
        scales = scales_of(our, their)
        sheet = SheetComparison(number, heads, ours.source, wording, scales)
        rows = sheet.rows(our.rows, their.rows)
        above = compare_lines(number, our, their, wording)
        below = compare_texts(number, our.below, their.below, wording)
        yield Part(title, _STATEMENTS, (*above, *rows, *below), moved)


def _named(sheet: ComparedTable | None) -> tuple[str, str]:
    return (sheet.number, f"{sheet.number} {sheet.title}") if sheet else ("", "")


def _sheet(
    kind: DifferenceKind, title: str, ours: ComparedTable | None, theirs: ComparedTable | None
) -> Difference:
    return Difference(
        kind, title, _named(ours)[1], _named(theirs)[1], _sheet_place(ours), _sheet_place(theirs)
    )


def _sheet_place(sheet: ComparedTable | None) -> Location | None:
    if sheet is None:
        return None
    lines: list[HasPlace] = [*sheet.above, *sheet.rows]
    return placed(next(iter(lines), None))


def _heads(definition: StatementDefinition | None, *years: int) -> Heads:
    """The head that the pack declares for a statement, filled for the years of both sides."""
    if definition is None:
        return _NO_HEAD
    found = [statement_head(definition, partial(_filled, year)) for year in years]
    texts = frozenset(looks(cell.text) for rows in found for row in rows for cell in row)
    return Heads(len(found[0]), texts)


def _filled(year: int, text: str) -> str:
    return text.replace("{年度}", str(year))


def _overall(ours: Side, theirs: Side, wording: Wording) -> Iterator[Part]:
    title, other_title = (side.sections.get(OVERALL_SECTION, ()) for side in (ours, theirs))
    if ours.overall and theirs.overall:
        comparison = SheetComparison(
            _OVERALL, _NO_HEAD, ours.source, wording, written=ours.overall_written
        )
        rows = tuple(comparison.rows(ours.overall, theirs.overall))
        titles = compare_texts(_OVERALL, title, other_title, wording)
        yield Part(_OVERALL, "绩效目标表", (*titles, *rows))
    elif ours.overall or theirs.overall:
        kind = DifferenceKind.MISSING if ours.overall else DifferenceKind.ADDED
        place, other = (placed(next(iter(side.overall), None)) for side in (ours, theirs))
        difference = Difference(kind, _OVERALL, "", "", place, other)
        yield Part(_OVERALL, "绩效目标表", (), difference)
