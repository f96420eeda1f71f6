"""What a pack says of the check sheet (检查情况表) that reviewers hand back: checks/sheet.yaml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pydantic import Field

from generator.compute.statements.definition import StatementDefinition
from generator.core.findings import Finding
from generator.load.yaml.tree import Path_ as Path
from generator.load.yaml.tree import SourceTree
from generator.model.base import Model, Text
from generator.pack.outline import Heading, Outline, Role

COVER, CONTENTS, ANNEX = "封面", "目录", "附件"
OVERALL_FORM, PROJECT_FORMS = "整体绩效目标表", "绩效目标表"
BESIDE = (COVER, CONTENTS, ANNEX, OVERALL_FORM, PROJECT_FORMS)
"""What a document has besides the parts of its outline and its statements."""
_REMEDY = "按 docs/template-packs.md“检查情况表”一节的写法改正"


class SheetRowDefinition(Model):
    """A row of the sheet: what it is called, and the parts and statements that it is about."""

    content: Text = Field(alias="内容")
    parts: tuple[Text, ...] = Field(
        alias="部分", min_length=1, description="outline.yaml 里的“名”、表号，或封面、目录、附件"
    )


class SheetDefinition(Model):
    """checks/sheet.yaml of a pack; rows that are not written follow from its outline."""

    title: Text | None = Field(default=None, alias="标题")
    signatures: tuple[Text, ...] = Field(
        default=(), alias="签字", description="表末签字的栏，如 检查人、复核人、日期"
    )
    rows: tuple[SheetRowDefinition, ...] = Field(default=(), alias="行")


def check_sheet(
    sheet: SheetDefinition,
    outline: Outline,
    statements: Sequence[StatementDefinition],
    source: SourceTree,
) -> None:
    """Adds E304 to the source for names that the pack does not have, and parts without a row."""
    numbers = [statement.number for statement in statements]
    known = {*outline.by_id, *numbers, *BESIDE}
    named = Counter(part for row in sheet.rows for part in row.parts)
    for number, row in enumerate(sheet.rows):
        for index, part in enumerate(row.parts):
            path = ("行", number, "部分", index)
            if part not in known:
                _report(source, path, f"outline.yaml 里没有“{part}”，也没有这张报表")
            elif named[part] > 1:
                _report(source, path, f"“{part}”写了 {named[part]} 次")
    if sheet.rows:
        for part in _left_out(outline, numbers, set(named)):
            _report(source, ("行",), f"“{part}”没有列在哪一行")


def _report(source: SourceTree, path: Path, message: str) -> None:
    source.findings.append(Finding("E304", message, _REMEDY, source.place(path)))


def _left_out(outline: Outline, numbers: Sequence[str], named: set[str]) -> Iterator[str]:
    """The parts and statements that no row covers: by itself, what is above, or all below it."""

    def below(heading: Heading) -> Iterator[str]:
        if heading.id in named:
            return
        if heading.role is Role.STATEMENTS:
            yield from (number for number in numbers if number not in named)
        elif heading.sections:
            for section in heading.sections:
                yield from below(section)
        else:
            yield heading.id

    for part in outline.parts:
        yield from below(part)
