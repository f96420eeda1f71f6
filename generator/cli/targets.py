"""What a path given to a command is: a draft, or else a data folder."""

from __future__ import annotations

from pathlib import Path

from generator.core.findings import Finding, Location, UnusableInputError
from generator.load.folder_kind import unfit

_PLAIN = 4096
"""So many bytes tell whether a file is a plain text."""


def is_draft(path: Path) -> bool:
    """Whether a path is to be read as a draft; otherwise it is to be read as a data folder.

    Raises:
        UnusableInputError: if it is a file of neither, or there is nothing.
    """
    if path.is_dir():
        return False
    from generator.drafts.read import READERS  # a folder of data is known without any reader

    named = path.suffix.lower() in READERS
    if not path.exists() or path.suffix.lower() in (".yaml", ".yml"):
        problem = unfit(path, ())
        if problem is not None:
            raise UnusableInputError([problem])
    if not named and _is_plain_text(path):
        kind = f" {path.suffix} " if path.suffix else "没有扩展名的"
        message = f"这是{kind}文件，既不是数据目录，也不是能读的文稿"
        remedy = f"文稿给出 {'、'.join(READERS)} 文件；数据给出它的目录"
        raise UnusableInputError([Finding("E601", message, remedy, Location(path))])
    return True


def refuse_folder(path: Path) -> None:
    """Refuses a folder where a draft is wanted, and what does not exist.

    Raises:
        UnusableInputError: with what it is.
    """
    if path.is_dir():
        from generator.drafts.read import READERS

        message, remedy = "这是目录，不是文稿", f"给出一个文件（{'、'.join(READERS)}）"
        raise UnusableInputError([Finding("E601", message, remedy, Location(path))])


def _is_plain_text(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return b"\0" not in file.read(_PLAIN) and path.stat().st_size > 0
    except OSError:
        return False
