"""Whether the files of one name that stand side by side come from one build."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.asks import a_draft
from generator.checks.rule import Check, Outcome, Passed, Rule
from generator.core.findings import Location
from generator.pack.pack import Pack
from generator.reading.document import Origin, ReadDocument

_GROUP = "文件"

MIXED = Rule(
    "W784",
    "旁边的文件出自另一次生成",
    "本软件一次生成的 PDF、DOCX、HTML 和数字文件（.figures.json）属性里带同一个文件组标识；"
    "放在一起的同名文件，标识相同。别的软件另存的文件没有这个标识，不比。",
    "只换了其中一种格式，或生成时中断，会留下新旧混在一起的一套：公开的 PDF 和 Word 可能数字不同。",
    "几种格式一起重新生成一次；旧的移走",
    "预算公开审核惯例",
    asks=(a_draft,),
)
RULES = (MIXED,)


def _file_set(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    if document.origin is Origin.DATA:
        return
    names = document.facts.strangers
    if not names:
        yield Passed(MIXED.code)
        return
    yield MIXED.finding(
        f"旁边同名的 {'、'.join(names)} 与这个文件不是同一次生成的",
        Location(document.file),
        group=_GROUP,
        subjects=(f"{_GROUP}/文件组",),
    )


CHECKS: tuple[Check, ...] = (_file_set,)
