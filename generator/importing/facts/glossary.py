"""Reads 名词解释 of a place whose offices write their own."""

from __future__ import annotations

from generator.core.text.patterns import late_pattern
from generator.drafts.parts.outline import DraftOutline
from generator.importing.reading import ImportResult
from generator.importing.section_text import line_text, words
from generator.pack.outline import Role
from generator.pack.pack import Pack

_NUMBER = r"(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十\d]+[、.．])?"
_ENTRY = late_pattern(rf"{_NUMBER}\s*(?P<term>[^：:。]{{1,30}})[：:]\s*(?P<meaning>.+)")


def import_glossary(reading: ImportResult, outline: DraftOutline, pack: Pack) -> None:
    """Fills 名词解释, if the pack explains no terms itself and every paragraph explains one."""
    lines = [line for line in outline.about(Role.GLOSSARY) if line_text(line).strip()]
    entries = [_ENTRY.fullmatch(words(line_text(line), reading.draft)) for line in lines]
    if pack.glossary or not entries:
        return
    found = [{"名词": entry["term"], "解释": entry["meaning"]} for entry in entries if entry]
    if len(found) == len(entries):
        reading.sections["名词解释"] = found
