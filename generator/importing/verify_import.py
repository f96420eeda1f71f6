"""Holds an import against its source: the imported data is composed and its text compared.

Sentences that only repeat figures are not imported. Whatever the source says
in them and the data does not reproduce is a doubt with both wordings.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from generator.core.findings import UnusableInputError
from generator.drafts.parts.outline import DraftOutline
from generator.importing.comparable import Comparable
from generator.importing.facts.specimen import composed_of
from generator.importing.reading import ImportResult
from generator.load.catalogue import Catalogue
from generator.pack.outline import Role
from generator.pack.pack import Pack
from generator.reading.printed import PrintedDocument

NOT_COMPOSED = "读入的数据还不能生成文本"
"""How the doubt begins that nothing could be compared, for what the data lacks."""
_FOLLOWED_BY = "："
_AROUND = 6  # characters of context shown on both sides of a difference


def compare_text(
    reading: ImportResult, outline: DraftOutline, pack: Pack, catalogue: Catalogue
) -> PrintedDocument | None:
    """Doubts every sentence that the imported data does not print as the source does.

    Returns what the imported data prints, ``None`` if it cannot be composed.

    Only the comparison uses up the lines of the text: where it cannot be made they stay unread.
    """
    composed = composed_of(reading.sections, pack, catalogue)
    if isinstance(composed, UnusableInputError):
        for finding in composed.findings:
            reading.doubt(("核对",), f"{NOT_COMPOSED}{_FOLLOWED_BY}{finding.message}")
        return None
    printed = PrintedDocument(composed, pack, whole=False)
    sections = printed.sections()
    taken_over = pack.outline.all_of(Role.DUTIES, Role.ORGANISATION)
    line_by_line = pack.outline.of(Role.OTHER_NOTES)
    for section, lines in outline.sections.items():
        if section in taken_over:
            continue  # its paragraphs are data themselves
        ours = Comparable(sections.get(section, []))
        source = Comparable(lines, ours.text)
        for place, theirs, mine in _differences(source, ours):
            message = f"原文{theirs}，按数据生成{mine}"
            reading.doubt(("核对", section), message, source.spot(place))
        if section != line_by_line:
            reading.use(*lines)
    return printed


def lacking_in(reading: ImportResult) -> Iterator[str]:
    """What an import lacks to be composed, each thing in words; nothing if it could be."""
    for doubt in reading.doubts:
        before, mark, why = doubt.message.partition(_FOLLOWED_BY)
        if mark and before == NOT_COMPOSED:
            yield why


def _differences(theirs: Comparable, ours: Comparable) -> Iterable[tuple[int, str, str]]:
    matcher = difflib.SequenceMatcher(None, theirs.text, ours.text, autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag != "equal":
            place = a1 if a2 > a1 else max(0, a1 - 1)  # what is missing belongs to the line before
            yield place, theirs.quoted(a1, a2, _AROUND), ours.quoted(b1, b2, _AROUND)
