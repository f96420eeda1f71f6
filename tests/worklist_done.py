"""Does what a worklist asks for, as a clerk would whose year is like the last one."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

_MARK = re.compile(r"(?:待填|待核)(?:（(?P<note>[^）]*)）|：.*)?$")
_HUNDRED = Decimal(100)
_ZERO = re.compile(r"(?<=: )0(?![\d.])")


def do_the_worklist(folder: Path) -> None:
    """Fills in last year's amounts, confirms what was kept, and takes out every mark.

    Nothing is left over from last year: what stands under 上年结转 stays 0.
    """
    for file in sorted(folder.rglob("*.yaml")):
        left_over, lines = False, []
        for line in file.read_text(encoding="utf-8").splitlines():
            if re.match(r"\s*(- |当年预算:|上年结转:)", line):
                left_over = "上年结转:" in line
            lines.append(_done(line, left_over=left_over))
        file.write_text("\n".join([*lines, ""]), encoding="utf-8")


def _done(line: str, *, left_over: bool) -> str:
    if "#" not in line:
        return line
    value, _, comment = line.rpartition("#")
    pieces = [piece.strip() for piece in comment.split("；")]
    for piece in pieces:
        if (match := _MARK.match(piece)) and not left_over:
            value = _filled(value, match["note"] or "")
    own = "；".join(piece for piece in pieces if not _MARK.match(piece))
    return f"{value}# {own}" if own else value.rstrip()


def _filled(value: str, note: str) -> str:
    if re.match(r"\d{4}年：", note):
        for amount in note.partition("：")[2].split("、"):
            value = _ZERO.sub(_printed(amount), value, count=1)
    return value


def _printed(amount: str) -> str:
    """An amount as it was published: an import finds it to 0.01 万元 only."""
    exact = Decimal(amount)
    whole = exact == exact.to_integral_value() and exact >= _HUNDRED
    return f"{(exact / _HUNDRED).to_integral_value() * _HUNDRED:f}" if whole else amount
