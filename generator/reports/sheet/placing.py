"""Which row of the check sheet a finding belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.checks.sheet.row import ReadLine, SheetRow
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
        """The row of a part of the document by what findings call it, the most exact name first."""
        best: tuple[int, int] | None = None
        wanted = " ".join(map(folded, group.split(" ")))
        for number, row in enumerate(self.rows):
            for name in map(self._told, row.groups):
                longer = best is None or len(name) > best[0]
                if longer and (wanted == name or wanted.startswith(f"{name} ")):
                    best = len(name), number
        return best[1] if best else None

    def _told(self, name: str) -> str:
        if name not in self._folded:
            self._folded[name] = " ".join(map(folded, name.split(" ")))
        return self._folded[name]

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
        place = finding.place
        near = {n: list(self._lines_at(row, place)) for n, row in enumerate(self.rows)}
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
        return (line for line in row.lines if _is_at(line.place, place))

    def _holds(self, line: ReadLine, words: str) -> bool:
        return words in self._told(line.text).replace(" ", "")


def _is_at(line: Place, place: Place) -> bool:
    """Whether a place is that of a line, or within it."""
    if place.paragraph or place.line:
        return (line.paragraph, line.line) == (place.paragraph, place.line)
    return bool(line.spot) and f"{place.spot} ".startswith(f"{line.spot} ")


def _quotations(finding: Finding) -> Iterator[str]:
    """The words of the document that a finding quotes, the most telling first."""
    texts = (finding.excerpt.strip("…"), *_QUOTED.findall(finding.message))
    words = (folded(text) for text in texts)
    return (each for each in words if len(each) >= _SHORTEST)
