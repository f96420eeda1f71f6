"""The headings of a document and the lines of its contents, told apart as the reader does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.core.likeness import likeness
from generator.core.text.patterns import late_pattern
from generator.drafts.parts.draft_format import format_of
from generator.drafts.words.numbering import PART_OR_SECTION
from generator.drafts.words.text import folded
from generator.pack.pack import Pack
from generator.reading.document import Passage, ReadDocument

_NUMERAL = "[一二三四五六七八九十]"
_ENTRY = late_pattern(r"(?P<words>.*?)[\s.·…⋯．﹒_-]*(?P<page>(?<!\d)\d{1,3})?\s*")
_ENTRY_START = late_pattern(rf"{PART_OR_SECTION}|{_NUMERAL}+、|[（(]{_NUMERAL}+[）)]|表{_NUMERAL}+")
_STATEMENT = late_pattern(rf"表{_NUMERAL}+(?!般)")
"""The number of a statement, without the first character of 一般公共预算 after it."""
_WRAPPED = 3
"""A long heading stands in up to as many lines."""
_NEAR = 0.6
_LONGEST_HEADING = 40
_SENTENCE = late_pattern(r"[。；，,：:]|\d\s*[万亿]?元")


def is_heading_passage(passage: Passage) -> bool:
    """Whether a passage is a heading: known as one, or short and no sentence."""
    text = passage.text.strip()
    short = len(text) <= _LONGEST_HEADING and not _SENTENCE.search(text)
    return passage.heading or short


class ContentsEntry(Struct, frozen=True):
    """A line of the contents; ``page`` is 0 if it names none."""

    passage: Passage
    words: str
    page: int

    @property
    def key(self) -> str:
        """Its words for comparing, without the number of a statement."""
        return _STATEMENT.sub("", folded(self.words), count=1)


def entries(document: ReadDocument, pack: Pack) -> list[ContentsEntry]:
    """The lines of the contents: those numbered as usual, and every heading of the pack."""
    found = []
    for passage in document.passages:
        line = passage.text.strip()
        match = _ENTRY.fullmatch(line) if passage.section == "目录" else None
        if match is None:
            continue
        if _ENTRY_START.match(line) or format_of(pack).heading(folded(match["words"])):
            found.append(ContentsEntry(passage, match["words"], int(match["page"] or 0)))
    return found


def body(document: ReadDocument) -> list[Passage]:
    """Everything that is no contents."""
    return [passage for passage in document.passages if passage.section != "目录"]


def place_of_entry(entry: ContentsEntry, lines: Sequence[Passage], start: int = 0) -> int | None:
    """Where the heading of an entry stands among the lines of the body."""
    for at in range(start, len(lines)):
        text = ""
        for line in lines[at : at + _WRAPPED]:
            text += folded(line.text)
            if _STATEMENT.sub("", text, count=1) == entry.key or text == entry.key:
                return at
            if not entry.key.startswith(text):
                break
    return None


def nearest_heading(entry: ContentsEntry, candidates: Sequence[Passage]) -> Passage | None:
    """The heading that an entry most likely means, though it says it otherwise."""
    rated = [(likeness(entry.key, folded(each.text)), at) for at, each in enumerate(candidates)]
    best = max(rated, default=(0.0, -1))
    return candidates[best[1]] if best[0] >= _NEAR else None


def parts(document: ReadDocument, pack: Pack) -> Iterator[tuple[str, Passage]]:
    """Parts, sections and statements in the order they stand, each at its first line."""
    seen: set[str] = set()
    for passage in body(document):
        name = _part(passage, document, pack)
        if name and name not in seen:
            seen.add(name)
            yield name, passage


def _part(passage: Passage, document: ReadDocument, pack: Pack) -> str:
    if passage.heading:
        text = folded(passage.text)
        return format_of(pack).heading(text)
    return passage.section if passage.section in document.tables else ""
