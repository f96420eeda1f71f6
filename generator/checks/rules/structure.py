"""Rules 41 and 42: parts, contents, pages, empty tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from generator.checks.rule import Check, Noise, Outcome, Passed, Rule, Unchecked
from generator.checks.text.headings import (
    ContentsEntry,
    body,
    entries,
    nearest_heading,
    parts,
    place_of_entry,
)
from generator.checks.text.texts import told_or_noise
from generator.core.findings import Finding
from generator.core.text.patterns import late_pattern
from generator.drafts.parts.draft_format import format_of
from generator.drafts.unread import UnreadPages
from generator.drafts.words.text import folded
from generator.model.disclosure import Entity
from generator.pack.outline import Role
from generator.pack.pack import Pack
from generator.reading.document import DocumentRow, DocumentTable, Origin, Passage, ReadDocument

_LAW = "《预算法》第十四条；《地方预决算公开操作规程》（财预〔2016〕143号）"

STRUCTURE = Rule(
    "E741",
    "组成部分、目录与正文不符",
    "模板包规定的各部分、各节、全部报表齐全，次序正确；目录的每一行在正文里有字句相同的标题，次序一致；"
    "正文的标题都在目录里；PDF 文稿还核对目录的页码。"
    "报表里固定的行（各类、合计、结转）没有数字也都列出。",
    "缺表缺项就是公开不完整；目录与正文不一致，读者找不到内容。",
    "补齐缺少的部分；目录在办公软件里重新生成，不要手工改",
    _LAW,
)
EMPTY_TABLE = Rule(
    "E742",
    "空表的写法不对",
    "没有数据的表也要公开：保留表头和“合计”行，表下注明“注：本表无数据”；有数字的表不能有这条注。",
    "空表不写注，读者不知道是漏填还是没有；有数字又写无数据，自相矛盾。",
    "没有数据的表保留表头和合计行并加注“注：本表无数据”；有数字的表删去这条注",
    _LAW,
)
RULES = (STRUCTURE, EMPTY_TABLE)

_MOST = 0.8
"""The part of the entries that must agree on where page 1 is, else pages start anew somewhere."""
_FEWEST = 3
_LONGEST_HEADING = 60
"""Characters of a line that may be the heading an entry means."""
_PDF_PAGE = late_pattern(r"第(\d+)页")


def _canonical(document: ReadDocument, pack: Pack) -> dict[str, bool]:
    """Parts, sections and statements in the pack's order, and whether each must be there."""
    found: dict[str, bool] = {}
    for heading in pack.outline.walk():
        found[heading.id] = heading.required and heading.kind in (None, document.kind)
        if heading.role is Role.STATEMENTS:
            found |= {statement.number: True for statement in pack.statements}
    return found


def _name(part: str, pack: Pack) -> str:
    """What people call a part, a section or a statement."""
    heading = pack.outline.by_id.get(part)
    return heading.words if heading in pack.outline.parts else pack.outline.group(part)


def _parts(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    """All parts are there, in the order of the pack."""
    wanted = _canonical(document, pack)
    canonical = list(wanted)
    found = [each for each in parts(document, pack) if each[0] in wanted]
    if not found:
        yield Unchecked("E741", "正文", "没有读到任何标题")
        return
    present = {name for name, _ in found} | set(document.tables)
    if unknown := _text_unknown(document, pack, present):
        yield Unchecked("E741", "标题", unknown)
        wanted |= {heading.id: False for heading in pack.outline.walk()}
    pages = _pages_of(document, found)
    start = document.passages[0].place
    for part in canonical:
        if part in present:
            yield Passed("E741")
        elif not wanted[part]:
            continue
        elif unread := _may_be_on(document.unread_pages, part, canonical, pages):
            why = f"没有读到，可能就在读不出来的{unread.pages}"
            yield Unchecked("E741", _name(part, pack), why)
        else:
            name, subjects = _name(part, pack), (_subject(part, pack),)
            missing = STRUCTURE.finding(f"缺少{name}", start, group=name, subjects=subjects)
            yield told_or_noise(document, missing)
    latest = -1
    for part, passage in found:
        at = canonical.index(part)
        if at < latest:
            message = f"{_name(part, pack)}印在{_name(canonical[latest], pack)}之后，次序颠倒"
            yield told_or_noise(document, _heading_finding(message, passage, part, pack))
        latest = max(latest, at)


def _text_unknown(document: ReadDocument, pack: Pack, present: Container[str]) -> str:
    """Why the headings that are not there cannot be called missing; empty if they can.

    That is so if no section of the explanation is found, and the file is a workbook of statements
    or has so much content nobody recognised that every section may stand in it by another name.
    """
    sections = pack.outline.explanation
    if not sections or any(section in present for section in sections):
        return ""
    if document.is_workbook:
        return "文件是工作簿，只有报表；封面、情况说明等文字部分看公开稿"
    other = document.recognition.other_lines if document.recognition else 0
    if other < len(sections):
        return ""
    return (
        f"情况说明的 {len(sections)} 节一节也没有认出，另有 {other} 行没有认出的内容，"
        "标题多半与这个模板包不同；是别的地方的格式，用 --pack 指定"
    )


def _pages_of(document: ReadDocument, found: Sequence[tuple[str, Passage]]) -> dict[str, int]:
    """The pages on which the parts of a PDF begin."""
    places = {name: passage.place for name, passage in found}
    places |= {number: table.place for number, table in document.tables.items()}
    pages = {part: _PDF_PAGE.fullmatch(place.spot) for part, place in places.items()}
    return {part: int(page[1]) for part, page in pages.items() if page}


def _may_be_on(
    unread: Sequence[UnreadPages], part: str, canonical: Sequence[str], pages: Mapping[str, int]
) -> UnreadPages | None:
    """The pages that could not be read where a part may stand: after those before it."""
    at = canonical.index(part)
    before = max((pages[each] for each in canonical[:at] if each in pages), default=0)
    after = [pages[each] for each in canonical[at + 1 :] if each in pages]
    return next(
        (
            run
            for run in unread
            if run.last >= before and run.first <= min(after, default=run.first)
        ),
        None,
    )


def _subject(part: str, pack: Pack) -> str:
    return pack.outline.group(part).replace(" ", "/")


def _heading_finding(message: str, passage: Passage, part: str, pack: Pack) -> Finding:
    subjects = (_subject(part, pack),)
    return STRUCTURE.finding(
        message, passage.place, group=_name(part, pack), subjects=subjects, excerpt=passage.text
    )


# Contents


def _contents(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    listed = entries(document, pack)
    if len(listed) < _FEWEST:
        yield Unchecked("E741", "目录", "没有读到目录，目录与正文是否一致须人工核对")
        return
    lines = body(document)
    places: list[tuple[ContentsEntry, int]] = []
    unmatched: list[ContentsEntry] = []
    latest = -1
    called = _called_otherwise(document, pack)
    for entry in listed:
        at = place_of_entry(entry, lines, latest + 1)
        if at is None and (name := called.get(entry.key)):
            found = (at for at, line in enumerate(lines) if _opens(line, name, pack))
            at = next(found, None)
        if at is None:
            unmatched.append(entry)
        else:
            places.append((entry, at))
            latest = at
            yield Passed("E741")
    unread = [run for run in document.unread_pages if run.is_whole]
    for entry in unmatched:
        if (name := called.get(entry.key)) and not pack.outline.by_id[name].required:
            yield Passed("E741")  # what the contents list stands there without a heading
        elif unread and place_of_entry(entry, lines) is None:
            yield Unchecked("E741", "目录", _perhaps(entry, unread))
        else:
            yield told_or_noise(document, _unmatched(entry, lines))
    yield from (told_or_noise(document, each) for each in _unlisted(listed, lines, pack, called))
    yield from _pages(document, places, lines)


def _perhaps(entry: ContentsEntry, unread: Iterable[UnreadPages]) -> str:
    pages = "、".join(run.pages for run in unread)
    return f"目录里的“{entry.words}”没有找到，可能就在读不出来的{pages}"


def _is_short(line: Passage) -> bool:
    return len(line.text) <= _LONGEST_HEADING


def _unmatched(entry: ContentsEntry, lines: Sequence[Passage]) -> Finding:
    at = place_of_entry(entry, lines)
    if at is not None:
        message = f"目录里“{entry.words}”的次序与正文不同"
    elif (near := nearest_heading(entry, [line for line in lines if _is_short(line)])) is not None:
        message = f"目录写“{entry.words}”，正文的标题是“{near.text}”"
    else:
        message = f"目录里的“{entry.words}”在正文里找不到"
    return STRUCTURE.finding(
        message,
        entry.passage.place,
        group="目录",
        subjects=("目录", f"目录/{entry.words}"),
        excerpt=entry.passage.text,
    )


def _unlisted(
    listed: Sequence[ContentsEntry], lines: Sequence[Passage], pack: Pack, called: Mapping[str, str]
) -> Iterator[Finding]:
    """Headings of the body that the contents do not have, nor anything like them.

    Contents go down to some level: lower headings are in none.
    """
    otherwise = {called[entry.key] for entry in listed if entry.key in called}
    levels = {_level(entry.words, pack) for entry in listed}
    for passage in lines:
        if not passage.heading or _level(passage.text, pack) > max(levels):
            continue
        if any(place_of_entry(entry, [passage]) == 0 for entry in listed):
            continue
        if format_of(pack).heading(folded(passage.text)) in otherwise:
            continue
        if any(nearest_heading(entry, [passage]) for entry in listed):
            continue  # told from the side of the contents
        message = f"正文的标题“{passage.text}”不在目录里"
        part = format_of(pack).heading(folded(passage.text)) or passage.section
        yield _heading_finding(message, passage, part or "目录", pack)


def _called_otherwise(document: ReadDocument, pack: Pack) -> dict[str, str]:
    """The headings that contents call otherwise: by their folded words, the part or section."""
    if not document.kind:
        return {}
    entity = Entity(名称=document.name or "无", 类型=document.kind, 年度=document.year or 2000)
    return {
        folded(heading.in_contents(entity)): heading.id
        for heading in pack.outline.walk()
        if heading.listed and heading.kind in (None, document.kind)
    }


def _opens(line: Passage, name: str, pack: Pack) -> bool:
    return line.heading and format_of(pack).heading(folded(line.text)) == name


def _level(heading: str, pack: Pack) -> int:
    """How deep a heading stands in the outline; 1 for parts and whatever else is listed."""
    return pack.outline.level(format_of(pack).heading(folded(heading)))


def _pages(
    document: ReadDocument, places: Sequence[tuple[ContentsEntry, int]], lines: Sequence[Passage]
) -> Iterator[Outcome]:
    """Page numbers of the contents against the pages of a PDF; the cover may shift them."""
    if document.origin is Origin.DATA:
        return
    found = [
        (entry, int(page[1]) - entry.page, int(page[1]))
        for entry, at in places
        if entry.page and (page := _PDF_PAGE.fullmatch(lines[at].place.spot))
    ]
    shifts = Counter(shift for _, shift, _ in found)
    shift, times = shifts.most_common(1)[0] if shifts else (0, 0)
    if len(found) < _FEWEST or times < _MOST * len(found):
        yield Unchecked("E741", "目录页码", _pages_unchecked(places, len(found)))
        return
    for entry, own, actual in found:
        if own == shift:
            yield Passed("E741")
            continue
        message = f"目录写“{entry.words}”在第{entry.page}页，实际在第{actual - shift}页"
        yield STRUCTURE.finding(
            message,
            entry.passage.place,
            group="目录",
            subjects=("目录", f"目录/{entry.words}"),
            excerpt=entry.words,
        )


def _pages_unchecked(places: Sequence[tuple[ContentsEntry, int]], found: int) -> str:
    """Why page numbers were not compared, of which so many are known."""
    if not any(entry.page for entry, _ in places):
        return "目录没有写页码"
    return "页码只有排好版的 PDF 才能核对" if found < _FEWEST else "正文的页码不是从头连续的"


# Tables without data


def _empty_tables(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    for statement in pack.statements:
        table = document.tables.get(statement.number)
        if table is None:
            yield Unchecked("E742", statement.number, "没有读到这张表")
            continue
        message = _fault(table, document)
        if message is None:
            yield Passed("E742")
            continue
        finding = EMPTY_TABLE.finding(
            message, table.place, group=table.number, subjects=(table.number,)
        )
        yield Noise(finding) if document.origin is Origin.EXTRACTED else finding


def _fault(table: DocumentTable, document: ReadDocument) -> str | None:
    """What is wrong with a table, seen as one with or without data."""
    cells = [cell for row in table.rows for cell in row.cells.values()]
    filled = [cell for cell in cells if cell.amount is None or cell.amount.text]
    amounts = [cell for cell in filled if cell.amount is None or cell.amount.value]
    if table.no_data and amounts:
        first = amounts[0]
        words = f"（{first.address} 印着{first.amount.text}）" if first.amount else ""
        return f"表里有内容{words}，又注“本表无数据”"
    if not table.no_data and not amounts:
        return "表里没有数字，也没有“注：本表无数据”"
    expected = document.expected.tables.get(table.number) if document.expected else None
    if table.no_data and expected and expected.no_data:
        present = {(row.block, row.key) for row in table.rows}
        lost = [row for row in expected.rows if (row.block, row.key) not in present]
        if lost:
            return f"空表没有保留“{lost[0].words}”行（共缺 {len(lost)} 行）"
    return None


# Rows that every table has


def _rows(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    """The rows that stand in a table whatever its amounts: classes, totals, carry-over."""
    if document.origin is Origin.DATA:
        return  # printed with all of them
    for number, expected in (document.expected.tables if document.expected else {}).items():
        table = document.tables.get(number)
        if table is None or not table.rows or table.no_data:
            continue  # told by what is said of parts and empty tables
        present = {(row.block, row.key) for row in table.rows}
        lost = [r for r in _standing(expected) if (r.block, r.key) not in present]
        if not lost:
            yield Passed("E741")
            continue
        words = "、".join(f"{row.block}“{row.words}”" for row in lost)
        finding = STRUCTURE.finding(
            f"{number}缺少应有的行：{words}（没有数字的行也要保留）",
            table.place,
            group=number,
            subjects=tuple(f"{number}/{row.block}/{row.key}" for row in lost),
            remedy="补上这一行，没有数字的格空着",
        )
        yield told_or_noise(document, finding)


def _standing(table: DocumentTable) -> Iterator[DocumentRow]:
    """Rows that the pack names, and those of a list of all classes."""
    every = {row.block for row in table.rows if row.dimension and not _has_amounts(row)}
    return (row for row in table.rows if not row.dimension or row.block in every)


def _has_amounts(row: DocumentRow) -> bool:
    return any(cell.amount is None or cell.amount.value for cell in row.cells.values())


CHECKS: tuple[Check, ...] = (_parts, _contents, _empty_tables, _rows)
