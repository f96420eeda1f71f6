"""Subjects as printed: codes with names, or names alone that want codes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

from msgspec import Struct, field

from generator.core.likeness import likeness
from generator.drafts.draft import Spot
from generator.drafts.words.text import squeezed
from generator.importing.reading import ImportResult
from generator.load.catalogue import Catalogue

_SIMILAR = 0.6
_CLASS, _SECTION = 3, 5

_PAIRS: Mapping[str, tuple[str, ...]] = {
    "301": ("501", "505"),
    "302": ("502", "505"),
    "303": ("509",),
    "307": ("511",),
    "309": ("504", "506"),
    "310": ("503", "506"),
    "311": ("508",),
    "312": ("507",),
    "313": ("510",),
    "399": ("599",),
}
"""Which government classes usually pay a department class: decides between equal names."""

FUNCTIONAL, DEPARTMENT, GOVERNMENT = (
    "功能分类",
    "部门预算支出经济分类",
    "政府预算支出经济分类",
)


class Subjects(Struct):
    """The subjects a document prints, and the names it gives them."""

    reading: ImportResult
    catalogue: Catalogue
    _printed: dict[tuple[str, str], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    _spots: dict[tuple[str, str, str], Spot] = field(default_factory=dict)

    def known(self, classification: str) -> Mapping[str, str]:
        """The catalogue's names of a classification."""
        return {
            FUNCTIONAL: self.catalogue.functional.names,
            DEPARTMENT: self.catalogue.department_economic.names,
            GOVERNMENT: self.catalogue.government_economic.names,
        }[classification]

    def printed(self, classification: str, code: str, name: str, spot: Spot) -> None:
        """Notes that a name is printed for a code."""
        if name:
            self._printed[classification, code][name] += 1
            self._spots.setdefault((classification, code, name), spot)

    def extra(self) -> dict[str, dict[str, str]]:
        """The names that the catalogue lacks or has otherwise, by classification and code."""
        extra: dict[str, dict[str, str]] = {}
        for (classification, code), names in sorted(self._printed.items()):
            known = self.known(classification).get(code)
            chosen = next((name for name in names if same(name, known)), None)
            if chosen is None:
                chosen = names.most_common(1)[0][0]
                extra.setdefault(classification, {})[code] = chosen
            self._other_names(classification, code, chosen, names)
        return extra

    def _other_names(
        self, classification: str, code: str, chosen: str, names: Iterable[str]
    ) -> None:
        for name in names:
            if not same(name, chosen):
                message = f"{classification} {code} 有的表印作“{name}”，取“{chosen}”"
                spot = self._spots[classification, code, name]
                self.reading.doubt(("收支",), message, spot)

    def code_by_name(
        self, name: str, between: tuple[str, str], lengths: Container[int]
    ) -> str | None:
        """The functional code of a name, if only one of such lengths lies between two others."""
        before, after = between
        names = dict(self.known(FUNCTIONAL)) | {
            code: next(iter(names))
            for (classification, code), names in self._printed.items()
            if classification == FUNCTIONAL
        }
        codes = [
            code
            for code, known in names.items()
            if len(code) in lengths
            and same(known, name)
            and before < code
            and (not after or code < after)
        ]
        return codes[0] if len(codes) == 1 else None


def same(name: str, other: str | None) -> bool:
    """Whether two names are the same but for white space and width."""
    return other is not None and squeezed(name) == squeezed(other)


class EconomicRow(Struct, frozen=True):
    """A row of a department subject, or of a class of them.

    ``government`` is the name of its government subject, ``code`` what is printed as its own
    code; both are ``""`` if the table has no such column.
    """

    department: str
    government: str
    code: str
    spot: Spot


class CodedPair(Struct, frozen=True):
    """The codes of such a row; a class has no government code."""

    department: str
    government: str


def coded_pairs(
    subjects: Subjects, rows: Sequence[EconomicRow], *, paired: bool
) -> list[CodedPair]:
    """The codes of rows, which stand in the order of codes.

    Args:
        subjects: takes the names that are printed.
        rows: the rows.
        paired: whether each subject has a government subject beside it, and only classes none.
    """
    coder = _NameCoder(subjects)
    pairs: list[CodedPair] = []
    above = before = ""
    for row in rows:
        if coder.is_class(row, above, paired=paired):
            above = before = coder.department(row, _CLASS, (), above)
            pairs.append(CodedPair(above, ""))
            continue
        before = coder.department(row, _SECTION, (above,) if above else (), before)
        usual = _PAIRS.get(before[:_CLASS], ())
        government = (
            coder.code(GOVERNMENT, row.government, _SECTION, row.spot, usual)
            if row.government
            else ""
        )
        pairs.append(CodedPair(before, government))
    for row, pair in zip(rows, pairs, strict=True):
        subjects.printed(DEPARTMENT, pair.department, row.department, row.spot)
        if pair.government:
            subjects.printed(GOVERNMENT, pair.government, row.government, row.spot)
    return pairs


def _is_department(code: str) -> bool:
    return code.isdecimal() and len(code) in (_CLASS, _SECTION)


class _NameCoder(Struct):
    """Finds codes by name; a name that the catalogue lacks gets a code for the time being."""

    subjects: Subjects
    _invented: dict[tuple[str, str], str] = field(default_factory=dict)

    def is_class(self, row: EconomicRow, above: str, *, paired: bool) -> bool:
        """Whether a row is a class: by its code, its pair, or its name."""
        if _is_department(row.code):
            return len(row.code) == _CLASS
        if paired:
            return not row.government
        names = self.subjects.known(DEPARTMENT)
        levels = {len(code) for code, name in names.items() if same(name, row.department)}
        within = any(
            code.startswith(above) and len(code) == _SECTION and same(name, row.department)
            for code, name in names.items()
        )
        return _CLASS in levels and not (above and within)

    def department(self, row: EconomicRow, length: int, under: Sequence[str], before: str) -> str:
        """The code of a row: the printed one, else that of its name."""
        if _is_department(row.code):
            return row.code
        return self.code(DEPARTMENT, row.department, length, row.spot, under, before)

    def code(
        self,
        classification: str,
        name: str,
        length: int,
        spot: Spot,
        under: Sequence[str],
        before: str = "",
    ) -> str:
        """The code of a name at a level: under the codes given, and not before another."""
        known = {c: n for c, n in self.subjects.known(classification).items() if len(c) == length}
        for prefix in (*under, ""):
            for code, other in known.items():
                if code.startswith(prefix) and same(name, other):
                    return code
        key = classification, name
        if key not in self._invented:
            start = before or next(iter((*under, next(iter(known)))))
            self._invented[key] = self._near(name, known, under, start)
            self._doubt(classification, name, known, spot)
        return self._invented[key]

    def _doubt(self, classification: str, name: str, known: Mapping[str, str], spot: Spot) -> None:
        code = self._invented[classification, name]
        how = f"暂作 {code}（目录为“{known[code]}”）" if code in known else f"编码 {code} 是暂定的"
        message = f"{classification}目录中没有“{name}”，{how}"
        self.subjects.reading.doubt(("基本支出经济科目",), message, spot)

    def _near(self, name: str, known: Mapping[str, str], under: Sequence[str], start: str) -> str:
        """The code of the most similar name, or the next free one: rows stand by code."""
        similar = {
            likeness(name, other): code
            for code, other in known.items()
            if code >= start and (not under or code.startswith(tuple(under)))
        }
        best = max(similar, default=0.0)
        if best >= _SIMILAR:
            return similar[best]
        taken = {*known, *self._invented.values()}
        code = int(start.ljust(len(next(iter(known))), "0")) + 1
        while str(code) in taken:
            code += 1
        return str(code)
