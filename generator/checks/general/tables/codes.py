"""E908, W907, W909 and W910: codes of subjects and their names in any table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from generator.checks.general.tables.equations.coded import astray, is_total_row
from generator.checks.general.tables.former_names import Renamed, renamed
from generator.checks.general.tables.rules import ASTRAY, OTHER_NAME, SEVERAL_NAMES, WRONG_CODE
from generator.checks.general.tables.understood.kinds import plain_title
from generator.checks.general.tables.understood.read import read_tables
from generator.checks.general.tables.understood.table import (
    TableSide,
    UnderstoodRow,
    UnderstoodTable,
)
from generator.checks.rule import Check, Noise, Outcome, Passed, Rule, Unchecked
from generator.core.findings import Finding
from generator.core.records import replace
from generator.drafts.words.text import folded
from generator.load.catalogue import Catalogue, SubjectList
from generator.pack.pack import Pack
from generator.reading.document import Origin, ReadDocument

_CLASS = 3
_MOST_LISTED = 12
_MOST_EACH = 3
"""So many names of one table are told one by one; more have one cause."""


class _Named(Struct, frozen=True, eq=False):
    """A row with a subject, and its table."""

    table: UnderstoodTable
    line: UnderstoodRow

    @property
    def name(self) -> str:
        """Its name without numbering."""
        return folded(plain_title(self.line.name))


class _Otherwise(Struct, frozen=True, eq=False):
    """Rows whose name is not the one that is due for their code."""

    due: str
    rows: Sequence[_Named]

    @property
    def line(self) -> UnderstoodRow:
        """The first of the rows."""
        return self.rows[0].line


def codes_of_tables(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    """Applies the rules about codes and names."""
    rows = [
        _Named(table, line)
        for table in read_tables(document).understood
        for side in table.sides
        for line in _in_place(side)
        if line.name and not is_total_row(line)
    ]
    yield from _astray(document)
    yield from _former(document, rows)
    if document.catalogue is not None:
        yield from _against_catalogue(document, rows, document.catalogue)


def _in_place(side: TableSide) -> Iterator[UnderstoodRow]:
    """The rows of a side whose code is not wrong by its place: of those the name proves nothing."""
    wrong = {line.at for line, _ in astray(side)}
    return (line for line in side.lines if line.at not in wrong)


def _astray(document: ReadDocument) -> Iterator[Outcome]:
    found: dict[str, list[_Named]] = defaultdict(list)
    for table in read_tables(document).understood:
        for side in table.sides:
            for line in side.lines:
                if line.misprint:
                    found[_misprinted(line)].append(_Named(table, line))
            for line, upper in astray(side):
                message = (
                    f"{line.words}列在 {upper.words} 之下并计入它的合计，"
                    f"编码却不是 {upper.code} 开头"
                )
                found[message].append(_Named(table, line))
    for message, rows in found.items():
        yield _finding(ASTRAY, message, rows)


def _misprinted(line: UnderstoodRow) -> str:
    printed = f"“{line.name}”的编码印作“{line.misprint}”"
    if line.code and line.misprint.isdecimal():
        return f"{printed}，列在下面的科目却都是 {line.code} 开头，应为 {line.code}"
    due = f"，按所在位置应为 {line.code}" if line.code else ""
    return f"{printed}，不是科目编码{due}"


def _former(document: ReadDocument, rows: Sequence[_Named]) -> Iterator[Outcome]:
    """Former names, by code or without."""
    found: dict[tuple[str, Renamed], list[_Named]] = defaultdict(list)
    for row in rows:
        today = renamed(row.name, document.year)
        if today is not None:
            found[plain_title(row.line.name), today].append(row)
    for (name, today), alike in found.items():
        message = f"“{name}”是旧名称，{today.since} 年起是“{today.name}”"
        finding = _finding(OTHER_NAME, message, alike)
        codes = _codes_of(today.name, document.catalogue)
        subjects = dict.fromkeys((*finding.subjects, *(f"科目/{code}" for code in codes)))
        yield replace(finding, subjects=tuple(subjects))


def _codes_of(name: str, catalogue: Catalogue | None) -> list[str]:
    """The codes of functional subjects with a name."""
    names = catalogue.functional.names if catalogue else {}
    return [code for code, each in names.items() if folded(each) == folded(name)]


def _against_catalogue(
    document: ReadDocument, rows: Sequence[_Named], catalogue: Catalogue
) -> Iterator[Outcome]:
    by_code: dict[str, dict[str, list[_Named]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.line.code and not renamed(row.name, document.year):
            by_code[row.line.code][row.name].append(row)
    unsure: list[_Otherwise] = []
    others: list[_Otherwise] = []
    for code, names in by_code.items():
        listed = _list_of(code, catalogue)
        if listed is None:
            continue
        due = listed.names.get(code)
        if due is None or code in listed.unread:
            first = next(iter(names.values()))
            differs = due is None or folded(plain_title(due)) not in names
            wrong = _wrong_code(code, first, listed) if differs else None
            if wrong:
                yield wrong
                continue
            yield from _several(document, code, names)
            if differs:
                unsure.append(_Otherwise(due or "", first))
        else:
            wanted = folded(plain_title(due))
            others += [
                _Otherwise(due, rows)
                for name, rows in names.items()
                if name != wanted and not _was_called(listed, code, name, document.year)
            ]
            if wanted in names:
                yield Passed(OTHER_NAME.code)
    yield from _otherwise(document, others)
    yield from _unsure(unsure)


def _was_called(listed: SubjectList, code: str, name: str, year: int) -> bool:
    """Whether a code still had a former name in a year (0: not known)."""
    former = (each for each in listed.of(code) if each.is_former)
    return any(folded(each.name) == name and 0 < year <= int(each.until) for each in former)


def _unsure(others: Sequence[_Otherwise]) -> Iterator[Outcome]:
    """Codes that the list lacks, and names that differ from one that was read in no text."""
    if unlisted := [other for other in others if not other.due]:
        words = _first_of([each.line.words for each in unlisted])
        yield Unchecked(OTHER_NAME.code, "科目", f"科目目录未收录{words}，编码和名称没有核对")
    if unread := [other for other in others if other.due]:
        words = _first_of([f"{each.line.words}（目录“{each.due}”）" for each in unread])
        why = f"{words}与科目目录不同，但目录的名称没有见到原文，不算有错"
        yield Unchecked(OTHER_NAME.code, "科目", why)


def _first_of(words: Sequence[str]) -> str:
    more = f"等 {len(words)} 个" if len(words) > _MOST_LISTED else ""
    return "、".join(words[:_MOST_LISTED]) + more


def _list_of(code: str, catalogue: Catalogue) -> SubjectList | None:
    return {
        "2": catalogue.functional,
        "3": catalogue.department_economic,
        "5": catalogue.government_economic,
    }.get(code[0])


def _wrong_code(code: str, rows: Sequence[_Named], listed: SubjectList) -> Finding | None:
    """A code that is not its name's: of no class, or with the name of a code beside it.

    Of a class that exists, the name is one that was read in a text: what may be wrong itself
    proves nothing wrong.
    """
    exists = code[:_CLASS] in listed.names
    beside = [
        other
        for other, name in listed.names.items()
        if not (exists and other in listed.unread)
        and folded(plain_title(name)) == rows[0].name
        and len(other) == len(code)
        and (other[:-2] == code[:-2] or len(code) == _CLASS)
    ]
    known = f"科目目录里“{rows[0].line.name}”是 {beside[0]}" if len(beside) == 1 else ""
    if not exists:
        words = "，".join(filter(None, (f"{listed.title}没有 {code[:_CLASS]} 类", known)))
    elif known:
        words = f"编码印作 {code}，{known}"
    else:
        return None
    return _finding(WRONG_CODE, words, rows)


def _otherwise(document: ReadDocument, others: Sequence[_Otherwise]) -> Iterator[Outcome]:
    """Names that are not the list's; many in one table are one finding."""
    by_table: dict[str, list[_Otherwise]] = defaultdict(list)
    for other in others:
        by_table[other.rows[0].table.name].append(other)
    for alike in by_table.values():
        if len(alike) > _MOST_EACH:
            words = "，".join(f"{o.line.words}（目录“{o.due}”）" for o in alike[:_MOST_LISTED])
            message = f"有 {len(alike)} 个科目的名称与编码对不上：{words}"
            yield _finding(OTHER_NAME, message, [row for other in alike for row in other.rows])
            continue
        for other in alike:
            message = f"科目 {other.line.code} 印作“{other.line.name}”，科目目录里是“{other.due}”"
            finding = _finding(OTHER_NAME, message, other.rows)
            wanted = folded(plain_title(other.due))
            yield _perhaps_clipped(document, finding, other.rows[0].name, wanted)


def _several(
    document: ReadDocument, code: str, names: Mapping[str, list[_Named]]
) -> Iterator[Outcome]:
    if len(names) == 1:
        yield Passed(SEVERAL_NAMES.code)
        return
    words = "，".join(f"{rows[0].table.name}“{rows[0].line.name}”" for rows in names.values())
    message = f"科目 {code} 有 {len(names)} 种名称：{words}"
    finding = _finding(SEVERAL_NAMES, message, [rows[0] for rows in names.values()])
    shortest, longest = min(names, key=len), max(names, key=len)
    yield _perhaps_clipped(document, finding, shortest, longest)


def _perhaps_clipped(document: ReadDocument, finding: Finding, name: str, due: str) -> Outcome:
    """In an extracted text a name that is a piece of the right one may have been cut off."""
    clipped = document.origin is Origin.EXTRACTED and (name in due or due in name)
    return Noise(finding) if clipped else finding


def _finding(rule: Rule, message: str, rows: Sequence[_Named]) -> Finding:
    first = rows[0]
    places = list(dict.fromkeys(row.table.place(row.line) for row in rows))
    return rule.finding(
        message,
        places[0],
        group=first.table.name,
        subjects=tuple(dict.fromkeys(f"科目/{row.line.code or row.name}" for row in rows)),
        excerpt=first.line.words,
        also=places[1:],
    )


CHECKS: tuple[Check, ...] = (codes_of_tables,)
