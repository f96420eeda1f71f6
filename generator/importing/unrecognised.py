"""An import of a document of another format: only what was surely read, and no pretence."""

from __future__ import annotations

from generator.core.findings import Finding, Location, UnusableInputError
from generator.drafts.parts.outline import DraftOutline
from generator.drafts.parts.recognition import Recognition
from generator.drafts.workbook.named import is_workbook
from generator.importing.facts.entity import states_identity
from generator.importing.reading import ImportResult
from generator.pack.outline import Role

_TAKEN_OVER = (Role.DUTIES, Role.ORGANISATION)
_IDENTITY, _OVERVIEW, _CHECKED, _FORMAT = "单位信息", "概况", "核对", "格式"
_MOST_REASONS = 5


def keep_what_was_read(
    reading: ImportResult, outline: DraftOutline, recognition: Recognition
) -> None:
    """Leaves in an import what was read, and says once that the format is another one.

    Everything that a section of the data format lacks would otherwise be a doubt of its own,
    and sections would stand there empty. What stands in the document and was not read stays one.
    """
    if not states_identity(outline):
        reading.sections.pop(_IDENTITY, None)
        reading.disuse(*outline.cover)
    overview = reading.sections.get(_OVERVIEW, {})
    reading.sections[_OVERVIEW] = {key: texts for key, texts in overview.items() if texts}
    reading.sections = {key: content for key, content in reading.sections.items() if content}
    taken = [line for role in _TAKEN_OVER for line in outline.about(role)]
    reading.disuse(*(line for lines in outline.sections.values() for line in lines))
    reading.use(*taken)
    reading.doubts = [
        doubt
        for doubt in reading.doubts
        if doubt.path[0] in reading.sections.keys() - {_CHECKED}
        or (doubt.spot and doubt.path[0] not in (_IDENTITY, _CHECKED))
    ]
    reading.doubt((_FORMAT,), f"{recognition.verdict}：{recognition.found}")


def refuse_nothing(reading: ImportResult, recognition: Recognition) -> None:
    """Refuses an import of which nothing can become data.

    Raises:
        UnusableInputError: E764.
    """
    if any(section for section in reading.sections.values()):
        return
    reasons = [f"{doubt.message}（{doubt.spot}）" for doubt in reading.doubts if doubt.spot]
    why = "；".join((f"{recognition.verdict}；{recognition.found}", *reasons[:_MOST_REASONS]))
    remedy = (
        "用 --pack 指定这个地方的模板包；没有的，按 docs/template-packs.md 做一个，或按 "
        "docs/data-format.md 录入"
    )
    if is_workbook(reading.draft.file):
        remedy += "；是一行一笔的明细清单的，表头要有功能科目、项目或经济科目、金额这样的列名"
    finding = Finding(
        "E764",
        f"没有可以写成数据的内容：{why}",
        remedy,
        Location(reading.draft.file),
    )
    raise UnusableInputError([finding])
