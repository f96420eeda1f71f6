"""Loads a template pack from its folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, Field

from generator.disclosure.base import Flag, Model, Text
from generator.disclosure.disclosure import FormPosition
from generator.findings import Finding, Place, UnusableInputError, has_errors
from generator.load.validation import validate
from generator.load.yaml_tree import SourceTree, read_yaml
from generator.pack.checks import Relation, RelationFile, read_relations
from generator.pack.phrases import Phrases
from generator.pack.places import Places, check_places
from generator.pack.theme import Theme
from generator.statements.definition import StatementDefinition
from generator.statements.lint import lint

M = TypeVar("M", bound=BaseModel)


class NumberSettings(Model):
    """How a place prints numbers where practice differs."""

    least_share: Decimal = Field(
        default=Decimal(0), alias="占比省略下限", description="五（二）里小于此数（%）的占比不印"
    )


class Comparison(Model):
    """A figure that the text compares with last year's, by their addresses."""

    current: Text = Field(alias="本年")
    prior: Text = Field(alias="上年")


class PackSettings(Model):
    """pack.yaml of a pack."""

    name: Text = Field(alias="名称")
    statements: Text = Field(default="statements", alias="报表", description="报表定义所在的子目录")
    form_position: FormPosition = Field(default=FormPosition.APPENDIX, alias="绩效目标表位置")
    form_index: Flag = Field(default=True, alias="绩效目标表索引")
    texts: dict[Text, Text] = Field(default_factory=dict, alias="文字")
    summary: dict[Text, Text] = Field(
        default_factory=dict, alias="摘要", description="名称: 数字地址"
    )
    comparisons: dict[Text, Comparison] = Field(default_factory=dict, alias="比较")
    numbers: NumberSettings = Field(default_factory=NumberSettings, alias="数字")


class Term(Model):
    """An entry of the glossary (名词解释)."""

    term: Text = Field(alias="名词")
    meaning: Text = Field(alias="解释")


class Glossary(Model):
    """glossary.yaml of a pack; the file is a plain list."""

    terms: tuple[Term, ...] = Field(alias="名词解释")


@dataclass(frozen=True, slots=True)
class Pack:
    """A template pack, loaded and checked."""

    folder: Path
    settings: PackSettings
    theme: Theme
    theme_source: SourceTree
    statements: tuple[StatementDefinition, ...]
    glossary: tuple[Term, ...]
    phrases: Phrases = field(default_factory=Phrases)
    relations: tuple[Relation, ...] = ()
    places: Places = field(default_factory=Places)


def load_pack(folder: Path) -> Pack:
    """Loads a pack.

    Raises:
        UnusableInputError: with every problem found in the pack's files.
    """
    if not (folder / "pack.yaml").is_file():
        remedy = "用 --pack 给出模板包目录，或检查 templates/ 下的名称"
        raise UnusableInputError(
            [Finding("E301", "没有这个模板包，或其中没有 pack.yaml", remedy, Place(folder))]
        )
    findings: list[Finding] = []
    settings = _read(folder / "pack.yaml", PackSettings, findings)
    theme_source = read_yaml(folder / "theme.yaml")
    theme = _validated(theme_source, Theme, findings)
    glossary = _read(folder / "glossary.yaml", Glossary, findings)
    statements_folder = folder / (settings.statements if settings else "statements")
    statements = [
        _read(file, StatementDefinition, findings)
        for file in sorted(statements_folder.glob("*.yaml"))
    ]
    findings.extend(_same_numbers(statements_folder, statements))
    phrases_file = folder / "checks" / "phrases.yaml"
    phrases = _read(phrases_file, Phrases, findings) if phrases_file.is_file() else Phrases()
    loaded = tuple(statement for statement in statements if statement is not None)
    relations = _relations(folder / "checks" / "relations.yaml", loaded, findings)
    places = _places(folder / "checks" / "places.yaml", loaded, findings)
    if settings is None or theme is None or glossary is None or has_errors(findings):
        raise UnusableInputError(findings)
    return Pack(
        folder,
        settings,
        theme,
        theme_source,
        loaded,
        glossary.terms,
        phrases=phrases or Phrases(),
        relations=relations,
        places=places,
    )


def _relations(
    file: Path, statements: Sequence[StatementDefinition], findings: list[Finding]
) -> tuple[Relation, ...]:
    """The reconciliations; not read where a statement that they may speak of could not be."""
    if not file.is_file() or has_errors(findings):
        return ()
    source = read_yaml(file)
    loaded = validate(RelationFile, source.data, source) if source.data is not None else None
    relations = read_relations(loaded, statements, source) if loaded is not None else ()
    findings.extend(source.findings)
    return relations


def _places(
    file: Path, statements: Sequence[StatementDefinition], findings: list[Finding]
) -> Places:
    """Where the statements hold what the text speaks of; nothing where no file says so."""
    if not file.is_file() or has_errors(findings):
        return Places()
    source = read_yaml(file)
    loaded = validate(Places, source.data, source) if source.data is not None else None
    if loaded is not None:
        check_places(loaded, statements, source)
    findings.extend(source.findings)
    return loaded or Places()


def _same_numbers(
    folder: Path, statements: Sequence[StatementDefinition | None]
) -> Iterator[Finding]:
    numbers = Counter(statement.number for statement in statements if statement is not None)
    for number, times in numbers.items():
        if times > 1:
            message = f"有 {times} 个报表定义的表号都是“{number}”"
            yield Finding("E304", message, "给每张表不同的表号", Place(folder))


def _read(file: Path, model: type[M], findings: list[Finding]) -> M | None:
    return _validated(read_yaml(file), model, findings)


def _validated(source: SourceTree, model: type[M], findings: list[Finding]) -> M | None:
    loaded = validate(model, source.data, source) if source.data is not None else None
    if isinstance(loaded, StatementDefinition):
        source.findings.extend(lint(loaded, source))
    findings.extend(source.findings)
    return loaded
