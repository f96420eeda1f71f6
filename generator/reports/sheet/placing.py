"""Which row of the check sheet a finding belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from generator.checks.sheet.row import ReadLine, SheetRow
from generator.core.findings import Finding, Location
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import folded

_QUOTED = late_pattern("“([^“”]+)”")
_SHORTEST = 2
"""Characters that a quotation must have to tell where it is from."""
_WHOLE = frozenset({"全文", "数据", "页面", "文件", "按实公布说明", "上年文件", "单位名单"})
"""Groups of findings that are about no part, wherever they point."""


class Placing(Struct, frozen=True):
    """Finds the row of whatever is told of a document; ``None`` is the document as a whole."""

    rows: Sequence[SheetRow]
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
        if found is None:
            found = self._of_subjects(finding.subjects)
        if found is None and finding.group not in _WHOLE:
            found = self._of_place(finding.place, _quotations(finding))
        return found

    def of_comparison(self, group: str, place: Location | None) -> int | None:
        """The row of comparisons that held: by their part, or their place."""
        found = self.of_group(group) if group else None
        return self._of_place(place, ()) if found is None else found

    def _of_subjects(self, subjects: Sequence[str]) -> int | None:
        tables = {table: n for n, row in enumerate(self.rows) for table in row.tables}
        steps = (subject.split("/")[0] for subject in subjects)
        return next((tables[step] for step in steps if step in tables), None)

    def _of_place(self, place: Location | None, quoted: Iterable[str]) -> int | None:
        """The row whose words at a place are those that are quoted.

        A page may hold several parts: if no words tell them apart none is named.
        """
        if place is None:
            return None
        near = {n: list(self._lines_at(row, place)) for n, row in enumerate(self.rows)}
        near = {number: lines for number, lines in near.items() if lines}
        if len(near) == 1:
            return next(iter(near))
        for words in quoted:
            for number, lines in near.items():
                if any(self._holds(line, words) for line in lines):
                    return number
        return None

    def _lines_at(self, row: SheetRow, place: Location) -> Iterator[ReadLine]:
        return (line for line in row.lines if _is_at(line.place, place))

    def _holds(self, line: ReadLine, words: str) -> bool:
        return words in self._told(line.text).replace(" ", "")


def _is_at(line: Location, place: Location) -> bool:
    """Whether a place is that of a line, or within it."""
    if place.paragraph or place.line:
        return (line.paragraph, line.line) == (place.paragraph, place.line)
    return bool(line.spot) and f"{place.spot} ".startswith(f"{line.spot} ")


def _quotations(finding: Finding) -> Iterator[str]:
    """The words of the document that a finding quotes, the most telling first."""
    texts = (finding.excerpt.strip("…"), *_QUOTED.findall(finding.message))
    words = (folded(text) for text in texts)
    return (word for word in words if len(word) >= _SHORTEST)
