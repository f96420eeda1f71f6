"""Makes the next year's data out of this year's, file by file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.load.entity_folder import LoadedDisclosure
from generator.load.yaml_files import yaml_files
from generator.load.yaml_tree import LARGEST_FILE
from generator.newyear.departures import Departure, departures
from generator.newyear.file_turn import FileTurn, Turn
from generator.newyear.worklist import Task
from generator.newyear.year_words import advanced
from generator.plain_files import read_plain

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class NextYear:
    """The new files by their path in the folder, what is to be done in them, what stays behind."""

    year: int
    files: dict[str, bytes]
    tasks: tuple[Task, ...]
    departed: tuple[Departure, ...]


def next_year(
    folder: Path,
    loaded: LoadedDisclosure,
    *,
    prior_data: str,
    keep_amounts: bool = False,
    keep_one_off: bool = False,
) -> NextYear:
    """Makes the next year's data.

    Args:
        folder: this year's data folder.
        loaded: what it holds.
        prior_data: this year's folder as seen from the new one.
        keep_amounts: whether amounts are kept, to be confirmed, instead of emptied; what is
            carried over from the year before is emptied in any case.
        keep_one_off: whether one-off projects (一次性) are carried over as well.
    """
    year = loaded.disclosure.entity.year
    ending = departures(loaded, keep_one_off=keep_one_off)
    refers = loaded.disclosure.prior_data is not None
    turn = Turn(year, prior_data, refers, keep_amounts, ending)
    files: dict[str, bytes] = {}
    tasks: list[Task] = []
    for file in yaml_files(folder)[0]:
        content = read_plain(file, LARGEST_FILE)
        name = advanced(file.relative_to(folder).as_posix(), year)
        turned = FileTurn(content.decode("utf-8-sig"), turn)
        if not turned.everything_ends:
            text, of_file = turned.finish(name)
            files[name] = (_BOM if content.startswith(_BOM) else b"") + text.encode()
            tasks += of_file
    return NextYear(year + 1, files, tuple(tasks), ending.listed)
