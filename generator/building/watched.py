"""What a build depends on, as the file system shows it: which files there are, and their times."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from os.path import normpath
from pathlib import Path
from stat import S_ISREG
from threading import Event

from generator.building.trees import statuses
from generator.core.files.plain import is_system_file, read_plain
from generator.core.findings import UnusableInputError
from generator.core.resources import CATALOGUE
from generator.core.text.patterns import late_pattern
from generator.load.pack_name import written_name
from generator.pack.choice import default_pack, pack_of_data, path_to, typed_folder

Stamps = Mapping[Path, tuple[int, int, int]]
"""Inode, size and time of change of every file, by its path."""

_LARGEST = 8 * 1024 * 1024
"""Bytes of a data file that is looked through."""
_YAML = (".yaml", ".yml")
_LAST_YEAR = late_pattern(r"""上年数据["']?\s*:\s*["']?([^\s"'#,}][^"'#,}\n]*)""")
_DEBOUNCE = 50
_STEP = 10
"""Milliseconds: changes belong together that follow within a step, altogether within 50."""
_HEARTBEAT = 2000
"""Milliseconds after which the files are looked at in any case: not every file system tells of
changes, and none tells of a folder that was taken away and put back."""


def pack_of(folder: Path, typed: str | None) -> Path:
    """The folder of the pack that data is built with; what cannot be found yet is waited for."""
    try:
        return pack_of_data(folder, typed).folder
    except UnusableInputError:
        pass
    if typed is not None:
        return typed_folder(typed)
    written = written_name(folder)
    return path_to(written.text, folder) if written else default_pack().folder


def folders_of_data(folder: Path) -> list[Path]:
    """A data folder and last year's that it names, whether they are there or not.

    Last year's is looked for in the text: what cannot be loaded yet is waited for as well.
    """
    found = [folder]
    for file in sorted(_stamps(folder, _YAML)):
        try:
            text = read_plain(file, _LARGEST).decode()
        except (OSError, UnicodeError):
            continue
        found += [Path(normpath(folder / match[1].strip())) for match in _LAST_YEAR.finditer(text)]
    return list(dict.fromkeys(found))


def stamps_of_data(folder: Path) -> Stamps:
    """The files that are read of a data folder and of last year's."""
    return {
        file: stamp
        for each in folders_of_data(folder)
        for file, stamp in _stamps(each, _YAML).items()
    }


def stamps_of_tools(pack: Path) -> Stamps:
    """The files of the pack in a folder, and of the catalogue."""
    return {file: stamp for each in (pack, CATALOGUE) for file, stamp in _stamps(each).items()}


def changed_files(before: Stamps, after: Stamps) -> list[Path]:
    """The files that came, went or changed."""
    files = sorted({*before, *after})
    return [file for file in files if before.get(file) != after.get(file)]


def wake_ups(folders: Callable[[], list[Path]], ended: Event) -> Iterator[None]:
    """Returns whenever a file below the folders may have changed, and now and then in any case.

    Args:
        folders: what is to be watched; asked again every time.
        ended: once it is set, there are no more returns.
    """
    from watchfiles import watch

    while not ended.is_set():
        watched = _present(folders())
        yield  # for what changed while nothing was watched
        try:
            for _ in watch(
                *watched,
                watch_filter=None,
                debounce=_DEBOUNCE,
                step=_STEP,
                rust_timeout=_HEARTBEAT,
                yield_on_timeout=True,
                stop_event=ended,
            ):
                yield
                if _present(folders()) != watched:
                    break
        except OSError:  # a folder has gone meanwhile, or the system can watch no more of them
            ended.wait(_HEARTBEAT / 1000)


def _present(folders: list[Path]) -> dict[Path, int]:
    """The folders that are there, with their inodes: one may be put in the place of another."""
    present = {}
    for folder in folders:
        for path, status in statuses(folder):
            present[Path(path)] = status.st_ino
            break
    return present


def _stamps(folder: Path, suffixes: tuple[str, ...] = ()) -> Stamps:
    return {
        Path(path): (status.st_ino, status.st_size, status.st_mtime_ns)
        for path, status in statuses(folder)
        if S_ISREG(status.st_mode)
        and not any(map(is_system_file, Path(path).relative_to(folder).parts))
        and (not suffixes or path.endswith(suffixes))
    }
