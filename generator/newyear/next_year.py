"""Makes the next year's data out of this year's, file by file."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from generator.core.files.plain import read_plain
from generator.load.entity_folder import LoadedDisclosure
from generator.load.yaml.content import BOM
from generator.load.yaml.files import yaml_files
from generator.load.yaml.marks import COMMENT
from generator.load.yaml.tree import LARGEST_FILE
from generator.model.disclosure import Acceptance
from generator.newyear.asked import Asked, asked_for, formless
from generator.newyear.ending_projects import Departure, departures
from generator.newyear.file_turn import FileTurn, Turn
from generator.newyear.worklist import Task, TaskKind
from generator.newyear.year_words import advanced

_MISSING = "待填.yaml"


class NextYear(Struct, frozen=True):
    """The new files by their path in the folder, what is to be done in them, what stays behind.

    ``accepted`` are the findings that last year was published with all the same.
    """

    year: int
    files: dict[str, bytes]
    tasks: tuple[Task, ...]
    departed: tuple[Departure, ...]
    accepted: tuple[Acceptance, ...] = ()


def next_year(
    folder: Path,
    loaded: LoadedDisclosure,
    *,
    prior_data: str,
    keep_amounts: bool = False,
    keep_one_off: bool = False,
    pack: str | None = None,
) -> NextYear:
    """Makes the next year's data.

    Args:
        folder: this year's data folder.
        loaded: what it holds.
        prior_data: this year's folder as seen from the new one.
        keep_amounts: whether amounts are kept, to be confirmed, instead of emptied; what is
            carried over from the year before is emptied in any case.
        keep_one_off: whether one-off projects (一次性) are carried over as well.
        pack: the pack as seen from the new folder, if the data names it by a path.
    """
    year = loaded.disclosure.entity.year
    ending = departures(loaded, keep_one_off=keep_one_off)
    refers = loaded.disclosure.prior_data is not None
    asked = tuple(asked_for(loaded.disclosure, loaded.vocabulary))
    lacking = frozenset(
        (advanced(unit, year), name) for unit, name in formless(loaded.disclosure, ending)
    )
    turn = Turn(year, prior_data, refers, keep_amounts, ending, asked, lacking, pack)
    files: dict[str, bytes] = {}
    tasks: list[Task] = []
    sections: set[str] = set()
    for file in yaml_files(folder)[0]:
        content = read_plain(file, LARGEST_FILE)
        name = advanced(file.relative_to(folder).as_posix(), year)
        turned = FileTurn(content.decode("utf-8-sig"), turn)
        if not turned.everything_ends:
            sections.update(each.path[0] for each in asked if turned.has(each.path[0]))
            text, of_file = turned.finish(name)
            files[name] = BOM * content.startswith(BOM) + text.encode()
            tasks += of_file
    missing = [each for each in asked if each.path[0] not in sections]
    if missing:
        text, of_file = _missing_sections(missing)
        files[_MISSING] = text.encode()
        tasks += of_file
    accepted = loaded.disclosure.acceptances
    return NextYear(year + 1, files, tuple(tasks), ending.listed, accepted)


def _missing_sections(missing: list[Asked]) -> tuple[str, list[Task]]:
    """A file of the sections that last year's data does not have, each on a line."""
    lines, tasks = ["# 上年的数据没有、公开稿要有的栏目"], []
    for each in missing:
        section = each.line if len(each.path) == 1 else f"{each.path[0]}: {{{each.line}}}"
        lines.append(f"{section}{COMMENT}{each.note}")
        tasks.append(Task(TaskKind.FILL, _MISSING, len(lines), "/".join(each.path), ""))
    return "\n".join([*lines, ""]), tasks
