"""The shared catalogue of subjects (政府收支分类科目): codes, names, years, and the texts read.

A file has a line a subject (``2013901 行政运行 I 2024-``): code, name, the letters of the sources
in which it was read, and the first and last budget year if it has not always been there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from generator.core.findings import Finding, UnusableInputError, has_errors
from generator.core.memo import Memory, Same, memo
from generator.core.resources import CATALOGUE
from generator.core.text.patterns import late_pattern
from generator.load.validation import validate
from generator.load.yaml.tree import Tree, read_yaml
from generator.model.base import Model, Text

FIRST_YEAR, LAST_YEAR = "2024", "2026"
"""The budget years of the catalogue; what ended before them is a former code or name."""
_LINES = late_pattern(
    r"^([0-9]{3}(?:[0-9]{2}){0,2}) (\S*[^A-Za-z\s]\S*)(?: ([A-Za-z]+))?"
    r"(?: ([0-9]{4})?-([0-9]{4})?)?$",
    re.MULTILINE,
)
_EXAMPLE = "写成“编码 名称 来源 起止年”，例：2013901 行政运行 A 2024-"


class Subject(NamedTuple):
    """A subject as one line states it; ``""`` for years that are not limited."""

    code: str
    name: str
    sources: str
    since: str
    until: str

    @property
    def is_former(self) -> bool:
        """Whether it ended before the years of the catalogue."""
        return self.until != "" and self.until < FIRST_YEAR


@memo()
def _subjects_of(lines: str) -> tuple[Subject, ...]:
    """The subjects that lines state; what is no such line is left out."""
    return tuple(map(Subject._make, _LINES.findall(lines)))


class SubjectList(Model):
    """One classification: its subjects, and the texts in which they were read."""

    title: Text = Field(alias="分类")
    sources: dict[str, Text] = Field(alias="来源")
    old_sources: str = Field(default="", alias="旧目录")
    """Letters of the sources that are older than the names of today, and confirm none of them."""
    lines: Text = Field(alias="科目")

    @model_validator(mode="after")
    def _is_well_formed(self) -> Self:
        lines = self.lines.splitlines()
        if len(self.subjects) < len(lines):
            wrong = next(line for line in lines if not _LINES.fullmatch(line))
            raise PydanticCustomError(
                "subject", "“{line}”不是一个科目", {"line": wrong, "remedy": _EXAMPLE}
            )
        for subject in self.subjects:
            if not self.sources.keys() >= set(subject.sources):
                raise PydanticCustomError(
                    "subject",
                    "科目 {subject} 的来源 {sources} 没有在“来源”里列出",
                    {
                        "subject": subject.code,
                        "sources": subject.sources,
                        "remedy": "在“来源”里写明",
                    },
                )
        return self

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """Everything that is listed, in the order of codes, former names too."""
        return _subjects_of(self.lines)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names by code, in the order of codes, of all that is not former."""
        return {subject.code: subject.name for subject in self.subjects if not subject.is_former}

    @cached_property
    def unread(self) -> frozenset[str]:
        """The codes whose names of today were read in no text: they may be wrong."""
        return frozenset(
            subject.code
            for subject in self.subjects
            if not subject.is_former and not self.is_confirmed(subject)
        )

    def of(self, code: str) -> list[Subject]:
        """All that a code is and was, the name of today last."""
        return [subject for subject in self.subjects if subject.code == code]

    def is_confirmed(self, subject: Subject) -> bool:
        """Whether a subject was read in a text that is not older than the names of today."""
        return subject.sources.strip(self.old_sources) != ""

    def confirmed_last(self) -> list[str]:
        """The codes, those that were read in a text last: of two as likely the last is taken."""
        return sorted(self.names, key=lambda code: code not in self.unread)


class Catalogue(Model):
    """The three classifications a disclosure uses."""

    functional: SubjectList = Field(alias="功能分类")
    department_economic: SubjectList = Field(alias="部门预算支出经济分类")
    government_economic: SubjectList = Field(alias="政府预算支出经济分类")

    def list_of(self, classification: str) -> SubjectList:
        """One of the classifications, by its Chinese name."""
        lists: dict[str, SubjectList] = dict(self.items())
        return lists[classification]

    def name(self, classification: str, code: str) -> str | None:
        """The name of a code in one of the classifications."""
        return self.list_of(classification).names.get(code)


_FILES = {
    "功能分类": "functional.yaml",
    "部门预算支出经济分类": "economic-department.yaml",
    "政府预算支出经济分类": "economic-government.yaml",
}


def load_catalogue(folder: Path) -> tuple[Catalogue | None, list[Finding]]:
    """Reads the catalogue; ``None`` if a file of it cannot be used."""
    sources = {key: read_yaml(folder / name) for key, name in _FILES.items()}
    told = any(source.findings for source in sources.values())
    # what is remembered of a file is the same object
    content = tuple(Same(source.data) for source in sources.values())
    known = None if told else _LOADED.get(content)
    if known is not None:
        return known, []
    lists = {
        key: part
        for key, source in sources.items()
        if source.data is not None and (part := validate(SubjectList, source.data, source))
    }
    findings = [finding for source in sources.values() for finding in source.findings]
    if len(lists) < len(_FILES):
        return None, findings
    catalogue = Catalogue.model_validate(lists)
    return catalogue if findings else _LOADED.put(content, catalogue), findings


_LOADED = Memory[tuple[Same[Tree], ...], Catalogue](__name__, most=4)
"""The last catalogues, by what their files held."""


def open_catalogue() -> Catalogue:
    """Loads the catalogue that comes along.

    Raises:
        UnusableInputError: with every problem of its files.
    """
    catalogue, findings = load_catalogue(CATALOGUE)
    if catalogue is None or has_errors(findings):
        raise UnusableInputError(findings)
    return catalogue
