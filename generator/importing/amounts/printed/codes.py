"""The subject codes of printed rows, in one column or in three (类, 款, 项), and their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.compute.statements.definition import StatementColumn
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import squeezed

WHOLE = "编码"
_ENDS = {"类": 3, "款": 5, "项": 7}
"""How long the code is down to each of the columns that it is divided into."""
_NUMERALS = "[一二三四五六七八九十百]+"
_ORDINAL = late_pattern(rf"^(?:[（(]{_NUMERALS}[)）]|{_NUMERALS}[、.．])\s*")


def printed_code(columns: Sequence[StatementColumn], cells: Sequence[str], above: str = "") -> str:
    """The code that a row prints, or what stands in its place if it is none.

    Args:
        columns: the columns of the row.
        cells: their texts.
        above: the code of the row above, whose upper levels a row may leave out.
    """
    texts = {column.content: squeezed(text) for column, text in zip(columns, cells, strict=True)}
    levels = [(end, texts[name]) for name, end in _ENDS.items() if name in texts]
    return texts.get(WHOLE, "") or _joined(levels, above)


def _joined(levels: Sequence[tuple[int, str]], above: str) -> str:
    """One code out of the columns of its levels; what they hold if that makes none."""
    code, filled = "", [text for _, text in levels if text]
    while levels and not levels[-1][1]:
        levels = levels[:-1]
    for end, text in levels:
        start = len(code)
        if not text and above.startswith(code) and len(above) >= end:
            code = above[:end]
        elif len(text) == end and text.startswith(code):
            code = text  # a column that holds the code down to its level
        elif text.isdecimal() and start and len(text) <= end - start:
            code += text.zfill(end - start)
        else:
            return " ".join(filled)
    return code


def codes_of(rows: Iterable[tuple[Sequence[StatementColumn], Sequence[str]]]) -> list[str]:
    """The codes of rows that stand one below the other; ``""`` for a row without any."""
    codes: list[str] = []
    above = ""
    for columns, cells in rows:
        codes.append(printed_code(columns, cells, above))
        above = codes[-1] if codes[-1].isdecimal() else above
    return codes


def without_ordinal(name: str) -> str:
    """A name without the ordinal that a list puts before it: 一、教育支出, （二）教育支出."""
    return _ORDINAL.sub("", name.strip())
