"""Several files as one document: the text in one, the tables in others, lists in a workbook."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field

from generator.core.files.plain import is_system_file
from generator.core.findings import Finding, Location, UnusableInputError
from generator.core.records import replace
from generator.drafts.draft import Block, Draft, FileFacts, Line, Paragraph, Row, Spot, Table
from generator.drafts.parts.draft_format import DraftFormat
from generator.drafts.parts.outline import DraftOutline
from generator.drafts.parts.split import outline
from generator.drafts.read import (
    READERS,
    check_readable,
    has_text,
    open_book,
    read_book,
    read_draft,
)
from generator.drafts.workbook.named import HIDDEN_KINDS, is_workbook
from generator.drafts.workbook.sheet import Workbook
from generator.importing.flat_list.run import Lists
from generator.load.yaml.files import COLUMNS_FILE

_FILE = "件"
"""The kind of spots in several files."""
_OTHER = "另一份文件里也有"
Again = dict[tuple[Path, Path], list[str]]
"""What two files both have: by the one that does not count and the one that does."""


class Inputs(Struct):
    """What was given to be imported: drafts in reading order, and lists of amounts."""

    drafts: list[Draft] = field(default_factory=list)
    lists: Lists = field(default_factory=Lists)
    notes: list[str] = field(default_factory=list)
    """What of them was left unread because it is hidden."""


def input_files(paths: Iterable[Path]) -> list[Path]:
    """The files that some paths name: themselves, or those in the folders that they are.

    Raises:
        UnusableInputError: E601 for a folder without any file that can be read.
    """
    files: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        found = sorted(_readable_in(path))
        if not found:
            message = "目录里没有能读的文件"
            remedy = f"放进 {'、'.join(READERS)} 文件，或直接给出文件"
            raise UnusableInputError([Finding("E601", message, remedy, Location(path))])
        files += found
    return list(dict.fromkeys(files))


def _readable_in(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.suffix.lower() in READERS and path.is_file() and not is_system_file(path.name):
            yield path


def skipped_in(paths: Iterable[Path]) -> list[str]:
    """What is said of the files and folders in given folders that are not read."""
    left = (
        path
        for folder in paths
        if folder.is_dir()
        for path in sorted(set(folder.iterdir()) - set(_readable_in(folder)))
    )
    return [
        f"“{path.parent.name}”里的“{path.name}”没有读：{_why_skipped(path)}"
        for path in left
        if not is_system_file(path.name) and path.name != COLUMNS_FILE and not _is_of_page(path)
    ]


def _is_of_page(path: Path) -> bool:
    """Whether a folder holds the pictures of a web page: 文稿_files, 文稿.files."""
    return path.is_dir() and path.name.endswith(("_files", ".files"))


def _why_skipped(path: Path) -> str:
    if path.is_dir():
        return "目录里的目录不读，要读的把它也写在命令里"
    try:
        check_readable(path)
    except UnusableInputError as error:
        return "；".join(f"{finding.message}，{finding.remedy}" for finding in error.findings)
    return f"不能读{path.suffix}文件"


def read_inputs(files: Sequence[Path], known: Sequence[str] = ()) -> Inputs:
    """Reads files; the lists in workbooks are told from the sheets that are to be read as printed.

    Args:
        files: the files, whatever their kind.
        known: the names of columns that somebody has confirmed.

    Raises:
        UnusableInputError: with what is wrong with each that cannot be read.
    """
    inputs = Inputs()
    findings: list[Finding] = []
    for file in files:
        try:
            if is_workbook(file):
                workbook = open_book(file)
                inputs.lists.take(file, workbook, known)
                draft = _beside_lists(file, workbook, inputs.lists.names(file))
                inputs.drafts.append(draft)
                inputs.notes += _hidden_in(draft)
            else:
                inputs.drafts.append(read_draft(file))
        except UnusableInputError as error:
            findings += error.findings
    if findings:
        raise UnusableInputError(findings)
    return inputs


def _beside_lists(file: Path, workbook: Workbook, lists: Collection[str]) -> Draft:
    """What a workbook holds besides its lists.

    Raises:
        UnusableInputError: E605 if it holds neither lists nor anything that can be read.
    """
    draft = read_book(file, workbook, lists)
    if not lists and not has_text(draft):
        message = "工作簿里没有能读的内容：工作表是空的、隐藏的，或只有图片"
        remedy = "取消隐藏，或换成带数字和文字的工作簿；用不着的，不要一起读入"
        raise UnusableInputError([Finding("E605", message, remedy, Location(file))])
    return draft


def _hidden_in(draft: Draft) -> Iterator[str]:
    """What is said of the hidden parts of a workbook, which are no part of what it says."""
    for trace in draft.facts.traces:
        if trace.kind in HIDDEN_KINDS:
            where = f"{trace.spot}：{trace.excerpt}"
            yield (
                f"“{draft.file.name}”有{trace.kind} {trace.count} 处，没有读（{where}）："
                "要读的，取消隐藏或合并，再读入"
            )


def combined(drafts: Sequence[Draft], format_: DraftFormat | None) -> tuple[Draft, list[str]]:
    """Several drafts as one: documents of text before workbooks, spots with the names of files.

    A statement in several counts once, as in the last: numbers are in the workbook, a text may
    have been made earlier. A section of text counts once, as in the first. The lines of the
    others stand as asides, and a note tells of them.

    Args:
        drafts: the drafts as they were read.
        format_: what tells their statements; without it, all of them stay.
    """
    filled = [draft for draft in drafts if draft.blocks]
    if len(filled) < 2:  # noqa: PLR2004 - nothing to combine
        return (filled or list(drafts))[0], []
    ordered = sorted(filled, key=lambda draft: is_workbook(draft.file))
    parts = [outline(draft, format_) for draft in ordered] if format_ else []
    again: Again = {}
    aside = {*_statements_again(parts, again), *_texts_again(parts, again)}
    blocks = [
        _in_file(each, draft.file)
        for draft in ordered
        for block in draft.blocks
        for each in _set_aside(block, aside)
    ]
    return Draft(ordered[0].file, tuple(_numbered(blocks)), _facts(ordered)), list(_notes(again))


def _statements_again(parts: Sequence[DraftOutline], again: Again) -> Iterator[int]:
    """By serial, the lines of statements that a later file has as well."""
    taken: dict[str, Path] = {}
    for part in reversed(parts):
        for number, statement in part.statements.items():
            other = taken.setdefault(number, part.draft.file)
            if other != part.draft.file:
                again.setdefault((part.draft.file, other), []).append(number)
                lines: list[Line] = [*statement.above, *statement.rows, *statement.below]
                yield from (line.serial for line in lines)


def _texts_again(parts: Sequence[DraftOutline], again: Again) -> Iterator[int]:
    """By serial, the lines of cover, contents and sections that an earlier file has as well."""
    taken: dict[str, Path] = {}
    for part in parts:
        texts: dict[str, Sequence[Line]] = {
            "封面": part.cover,
            "目录": part.contents,
            **part.sections,
        }
        for name, lines in texts.items():
            other = taken.setdefault(name, part.draft.file) if lines else part.draft.file
            if other != part.draft.file:
                again.setdefault((part.draft.file, other), []).append(name)
                yield from (line.serial for line in lines)


def _notes(again: Again) -> Iterator[str]:
    for (file, other), names in again.items():
        words = f"“{file.name}”和“{other.name}”里都有，用的是“{other.name}”里的"
        yield f"{'、'.join(names)}在{words}"


def _set_aside(block: Block, aside: Container[int]) -> Iterator[Block]:
    """A block without the lines that are set aside, which stand as asides in its place."""
    if isinstance(block, Paragraph):
        yield replace(block, aside=_OTHER) if block.serial in aside else block
        return
    kept = [row for row in block.rows if row.serial not in aside]
    for row in block.rows:
        if row.serial in aside:
            yield Paragraph(" | ".join(filter(None, row.cells)), row.spot, _OTHER)
    if kept:
        yield Table(kept)


def _in_file(block: Block, file: Path) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, spot=_spot_in(block.spot, file))
    return Table(
        [
            Row(
                row.cells,
                _spot_in(row.spot, file),
                tuple(_spot_in(spot, file) for spot in row.cell_spots),
            )
            for row in block.rows
        ]
    )


def _spot_in(spot: Spot, file: Path) -> Spot:
    return Spot(_FILE, spot.number, f"“{file.name}”{spot}")


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with the lines of all files counted through."""
    number = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            number += 1
            yield replace(block, spot=replace(block.spot, number=number))
            continue
        rows = []
        for row in block.rows:
            number += 1
            rows.append(replace(row, spot=replace(row.spot, number=number)))
        yield Table(rows)


def _facts(drafts: Sequence[Draft]) -> FileFacts:
    """The facts of all files, each kind of trace once."""
    traces = {trace.kind: trace for draft in reversed(drafts) for trace in draft.facts.traces}
    properties = tuple(each for draft in drafts for each in draft.facts.properties)
    return FileFacts(tuple(traces.values()), properties)
