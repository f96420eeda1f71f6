"""What stands between readers and files from anywhere: no error of theirs gets through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from generator.core.findings import UnusableInputError
from generator.drafts.safety.limits import SAVE_AGAIN, TooMuchError, damaged, refuse

_DIVIDE = "分成几个文件，或去掉大图片和多余的表格"


@contextmanager
def part(name: str) -> Iterator[None]:
    """Says of whatever goes wrong inside in which part of the file it did."""
    try:
        yield
    except Exception as error:
        error.add_note(name)
        raise


@contextmanager
def guarded_reading(path: Path) -> Iterator[None]:
    """Turns whatever goes wrong in reading a draft into a finding that names the part.

    Raises:
        UnusableInputError: E602 if it is too large for the memory or the limits, E603 for
            any other error; those that the reader raised itself.
    """
    try:
        yield
    except UnusableInputError:
        raise
    except TooMuchError as error:
        refuse("E602", f"{_where(error)}{error}", error.remedy or _DIVIDE, path)
    except RecursionError as error:
        refuse("E602", f"{_where(error)}嵌套的层数不合常理", SAVE_AGAIN, path)
    except MemoryError as error:
        _out_of_memory(error, path)
    except Exception as error:  # libraries raise anything at damaged files
        damaged(path, f"{_where(error)}读不出来（{type(error).__name__}）")


def _out_of_memory(error: MemoryError, path: Path) -> NoReturn:
    """The file may be whole: the machine has too little memory for it."""
    message = f"{_where(error)}太大，内存不够"
    refuse("E602", message, f"{_DIVIDE}；或关掉别的程序再试", path)


def _where(error: BaseException) -> str:
    """The innermost part that was being read, in words."""
    notes = getattr(error, "__notes__", ())
    return f"“{notes[0]}”" if notes else "文件"
