"""What a draft says in the places of a specimen's figures and free texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from generator.core.findings import Location
from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Line, Spot
from generator.drafts.parts.outline import DraftOutline
from generator.importing.facts.specimen import Specimen
from generator.importing.reading import Path_
from generator.importing.section_text import line_text
from generator.reading.document import Passage
from generator.reading.sentences import Alignment, Clause, FoldedText, Number, align_passages

_LEAST = 2
"""Characters beside a free text by which its place is known."""
_MARKS = "。;,:、."
_FOLLOWING = 10
_AMOUNT = late_pattern(rf"[\d.,\s]*[万亿]*元[{re.escape(_MARKS)}\s]*")


class ToldNumber(Struct, frozen=True):
    """A number of the draft: the address it has in the specimen, and the words before it."""

    address: str
    number: Number
    before: str
    section: str
    spot: Spot


class ToldWords(Struct, frozen=True):
    """Words of the draft in the place of a free text, and the lines that they stand in."""

    words: str
    spot: Spot
    lines: tuple[Line, ...]
    following: str
    """A few characters that follow them, folded."""


class HeldSections:
    """The sections of a draft, held against those of a specimen."""

    def __init__(self, outline: DraftOutline, specimen: Specimen, sections: Iterable[str]) -> None:
        self.specimen = specimen
        self._lines = {section: outline.sections.get(section, []) for section in sections}
        place = Location(outline.draft.file)
        self.alignments = {
            section: align_passages(
                [Passage(section, line_text(line), place) for line in lines],
                specimen.section(section),
            )
            for section, lines in self._lines.items()
        }

    def line(self, section: str, at: int) -> Line:
        """The line of the draft that holds a character of a section's folded text."""
        return self._lines[section][self.alignments[section].draft.paragraph(at)]

    def numbers(self) -> Iterator[ToldNumber]:
        """Every number that stands where the specimen has a figure, in reading order."""
        for section, alignment in self.alignments.items():
            for pair in alignment.pairs:
                for ours, theirs in pair.partners:
                    mention = alignment.mention(theirs)
                    if mention is not None:
                        before = alignment.draft.text[pair.draft.start : ours.start]
                        spot = self.line(section, ours.start).spot
                        yield ToldNumber(mention.address, ours, before, section, spot)

    @cached_property
    def texts(self) -> Mapping[Path_, ToldWords]:
        """The words in the place of each free text that the draft has."""
        found: dict[Path_, ToldWords] = {}
        for section, alignment in self.alignments.items():
            best: dict[int, tuple[int, int, Path_]] = {}
            for at, path in self.specimen.slots_in(alignment.expected.text):
                span = _span(alignment, at)
                if span is None:
                    continue
                start, end, led = span
                if start not in best or led > best[start][0]:  # the same words are told once
                    best[start] = (led, end, path)
            for start, (_, end, path) in best.items():
                found[path] = self._words(section, start, end)
        return found

    def _words(self, section: str, start: int, end: int) -> ToldWords:
        draft = self.alignments[section].draft
        held = dict.fromkeys(map(draft.paragraph, range(start, max(end, start + 1))))
        lines = tuple(self._lines[section][each] for each in held)
        following = draft.text[end : end + _FOLLOWING]
        return ToldWords(draft.words(start, end), lines[0].spot, lines, following)


def _span(alignment: Alignment, at: int) -> tuple[int, int, int] | None:
    """Where the draft has the text that stands in one place of the specimen: start and end.

    It lies between the clauses that have a partner, after the words that lead up to it. The third
    number is how many of the characters that lead up to it the draft has.
    """
    draft, expected = alignment.draft.text, alignment.expected.text
    clause = _clause(alignment, at)
    start, end = _window(alignment, clause)
    found = _after(draft, expected[clause.start : at], start, end)
    if found is None:
        return None
    begin, led = found
    if _closes_paragraph(expected, at):
        end = _paragraph_end(alignment, clause, at, begin, end)
    end = _before(draft, expected[at + 1 : clause.end], begin, end)
    closing = _MARKS if expected[at + 1] in _MARKS else ""
    while end > begin and (draft[end - 1] in closing or draft[end - 1].isspace()):
        end -= 1
    return (begin, end, led) if end > begin else None


def _clause(alignment: Alignment, at: int) -> Clause:
    """The clause of the specimen that holds a place."""
    paired = (pair.expected for pair in alignment.pairs)
    alone = (clause for gap in alignment.gaps for clause in gap.expected)
    return next(each for each in (*paired, *alone) if each.start <= at < each.end)


def _window(alignment: Alignment, clause: Clause) -> tuple[int, int]:
    """Between which places of the draft stands what a clause of the specimen says."""
    start, end = 0, len(alignment.draft.text)
    for pair in alignment.pairs:
        if pair.expected.end <= clause.start:
            start = pair.draft.end
        elif pair.expected.start >= clause.end:
            return start, pair.draft.start
    return start, end


def _after(draft: str, lead: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the draft goes on after some words, or as much of their end as it has; how much.

    What it has must be more than an amount.
    """
    if not lead.strip():
        return start, 0
    for cut in range(len(lead) - _LEAST + 1):
        if _AMOUNT.fullmatch(lead, cut):
            return None  # an amount alone leads up to anything
        if match := _any_number(lead[cut:]).search(draft, start, end):
            return match.end(), len(lead) - cut
    return None


def _before(draft: str, tail: str, start: int, end: int) -> int:
    """Where the draft has what follows a free text, or as much of its beginning as it has."""
    words = tail.rstrip().rstrip(_MARKS)
    for length in range(len(words), _LEAST - 1, -1):
        if match := _any_number(words[:length]).search(draft, start, end):
            return match.start()
    return end


def _any_number(words: str) -> re.Pattern[str]:
    """Words with whatever number stands in them."""
    return re.compile(re.sub(r"\d+(\\\.\d+)?", r"[\\d.,]+", re.escape(words)))


def _paragraph_end(alignment: Alignment, clause: Clause, at: int, begin: int, end: int) -> int:
    """Where a text ends that closes its paragraph: with the draft's paragraph.

    A draft that went through an extraction may have lost where its paragraphs end: there only a
    text that is a paragraph of its own ends with the line.
    """
    line_end = alignment.draft.text.find("\n", begin)
    if line_end < 0:
        return end
    file = alignment.draft.origin(begin)[0].place.file
    whole = file.suffix.lower() != ".txt" or _is_own_paragraph(alignment.expected, clause, at)
    return line_end if whole else max(line_end, end)


def _closes_paragraph(expected: str, at: int) -> bool:
    """Whether nothing but marks follows a place in its paragraph."""
    return not expected[at + 1 : expected.find("\n", at)].strip(_MARKS)


def _is_own_paragraph(expected: FoldedText, clause: Clause, at: int) -> bool:
    """Whether a paragraph of the specimen is a free text, but for a label before it."""
    before, after = expected.text[: clause.start], expected.text[at + 1 :]
    label = before[before.rfind("\n") + 1 :]
    rest = after[: after.find("\n")]
    return not rest.strip(_MARKS) and (not label or label.endswith(":"))
