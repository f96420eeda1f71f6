"""Which row of the check sheet a finding belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.checks.sheet_row import ReadLine, SheetRow
from generator.drafts.wording import folded
from generator.findings import Finding, Place

_QUOTED = re.compile("“([^“”]+)”")
_SHORTEST = 2
"""Characters that a quotation must have to tell where it is from."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Finds the row of whatever is told of a document; ``None`` is the document as a whole."""

    rows: Sequence[SheetRow]
    known: bool = True
    _folded: dict[str, str] = field(default_factory=dict)

    def of_group(self, group: str) -> int | None:
        """The row of a part of the document by what findings call it."""
        best: tuple[int, int] | None = None
        for number, row in enumerate(self.rows):
            for name in row.groups:
                if (group == name or group.startswith(f"{name} ")) and (
                    best is None or len(name) > best[0]
                ):
                    best = len(name), number
        return best[1] if best else None

    def of_finding(self, finding: Finding) -> int | None:
        """The row of a finding: by its part, the table that it is about, or its place."""
        found = self.of_group(finding.group)
        if found is None and self.known:
            return self._of_subjects(finding.subjects)
        return self._of_place(finding) if found is None else found

    def _of_subjects(self, subjects: Sequence[str]) -> int | None:
        tables = {table: n for n, row in enumerate(self.rows) for table in row.tables}
        steps = (subject.split("/")[0] for subject in subjects)
        return next((tables[step] for step in steps if step in tables), None)

    def _of_place(self, finding: Finding) -> int | None:
        """The row whose words at the place are those that a finding quotes.

        A page may hold several parts: where no words tell them apart none is named.
        """
        if finding.place is None:
            return None
        near = {n: list(self._lines_at(row, finding.place)) for n, row in enumerate(self.rows)}
        near = {number: lines for number, lines in near.items() if lines}
        if len(near) == 1:
            return next(iter(near))
        for words in _quotations(finding):
            rows = [
                n for n, lines in near.items() if any(self._holds(each, words) for each in lines)
            ]
            if rows:
                return rows[0]
        return None

    def _lines_at(self, row: SheetRow, place: Place) -> Iterator[ReadLine]:
        for line in row.lines:
            there = line.place
            same = (there.line, there.paragraph) == (place.line, place.paragraph)
            if same and f"{place.spot} ".startswith(f"{there.spot} ".lstrip()):
                yield line

    def _holds(self, line: ReadLine, words: str) -> bool:
        if line.text not in self._folded:
            self._folded[line.text] = folded(line.text)
        return words in self._folded[line.text]


def _quotations(finding: Finding) -> Iterator[str]:
    """The words of the document that a finding quotes, the most telling first."""
    texts = (finding.excerpt.strip("…"), *_QUOTED.findall(finding.message))
    words = (folded(text) for text in texts)
    return (each for each in words if len(each) >= _SHORTEST)
