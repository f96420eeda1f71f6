"""Takes a worksheet in: into a data folder, or as a new one. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.core.files.plain import read_plain
from generator.core.findings import Finding, Location, UnusableInputError, has_errors
from generator.core.system_errors import system_cause
from generator.importing.reading import ImportResult
from generator.load.catalogue import Catalogue
from generator.load.entity_folder import SPLITTABLE, load_tree
from generator.load.section_files import HOMES
from generator.load.yaml.changes import Moves, Path_, is_same, value_at
from generator.load.yaml.content import decoded_text, written_like
from generator.load.yaml.folder import read_yaml_folder
from generator.load.yaml.marks import without_mark
from generator.load.yaml.patch import patched_folder
from generator.load.yaml.tree import LARGEST_FILE
from generator.model.vocabulary import Vocabulary
from generator.worksheet.absent import removed_sheets
from generator.worksheet.located import tree_in_sheet
from generator.worksheet.merge import changes_told, merged_data
from generator.worksheet.plan import sections_of
from generator.worksheet.read import Done, Worksheet
from generator.worksheet.todo import Todo, todos
from generator.worksheet.told import in_words_of_sheets, names_told


class TakenIn(Struct, frozen=True):
    """What is to be written: files by their path in the folder (``None``: to be removed).

    Attributes:
        lines: tell what changes.
        settled: how many marks were ticked off and go.
        kept: how many were ticked off and stay: the data beside them is not what was exported.
    """

    files: dict[str, bytes | None]
    lines: list[str]
    settled: int
    kept: int


def data_of(
    worksheet: Worksheet, file: Path, catalogue: Catalogue, words: Vocabulary
) -> dict[str, Any]:
    """The data that a worksheet says; what stood on sheets that were taken out is as exported.

    Raises:
        UnusableInputError: with what is wrong in which cell.
    """
    removed = removed_sheets(worksheet, file)
    faults = list(worksheet.typed.faults)
    data = sections_of(worksheet.typed, words, faults)
    for section in set().union(*removed.values()) & worksheet.base.keys():
        data[section] = worksheet.base[section]
    uncomputed = worksheet.typed.uncomputed
    findings = [
        *(
            Finding("E652", each, "用 Excel 打开，保存一次再读入", Location(file))
            for each in uncomputed
        ),
        *(Finding("E652", fault, "在填报表里改正后再读入", Location(file)) for fault in faults),
        *names_told(worksheet.typed.named, value_at(data, ("补充科目",)), catalogue, file),
    ]
    _, problems = load_tree(tree_in_sheet(data, worksheet.typed, file), catalogue, words)
    findings += [
        in_words_of_sheets(each) for each in problems if each.severity is each.severity.ERROR
    ]
    if has_errors(findings):
        raise UnusableInputError(findings)
    worksheet.remarks += findings
    return data


def into_folder(worksheet: Worksheet, data: Mapping[str, Any], folder: Path, file: Path) -> TakenIn:
    """The files of a folder that change.

    Raises:
        UnusableInputError: E653 if the folder was changed as well, or is of another entity or
            year.
    """
    source = read_yaml_folder(folder, splittable=SPLITTABLE)
    if not isinstance(source.data, dict) or has_errors(source.findings):
        raise UnusableInputError(source.findings)
    now = source.data
    _refuse_other(worksheet.base, data, now, Location(file))
    after = merged_data(worksheet.base, data, now, Location(file))
    left = [todo for todo in todos(source, folder) if not _is_value(todo, after)]
    ticked = {(each.words, at) for each, at in _ticked(worksheet, now)}
    settled = [each for each in left if each.path is not None and (each.words, each.path) in ticked]
    confirmed = _confirmed(left, settled)
    with _readable(folder):
        files = patched_folder(
            folder, now, after, homes=HOMES, splittable=SPLITTABLE, confirmed=confirmed
        )
        gone = _without_lines(files, worksheet, left, folder)
    settled = [*gone, *(each for each in settled if each.path in confirmed)]
    return TakenIn(
        files, changes_told(now, after), len(settled), len(worksheet.done) - len(settled)
    )


def _refuse_other(
    base: Mapping[str, Any], data: Mapping[str, Any], now: Mapping[str, Any], place: Location
) -> None:
    """Refuses a worksheet of another entity or year than those of the folder.

    Raises:
        UnusableInputError: E653.
    """
    of_folder = _whose(now)
    if of_folder not in (_whose(base), _whose(data)):
        message = f"填报表是{_whose(base)}的，目录是{of_folder}的"
        remedy = "读进它自己的目录；或用 -o 写到新目录，再对照"
        raise UnusableInputError([Finding("E653", message, remedy, place)])


def _whose(data: Mapping[str, Any]) -> str:
    """Whose data it is, and of which year."""
    name, year = (value_at(data, ("单位信息", key)) or "" for key in ("名称", "年度"))
    return f"{str(name).strip()}{str(year).strip()}年度"


@contextmanager
def _readable(folder: Path) -> Iterator[None]:
    """Files that were there a moment ago may be gone.

    Raises:
        UnusableInputError: E102.
    """
    try:
        yield
    except OSError as error:
        message = f"读不出文件：{system_cause(error)}"
        remedy = "检查文件是否存在、权限是否允许读取"
        raise UnusableInputError([Finding("E102", message, remedy, Location(folder))]) from error


def _without_line(content: bytes, words: str) -> bytes | None:
    """A file without a mark on a line of its own; ``None`` if it has none."""
    shorter = without_mark(decoded_text(content), words)
    return None if shorter is None else written_like(content, shorter)


def _ticked(worksheet: Worksheet, now: Mapping[str, Any]) -> Iterator[tuple[Done, Path_]]:
    """The marks ticked off beside values, with their paths now, of what is still as exported."""
    moves = Moves(worksheet.base, now)
    for each in worksheet.done:
        if each.path is None or (at := moves.of(each.path)) is None:
            continue
        if is_same(value_at(worksheet.base, each.path), value_at(now, at)):
            yield each, at


def _is_value(mark: Todo, after: Mapping[str, Any]) -> bool:
    """Whether a mark is a value itself (待填), and stays one: it is settled by another value."""
    return mark.path is not None and value_at(after, mark.path) == mark.words


def _confirmed(left: Sequence[Todo], settled: Sequence[Todo]) -> list[Path_]:
    """The values all of whose marks are settled: the marks of one value go together."""
    open_ = {each.path for each in left if each not in settled}
    paths = dict.fromkeys(each.path for each in settled if each.path not in open_)
    return [path for path in paths if path is not None]


def _without_lines(
    files: dict[str, bytes | None], worksheet: Worksheet, left: Sequence[Todo], folder: Path
) -> list[Todo]:
    """Takes the ticked marks that stand on lines of their own out of the files of a folder."""
    ticked = [(each.file, each.words) for each in worksheet.done if each.path is None]
    gone = []
    for each in left:
        if each.path is None and (each.file, each.words) in ticked:
            content = (
                files[each.file]
                if each.file in files
                else read_plain(folder / each.file, LARGEST_FILE)
            )
            shorter = _without_line(content, each.words) if content else None
            if shorter is not None:
                ticked.remove((each.file, each.words))
                files[each.file] = shorter
                gone.append(each)
    return gone


def as_reading(worksheet: Worksheet, data: Mapping[str, Any]) -> ImportResult:
    """The data as what was read, with a doubt for each mark that is left in the worksheet.

    A mark is settled if it was ticked off, or the value beside it was changed.
    """
    reading = ImportResult.of(data)
    moves = Moves(worksheet.base, data)
    for each in worksheet.left:
        path = each.path or ()
        at = moves.of(path)
        same = at is not None and is_same(value_at(worksheet.base, path), value_at(data, at))
        if at is not None and (same or not path):
            reading.doubt(at, f"填报表里还没有处理（{each.words}）")
    return reading
