"""The names of what dimensions hold: subjects by code, everything else by itself."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from generator.core.likeness import nearest_names
from generator.core.memo import Same
from generator.load.catalogue import Catalogue
from generator.model.disclosure import Disclosure

_LEVELS = (3, 5, 7)
_CLASSIFICATION = {
    "科目类": "功能分类",
    "科目款": "功能分类",
    "科目项": "功能分类",
    "部门经济类": "部门预算支出经济分类",
    "部门经济科目": "部门预算支出经济分类",
    "政府经济科目": "政府预算支出经济分类",
}


class Names:
    """Labels of dimension values: the data's own names stand before the catalogue's."""

    def __init__(self, catalogue: Catalogue, disclosure: Disclosure) -> None:
        extra = disclosure.extra_subjects
        self.catalogue = catalogue
        self._catalogue: Mapping[str, Mapping[str, str]] = {
            name: subjects.names for name, subjects in catalogue.items()
        }
        self._extra: Mapping[str, Mapping[str, str]] = {
            "功能分类": extra.functional,
            "部门预算支出经济分类": extra.department_economic,
            "政府预算支出经济分类": extra.government_economic,
        }
        self._labels = {
            ("项目", entry.key): entry.project.name for entry in disclosure.keyed_projects()
        }
        for line in (*disclosure.fund_revenue, *disclosure.capital_revenue):
            self._labels["收入科目", line.code] = line.name

    def content(self) -> Hashable:
        """All names as a key: of equal content, equal labels."""
        extra = tuple((kind, tuple(names.items())) for kind, names in self._extra.items())
        return Same(self.catalogue), extra, tuple(self._labels.items())

    def catalogue_name(self, classification: str, code: str) -> str | None:
        """The name a classification of the catalogue gives a code, or ``None``."""
        return self._catalogue[classification].get(code)

    def subject(self, classification: str, code: str) -> str | None:
        """The name of a subject, or ``None`` if neither data nor catalogue knows it."""
        return self._extra[classification].get(code) or self.catalogue_name(classification, code)

    def codes(self, classification: str) -> Iterable[str]:
        """All codes of a classification of the catalogue."""
        return self._catalogue[classification]

    def functional_classes(self) -> list[str]:
        """The classes (类) of the functional classification in the order of the catalogue."""
        return [code for code in self._catalogue["功能分类"] if len(code) == _LEVELS[0]]

    def label(self, dimension: str, value: str) -> str:
        """The printed label of a dimension value."""
        if dimension in _CLASSIFICATION:
            return self.subject(_CLASSIFICATION[dimension], value) or value
        return self._labels.get((dimension, value), value)


def with_parents(code: str) -> list[str]:
    """A code and the codes above it by level: 2050199 lies under 205 and 20501."""
    return [code[:length] for length in _LEVELS if length <= len(code)]


def nearest_code(code: str, known: Iterable[str]) -> str | None:
    """The code that may have been meant: as long, and in the same class (类), the same 款 first.

    A class is found by swapped or single wrong digits; a code below it never in another class. Of
    two as near, the one that is known last.
    """
    same_length = [each for each in known if len(each) == len(code)]
    for length in reversed([each for each in (0, *_LEVELS) if each < len(code)]):
        if length == 0 and len(code) > _LEVELS[0]:
            break
        near = [each for each in same_length if each.startswith(code[:length])]
        found = nearest_names(code, near, least=0.7 if length else 0.6)
        if found:
            return found[0]
    return None
