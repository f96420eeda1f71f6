"""Holds an import against its source: the imported data is composed and its text compared.

Sentences that only repeat figures are not imported. Whatever the source says
in them and the data does not reproduce is a doubt with both wordings.
"""

from __future__ import annotations

import difflib
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from generator.document.tree import Document
from generator.drafts.draft import Draft, Line, Spot
from generator.drafts.html import html_blocks
from generator.drafts.outline import Outline
from generator.drafts.split import outline as split
from generator.drafts.wording import squeezed
from generator.findings import UnusableInputError
from generator.importing.reading import Reading
from generator.importing.section_text import SectionText, converted_as
from generator.importing.yaml_writer import write_yaml
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from generator.publish import Composed, compose

_TAKEN_OVER = ("职责", "机构设置")
"""Sections whose paragraphs are data themselves."""
_READ_LINE_BY_LINE = "十二"
"""The section whose lines the import uses up itself."""

_LIST = re.compile(r"(主要包括:)([^;。:]+?)(等[;。])")
_AROUND = 6  # characters of context shown on both sides of a difference


def compare_text(
    reading: Reading, outline: Outline, pack: Pack, catalogue: Catalogue
) -> Composed | None:
    """Doubts every sentence that the imported data does not print as the source does.

    Returns what the imported data prints, ``None`` where it cannot be composed.

    Only the comparison uses up the lines of the text: where it cannot be made they stay unread.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "读入"
        write_yaml(reading, folder)
        try:
            composed = compose(folder, pack, catalogue, allow_personal_data=True)
        except UnusableInputError as error:
            for finding in error.findings:
                reading.doubt(("核对",), f"读入的数据还不能生成文本：{finding.message}")
            return None
    titles = [(each.number, each.title) for each in pack.statements]
    printed = split(_as_draft(composed.document), titles)
    for section, lines in outline.sections.items():
        if section in _TAKEN_OVER:
            continue
        ours = _text(printed.sections.get(section, []))
        source = converted_as(_text(lines), ours)
        for place, theirs, mine in _differences(_comparable(source), _comparable(ours)):
            message = f"原文“{theirs}”，按数据生成“{mine}”"
            reading.doubt(("核对", section), message, _spot(lines, place, ours))
        if section != _READ_LINE_BY_LINE:
            reading.use(*lines)
    return composed


def _text(lines: list[Line]) -> str:
    """The sentences of a section, amounts in the units that they stand in."""
    return SectionText(lines, converted=False).folded


def _spot(lines: list[Line], place: int, ours: str) -> Spot | None:
    """Where a place of the compared text stands: its line, by the lengths of the lines."""
    for line in lines:
        place -= len(squeezed(converted_as(_text([line]), ours)))
        if place < 0:
            return line.spot
    return lines[-1].spot if lines else None


def _comparable(text: str) -> str:
    """A section's text squeezed, the names of a list in one order: any order says the same."""
    return _LIST.sub(
        lambda match: match[1] + "、".join(sorted(match[2].split("、"))) + match[3], squeezed(text)
    )


def _as_draft(document: Document) -> Draft:
    """A composed document as if it had been read."""
    return Draft(Path("生成.html"), tuple(block for block, _ in html_blocks(document.body)))


def _differences(theirs: str, ours: str) -> Iterable[tuple[int, str, str]]:
    matcher = difflib.SequenceMatcher(None, theirs, ours, autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag != "equal":
            before, after = theirs[max(0, a1 - _AROUND) : a1], theirs[a2 : a2 + _AROUND]
            place = a1 if a2 > a1 else max(0, a1 - 1)  # what is missing belongs to the line before
            yield place, f"{before}{theirs[a1:a2]}{after}", f"{before}{ours[b1:b2]}{after}"
