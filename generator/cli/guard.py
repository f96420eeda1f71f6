"""The last guard of the command: no input, terminal or locale shows anybody a traceback.

Whatever nobody foresaw ends in one line that says what to do. The details go to a file, if one
was named with ``--debug-log`` or in ``$DISCLOSURE_DEBUG_LOG``. Imports the standard library only.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from generator.core.files.error_log import LOG_VARIABLE, log_error

OWN_FAULT = 3
"""The exit code for what is the program's own fault."""
UNUSABLE = 2
INTERRUPTED = 130
_AGAIN = f"用 disclosure --debug-log 文件 …（或环境变量 {LOG_VARIABLE}）再运行一次"
_EXTRAS = {
    "distributed": "cluster",
    "highspy": "drafts",
    "numpy": "drafts",
    "watchfiles": "watch",
}
"""Libraries that one kind of command needs alone, by the extra in pyproject.toml that has them."""
_NO_LIBRARY = "cannot load library"
"""What cffi says, through which WeasyPrint finds Pango."""
_OUTPUT = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF, errno.EFBIG)
_PIPE_CLOSED = 1
"""As Click ends when whoever reads the output (``| head``) has had enough."""


def guarded_command(run: Callable[[], int]) -> int:
    """Runs the command; returns its exit code, whatever happens.

    Args:
        run: the command; returns its exit code, or raises ``SystemExit`` with it.
    """
    try:
        code = _code(run)
        sys.stdout.flush()
    except KeyboardInterrupt:
        _tell("已中断，没有做完。")
        code = INTERRUPTED
    except MemoryError as error:
        log_error(error)
        _tell("内存不够，程序停了下来。办法：关掉别的程序，或一次少做几个目录")
        code = OWN_FAULT
    except OSError as error:
        code = _refused(error)
    except ModuleNotFoundError as error:
        code = _lacking(error)
    except Exception as error:  # what nobody foresaw
        code = _own_fault(error)
    _let_go()
    return code


def prepare_streams() -> None:
    """Makes standard output and error take any text, whatever the terminal can show."""
    for name in ("stdout", "stderr"):
        stream: TextIO | None = getattr(sys, name)
        if stream is None:  # closed by whoever started the command
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - kept open
            setattr(sys, name, nowhere)
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def prefer_utf8() -> None:
    """Starts the command anew where the locale cannot write Chinese names of files.

    The terminal keeps its encoding; what it cannot show is shown as ``?``.
    """
    if sys.getfilesystemencoding() == "utf-8" or sys.flags.utf8_mode:
        return
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    os.environ.setdefault("PYTHONIOENCODING", f"{encoding}:replace")
    arguments = [sys.executable, "-X", "utf8", "-m", "generator", *sys.argv[1:]]
    with suppress(OSError):
        os.execv(sys.executable, arguments)  # noqa: S606 - this program itself


def _code(run: Callable[[], int]) -> int:
    try:
        return run()
    except SystemExit as end:
        if isinstance(end.code, int) or end.code is None:
            return end.code or 0
        raise


def _refused(error: OSError) -> int:
    from generator.core.system_errors import system_cause

    if error.errno == errno.EPIPE:
        return _PIPE_CLOSED
    log_error(error)
    if error.errno is None and _NO_LIBRARY in str(error):
        _tell(
            "排版要用的系统库（Pango、HarfBuzz、fontconfig）没有装全，或找不到。办法：bash "
            f"scripts/setup.sh，或照 README 里这种系统的做法装（{str(error).splitlines()[0]}）"
        )
        return UNUSABLE
    if error.filename is None and error.errno in _OUTPUT:  # files that are written have a name
        _tell(f"结果写不到屏幕或重定向的文件：{system_cause(error)}。办法：换一个地方再运行")
    else:
        where = f"{error.filename}：" if error.filename else ""
        _tell(f"系统不允许：{where}{system_cause(error)}。办法：检查权限、磁盘和当前目录")
    return UNUSABLE


def _lacking(error: ModuleNotFoundError) -> int:
    """A library that is not installed because this command alone needs it."""
    extra = _EXTRAS.get((error.name or "").partition(".")[0])
    if extra is None:
        return _own_fault(error)
    install = f"pip install 'budget-disclosure[{extra}]'，或 bash scripts/setup.sh"
    _tell(f"这个命令要用的 {error.name} 没有安装。办法：{install}")
    return UNUSABLE


def _own_fault(error: Exception) -> int:
    log_error(error)
    _tell(f"程序自己出了错（{type(error).__name__}），不是数据的问题。办法：{_whom()}")
    return OWN_FAULT


def _whom() -> str:
    named = os.environ.get(LOG_VARIABLE)
    return f"详细情况在 {named}，交给维护程序的人" if named else f"{_AGAIN}，把文件交给维护程序的人"


def _tell(line: str) -> None:
    with suppress(OSError, ValueError):
        sys.stderr.write(f"错误：{line}\n")
        sys.stderr.flush()


def _let_go() -> None:
    """Leaves nothing that could fail when the process ends: the output may be gone or full."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
