"""Names: subjects and units are called the same everywhere in a document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from rapidfuzz.distance import Levenshtein

from generator.checks.rule import Check, Noise, Outcome, Passed, Rule, Unchecked
from generator.checks.text.names_alike import part_of, same_unit, spellings
from generator.checks.text.text_figures import (
    clause_finding,
    nothing_to_hold_against,
    perhaps,
    read_text_numbers,
)
from generator.core.dates import date_expression
from generator.core.findings import Finding, Location
from generator.core.memo import memo
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import folded
from generator.load.catalogue import Catalogue, SubjectList
from generator.model.form_names import DEPARTMENT as OFFICE
from generator.model.form_names import UNIT
from generator.pack.outline import Role
from generator.pack.pack import Pack
from generator.reading.document import DocumentRow, Origin, ReadDocument
from generator.reading.sentences import Alignment, ClausePair

NAMES = Rule(
    "W727",
    "名称前后不一",
    "科目名称在文字和各张报表里相同，并与科目目录相同；报表固定的行用模板的名称；同一个单位在"
    "单位名单、报表和绩效目标表（实施单位、主管部门）里只有一种写法。项目名称由 E735 核对。",
    "名称不同，读者会当成两个科目或两个单位。只与目录里见到原文的名称比；名称会逐年变化，所以只是警告。",
    "核对后统一名称；确实是两个不同的名称时，可在“按实公布说明”里说明",
    "政府收支分类科目；预算公开审核惯例",
)
RULES = (NAMES,)

_NUMBERING = late_pattern(r"^(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十]+[)）])")


@memo(16)
def _beginning(date: str) -> re.Pattern[str]:
    """What may stand before a name: 截至2025年12月31日，."""
    return late_pattern(rf"(?:截至(?:\d{{4}}年\d+月\d+日|{date_expression(date)})[，,]?)?")


_SLIP = 2
"""So many characters left out, added or mistaken make a slip, more make another name."""
_MOST_LISTED = 12
_LEAST_NAME = 3  # characters: shorter ones stand within other words


def names_in_text(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    """The names that stand in sentences, against the tables."""
    if document.origin is Origin.DATA:
        return  # the sentences take their names from the tables
    reading = read_text_numbers(document)
    if document.expected is None:
        yield Unchecked(NAMES.code, "情况说明", nothing_to_hold_against(document))
        return
    names, own = _known_names(document.expected), folded(document.expected.name)
    for section in document.outline.composed:
        alignment = reading.alignments[section]
        for pair in alignment.pairs:
            found = _other_names(alignment, pair, names, own, document.style.date)
            outcomes = [*found, *_other_items(alignment, pair)]
            yield from (perhaps(document, each) for each in outcomes or (Passed(NAMES.code),))


def _known_names(document: ReadDocument) -> tuple[str, ...]:
    """The names of subjects, units and the publisher, the longest first."""
    labels = {
        _NUMBERING.sub("", row.label)
        for table in document.tables.values()
        for row in table.rows
        if row.key.isdigit()
    }
    every = {folded(name) for name in (*labels, *document.units, document.name)}
    return tuple(sorted((n for n in every if len(n) >= _LEAST_NAME), key=len, reverse=True))


def named_otherwise(pair: ClausePair, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Names of the expected clause with the words that stand there in the draft instead."""
    theirs, ours = pair.expected.text, pair.draft.text
    found: list[tuple[str, str]] = []
    taken: list[tuple[int, int]] = []
    for name in names:
        for match in re.finditer(re.escape(name), theirs):
            if any(start <= match.start() and match.end() <= end for start, end in taken):
                continue
            taken.append(match.span())
            words = _opposite_words(theirs, ours, *match.span())
            if words != name:
                found.append((name, words))
    return found


def _opposite_words(theirs: str, ours: str, start: int, end: int) -> str:
    """What stands in one text where another one has the characters of a span."""
    first, last = len(ours), 0
    for code in Levenshtein.opcodes(theirs, ours):
        if code.src_end < start or code.src_start >= end:  # an amount may come right after
            continue
        equal = code.tag == "equal"
        begin = code.dest_start + max(0, start - code.src_start) * equal
        finish = code.dest_end - max(0, code.src_end - end) * equal
        if equal and code.src_end <= start:
            continue
        first, last = min(first, begin), max(last, finish)
    return ours[first:last]


def _other_names(
    alignment: Alignment, pair: ClausePair, names: tuple[str, ...], own: str, date: str
) -> Iterator[Finding]:
    if pair.draft.items:
        return
    passage, start = alignment.draft.origin(pair.draft.start)
    begins = _beginning(date).fullmatch(passage.text[:start])
    for name, words in named_otherwise(pair, names):
        if name == own and begins:
            continue  # E743 compares the name that a sentence begins with
        message = f"文字写“{words}”，这里应是“{name}”" if words else f"文字里少了名称“{name}”"
        yield _text_finding(alignment, pair, message, name)


def _other_items(alignment: Alignment, pair: ClausePair) -> Iterator[Finding]:
    """A list of names holds the same names as the table, in any order."""
    if not pair.draft.items or not pair.expected.items:
        return
    extra = sorted(pair.draft.items - pair.expected.items)
    missing = sorted(pair.expected.items - pair.draft.items)
    for one, other in spellings(extra, missing):
        extra.remove(one)
        missing.remove(other)
        yield _text_finding(alignment, pair, f"文字写“{one}”，报表里是“{other}”", other)
    if extra:
        message = f"文字列出而报表里没有：{'、'.join(extra)}"
        yield _text_finding(alignment, pair, message, extra[0])
    if missing:
        message = f"报表里有而文字没有列出：{'、'.join(missing)}"
        yield _text_finding(alignment, pair, message, missing[0])


def _text_finding(alignment: Alignment, pair: ClausePair, message: str, name: str) -> Finding:
    return clause_finding(NAMES, alignment, pair.draft, message, f"名称/{name}")


# Names of subjects in the tables


def subjects_in_tables(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    """One code has one name in all tables, the catalogue's where that was read in a text."""
    unread: list[str] = []
    for (kind, code), by_name in _subjects(document).items():
        subjects = _list_of(kind, document.catalogue)
        listed = subjects.names.get(code) if subjects else None
        if subjects and listed and code in subjects.unread:
            # data takes its name from there, a draft has one of its own
            if (folded(listed) in by_name) == (document.origin is Origin.DATA):
                unread.append(f"{code} {listed}")
            listed = None
        texts = [_numberless(row.label) for row in by_name.values()]
        if len(by_name) > 1:
            finding = _several_names(document, code, by_name, listed)
            yield Noise(finding) if _is_clipped(document, texts) else finding
        elif document.origin is Origin.DATA or listed is None or folded(listed) in by_name:
            yield Passed(NAMES.code)
        else:
            row = next(iter(by_name.values()))
            message = f"科目 {code} 印作“{texts[0]}”，科目目录里是“{listed}”"
            finding = _subject_finding(document, code, message, [row])
            yield perhaps(document, finding)
    if unread:
        words = "、".join(unread[:_MOST_LISTED])
        more = f"等 {len(unread)} 个" if len(unread) > _MOST_LISTED else ""
        why = f"科目目录里的{words}{more}没有见到原文，名称与批复核对"
        yield Unchecked(NAMES.code, "科目", why)


def _subjects(document: ReadDocument) -> Mapping[tuple[str, str], dict[str, DocumentRow]]:
    """For each classification and code the names it has, with the first row of each."""
    found: dict[tuple[str, str], dict[str, DocumentRow]] = defaultdict(dict)
    for table in document.tables.values():
        for row in table.rows:
            kind = re.sub("(类|款|项|科目)$", "", row.dimension)
            if row.key.isdigit() and row.label and kind:
                found[kind, row.key].setdefault(folded(_numberless(row.label)), row)
    return found


def _numberless(label: str) -> str:
    return _NUMBERING.sub("", label.strip())


def _list_of(kind: str, catalogue: Catalogue | None) -> SubjectList | None:
    """The classification of the catalogue that a dimension takes its codes of."""
    if catalogue is None:
        return None
    return {
        "科目": catalogue.functional,
        "部门经济": catalogue.department_economic,
        "政府经济": catalogue.government_economic,
    }.get(kind)


def _several_names(
    document: ReadDocument, code: str, by_name: Mapping[str, DocumentRow], listed: str | None
) -> Finding:
    words = "，".join(
        f"{_table_of(document, row)}“{_numberless(row.label)}”" for row in by_name.values()
    )
    catalogue = f"；科目目录里是“{listed}”" if listed else ""
    message = f"科目 {code} 有 {len(by_name)} 种名称：{words}{catalogue}"
    return _subject_finding(document, code, message, list(by_name.values()))


def _subject_finding(
    document: ReadDocument, code: str, message: str, rows: list[DocumentRow]
) -> Finding:
    return NAMES.finding(
        message,
        rows[0].place,
        group=_table_of(document, rows[0]),
        subjects=(f"科目/{code}",),
        excerpt=rows[0].words,
        also=[row.place for row in rows[1:]],
    )


def _table_of(document: ReadDocument, row: DocumentRow) -> str:
    return next((t.number for t in document.tables.values() if row in t.rows), "")


def _is_clipped(document: ReadDocument, names: list[str]) -> bool:
    """In an extracted text, a name that is part of another one may have been cut off."""
    if document.origin is not Origin.EXTRACTED:
        return False
    longest = max(names, key=len)
    return all(folded(name) in folded(longest) for name in names)


# Names of units


def units_in_tables(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    """One unit has one spelling in the list of units, tables and forms; E735 pairs projects."""
    if not document.units:
        return
    used = _units_used(document)
    listed = {folded(name) for name in document.units}
    for name, place in used.items():
        if folded(name) in listed or any(
            part_of(name, other) for other in (*document.units, document.name)
        ):
            yield Passed(NAMES.code)
            continue
        near = [
            other
            for other in document.units
            if same_unit(name, other) and folded(other) not in {folded(each) for each in used}
        ]
        if near:
            finding = NAMES.finding(
                f"单位名单里的“{near[0]}”，报表里写作“{name}”，可能是同一个单位",
                place,
                group=document.group_of(Role.ORGANISATION),
                subjects=(f"单位/{name}", f"单位/{near[0]}"),
            )
            yield perhaps(document, finding)


def _units_used(document: ReadDocument) -> dict[str, Location]:
    """The units that tables and forms name."""
    used: dict[str, Location] = {}
    for table in document.tables.values():
        for row in table.rows:
            if row.dimension == "单位":
                used.setdefault(row.label, row.place)
    for form in document.forms:
        if form.content.unit:
            used.setdefault(form.content.unit, form.place((UNIT,)))
    return used


# Names of rows that the pack gives, and of the publisher in its forms


def rows_of_tables(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    """The names of classes and other rows that the pack names, in its spelling."""
    for table in document.tables.values():
        for row in table.rows:
            printed, due = (folded(_numberless(each)) for each in (row.printed, row.label))
            if not row.printed or printed == due:
                continue
            if Levenshtein.distance(printed, due) > _SLIP:
                continue  # another layout's name
            finding = NAMES.finding(
                f"{table.number}{row.block}印作“{row.printed}”，应是“{row.label}”",
                row.place,
                group=table.number,
                subjects=("/".join(filter(None, (table.number, row.block, row.key))),),
                excerpt=row.printed,
            )
            yield perhaps(document, finding)


def departments_in_forms(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    """One department with its code has one spelling in all forms."""
    counted = Counter(form.content.department for form in document.forms)
    for form in document.forms:
        name = form.content.department
        near = [
            other
            for other in counted
            if counted[other] > counted[name]
            and 0 < Levenshtein.distance(folded(name), folded(other)) <= _SLIP
        ]
        if not near:
            yield Passed(NAMES.code)
            continue
        finding = NAMES.finding(
            f"{form.definition.label(OFFICE)}写作“{name}”，其他绩效目标表是“{near[0]}”",
            form.place((OFFICE,)),
            group=form.group,
            subjects=(f"绩效目标表/{form.name}/{OFFICE}",),
        )
        yield perhaps(document, finding)


def publisher_in_forms(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    """The forms of a single unit name that unit; E735 compares those of a department."""
    own = folded(document.name)
    for form in document.forms if not document.units else ():
        name = form.content.unit
        if not 0 < Levenshtein.distance(folded(name), own) <= _SLIP:
            yield Passed(NAMES.code)
            continue
        finding = NAMES.finding(
            f"{form.definition.label(UNIT)}写作“{name}”，本文件的名称是“{document.name}”，可能是同一个单位",
            form.place((UNIT,)),
            group=form.group,
            subjects=(f"绩效目标表/{form.name}/{UNIT}",),
        )
        yield perhaps(document, finding)


CHECKS: tuple[Check, ...] = (
    names_in_text,
    subjects_in_tables,
    units_in_tables,
    rows_of_tables,
    departments_in_forms,
    publisher_in_forms,
)
