"""The shared catalogue of subjects (政府收支分类科目): codes and their names."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from generator.core.findings import Finding, UnusableInputError, has_errors
from generator.core.resources import CATALOGUE
from generator.load.validation import validate
from generator.load.yaml.tree import read_yaml
from generator.model.base import Model, Text


class SubjectList(Model):
    """One classification: names by code, and the codes not yet read in an original."""

    title: Text = Field(alias="分类")
    source: Text = Field(alias="来源")
    names: dict[str, Text] = Field(alias="科目")
    unread: tuple[str, ...] = Field(default=(), alias="未见原文")


class Catalogue(Model):
    """The three classifications a disclosure uses. Incomplete: names change by year."""

    functional: SubjectList = Field(alias="功能分类")
    department_economic: SubjectList = Field(alias="部门预算支出经济分类")
    government_economic: SubjectList = Field(alias="政府预算支出经济分类")

    def name(self, classification: str, code: str) -> str | None:
        """The name of a code in one of the classifications."""
        lists: dict[str, SubjectList] = dict(self.items())
        return lists[classification].names.get(code)


_FILES = {
    "功能分类": "functional.yaml",
    "部门预算支出经济分类": "economic-department.yaml",
    "政府预算支出经济分类": "economic-government.yaml",
}


def load_catalogue(folder: Path) -> tuple[Catalogue | None, list[Finding]]:
    """Reads the catalogue; ``None`` where a file of it cannot be used."""
    lists: dict[str, SubjectList] = {}
    findings: list[Finding] = []
    for key, name in _FILES.items():
        source = read_yaml(folder / name)
        part = validate(SubjectList, source.data, source) if source.data is not None else None
        findings.extend(source.findings)
        if part is not None:
            lists[key] = part
    if len(lists) < len(_FILES):
        return None, findings
    return Catalogue.model_validate(lists), findings


def open_catalogue() -> Catalogue:
    """Loads the catalogue that comes along.

    Raises:
        UnusableInputError: with every problem of its files.
    """
    catalogue, findings = load_catalogue(CATALOGUE)
    if catalogue is None or has_errors(findings):
        raise UnusableInputError(findings)
    return catalogue
