"""What a computer's output depends on besides data and pack, so that computers can be compared.

Nothing in it names a path or a time: two computers with the same program, libraries, fonts and
settings have the same description, and make the same bytes of the same data.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import hashlib
import locale
import os
import platform
import re
import subprocess
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions
from importlib.util import find_spec
from pathlib import Path

from generator.building.trees import UntraceableError, file_digest, tree
from generator.checks.installed import GROUP
from generator.core.memo import memo
from generator.core.text.patterns import late_pattern
from generator.core.version import installed_version
from generator.pack.library import entry_points

Description = Mapping[str, str]
"""What was compared, in Chinese, and how it is: a version, or the beginning of a digest."""

_ABSENT = "没有"
_PROGRAM = Path(__file__).resolve().parents[2]
_ENVIRONMENT = ("FC_", "FONTCONFIG", "PANGO", "SOURCE_DATE_EPOCH")
"""Beginnings of the names of variables on which dates and the choice of fonts depend."""
_NATIVE = {
    "Pango": ("pango-1.0", "libpango-1.0.so.0", "pango_version_string"),
    "HarfBuzz": ("harfbuzz", "libharfbuzz.so.0", "hb_version_string"),
    "HarfBuzz-subset": ("harfbuzz-subset", "libharfbuzz-subset.so.0", "hb_version_string"),
    "GLib": ("glib-2.0", "libglib-2.0.so.0", ""),
    "Fontconfig": ("fontconfig", "libfontconfig.so.1", "FcGetVersion"),
}
"""Libraries of the system that lay text out: short and full name, and what tells the version."""
_NAME = late_pattern(r"[A-Za-z0-9._-]+")
_FONT_HEAD = 1 << 16
"""Bytes of a font within which its table of contents stands, with a checksum of every table."""
_SHOWN = 3
"""Differences that are told."""


@memo()
def description() -> Description:
    """How this computer is, as this process found it first.

    Remembered, since a process that stays goes on with what it has loaded; it is told by a
    computer that was brought up to date meanwhile.
    """
    return {
        "程序": _program(),
        "Python": platform.python_version(),
        "操作系统": f"{platform.system()} {platform.machine()}",
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **{name: _native(*library) for name, library in _NATIVE.items()},
        **{f"Python 包 {name}": version for name, version in sorted(_packages())},
        **{f"发行包 {name} 的规则": code for name, code in sorted(_rules())},
        "字体": _fonts(),
        "选字体的规则": _font_rules(),
        "语言环境 LC_CTYPE": locale.setlocale(locale.LC_CTYPE),
        **{
            f"环境变量 {name}": value
            for name, value in sorted(os.environ.items())
            if name.startswith(_ENVIRONMENT)
        },
    }


def differences_of_machines(here: Description, there: Description) -> str:
    """What differs, in words with both sides; empty if nothing does."""
    names = [name for name in {**here, **there} if here.get(name) != there.get(name)]
    told = [
        f"{name}（本机 {here.get(name, _ABSENT)}，那里 {there.get(name, _ABSENT)}）"
        for name in names[:_SHOWN]
    ]
    more = f" 等 {len(names)} 项" if len(names) > _SHOWN else ""
    return "、".join(told) + more


def _short(parts: Iterable[str]) -> str:
    """The beginning of a digest of texts: long enough that no two are alike by chance."""
    content = "\n".join(parts).encode("utf-8", "surrogateescape")
    return hashlib.sha256(content).hexdigest()[:24]


def _program() -> str:
    digests = tree(_PROGRAM).items()
    parts = sorted(f"{file} {each}" for file, each in digests if "__pycache__" not in file)
    return f"{installed_version() or ''} {_short(parts)}".strip()


def _native(short: str, full: str, telling: str) -> str:
    """The version of a library of the system."""
    name = full if sys.platform == "linux" else ctypes.util.find_library(short)
    try:
        library = ctypes.CDLL(name) if name else None
    except OSError:
        library = None
    if library is None:
        return _ABSENT
    if not telling:
        parts = ("glib_major_version", "glib_minor_version", "glib_micro_version")
        return ".".join(str(ctypes.c_uint.in_dll(library, part).value) for part in parts)
    function = getattr(library, telling)
    if telling.startswith("Fc"):
        return str(function())
    function.restype = ctypes.c_char_p
    return str(function().decode())


def _packages() -> Iterator[tuple[str, str]]:
    """Name and version of the distributions that the program needs, directly or not.

    Of everything that is installed, if the program itself is not.
    """
    try:
        waiting = [distribution("budget-disclosure")]
    except PackageNotFoundError:
        waiting = list(distributions())
    seen: set[str] = set()
    while waiting:
        each = waiting.pop()
        name = re.sub(r"[-_.]+", "-", each.name).lower()
        if name in seen:
            continue
        seen.add(name)
        if name != "budget-disclosure":
            yield name, each.version
        waiting += _needed(each)


def _needed(of: Distribution) -> Iterator[Distribution]:
    """What a distribution always needs, as far as it is installed."""
    for requirement in of.requires or ():
        named = _NAME.match(requirement)
        if named and "extra ==" not in requirement:
            with suppress(PackageNotFoundError):  # of another system
                yield distribution(named[0])


def _rules() -> Iterator[tuple[str, str]]:
    """The distributions that bring rules, each with a digest of the code."""
    for owner, point in entry_points(GROUP):
        spec = find_spec(point.module.partition(".")[0])
        file = Path(spec.origin) if spec and spec.origin else None
        if file is None:
            yield owner.name, owner.version
        elif file.name == "__init__.py":
            code = tree(file.parent, (".py",))
            yield owner.name, _short(sorted(f"{name} {each}" for name, each in code.items()))
        else:
            yield owner.name, _short([file_digest(file)])


def _fonts() -> str:
    """A digest of every font that fontconfig knows: its size and what it begins with.

    A font begins with the checksums of all that is in it.
    """
    files = sorted(set(_lines("fc-list", "--format", "%{file}\n")))
    return _short(sorted(map(_font, files)))


def _font(file: str) -> str:
    try:
        with Path(file).open("rb") as font:
            size = os.fstat(font.fileno()).st_size
            return f"{size} {hashlib.sha256(font.read(_FONT_HEAD)).hexdigest()}"
    except OSError as error:
        raise UntraceableError(file) from error


def _font_rules() -> str:
    """A digest of the files by which fontconfig chooses fonts, in the order in which it reads."""
    files = [line[2:].partition(":")[0] for line in _lines("fc-conflist") if line.startswith("+ ")]
    return _short(f"{Path(file).name} {file_digest(Path(file))}" for file in files)


def _lines(*command: str) -> list[str]:
    try:
        listing = subprocess.run(command, capture_output=True, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        raise UntraceableError(command[0]) from error
    return os.fsdecode(listing.stdout).splitlines()
