"""Reads who publishes (单位信息) and 概况."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from generator.disclosure.disclosure import EntityKind
from generator.drafts.draft import Line, Paragraph
from generator.drafts.outline import Outline
from generator.drafts.wording import squeezed
from generator.importing.form_text import even
from generator.importing.reading import Reading
from generator.importing.section_text import line_text, words
from generator.pack.outline import Role

_OVERVIEW = (Role.DUTIES, Role.ORGANISATION)
_TITLE = re.compile(r"(\d{4})\s*年度?\s*(部门|单位)\s*预算公开")
_HEADING = re.compile(r"(\d{4})年度?(部门|单位)预算")
_ABOVE_TABLE = re.compile(r"(?:部门|单位)名称[:：]\s*(.+?)\s*(?:(?:金额)?单位[:：].*)?$")
_UNITS = re.compile(r"预算由(.+)等(\d+)个二级预算单位的预算组成。?$")


def import_entity(reading: Reading, outline: Outline) -> None:
    """Fills 单位信息 and 概况."""
    entity: dict[str, Any] = {"名称": _name(reading, outline)}
    entity |= _kind_and_year(reading, outline)
    reading.sections["单位信息"] = entity
    reading.sections["概况"] = _overview(reading, outline, entity)
    for role in _OVERVIEW:
        reading.use(*outline.about(role))
    reading.use(*_understood(reading, outline, entity["名称"]))


def _understood(reading: Reading, outline: Outline, name: str) -> Iterator[Paragraph]:
    """The lines of the cover that say no more than name, year and kind."""
    for line in outline.cover:
        rest = squeezed(_TITLE.sub("", words(line.text, reading.draft)))
        if rest in squeezed(name):
            yield line


def _name(reading: Reading, outline: Outline) -> str:
    """The name on the cover, held against the names above the tables."""
    cover = [_TITLE.sub("", words(line.text, reading.draft)).strip() for line in outline.cover]
    cover = [text for text in cover if text]
    above = Counter(
        words(match[1], reading.draft)
        for statement in outline.statements.values()
        for line in statement.above
        if (match := _ABOVE_TABLE.search(line.text))
    )
    spot = outline.cover[0].spot if outline.cover else None
    if not above:
        if len(cover) != 1:
            reading.doubt(("单位信息", "名称"), "封面上没有读到唯一的单位名称", spot)
        return cover[0] if cover else ""
    (usual, _), *_ = above.most_common(1)
    for text in (*cover, "".join(cover)):
        if squeezed(text) == squeezed(usual):
            return text
    message = f"封面上没有报表上方的单位名称“{usual}”，封面为“{' '.join(cover)}”"
    reading.doubt(("单位信息", "名称"), message, spot)
    return usual


def states_identity(outline: Outline) -> bool:
    """Whether the cover says of whom, of which kind and for which year the document is."""
    return bool(_TITLE.search("".join(line.text for line in outline.cover)))


def _kind_and_year(reading: Reading, outline: Outline) -> dict[str, str]:
    """类型 and 年度 from the cover, otherwise from the headings, which is a doubt."""
    cover = "".join(line.text for line in outline.cover)
    title = _TITLE.search(cover)
    if title is not None:
        return {"类型": title[2], "年度": title[1]}
    spot = outline.cover[0].spot if outline.cover else None
    message = "封面上没有读到“年度部门/单位预算公开”"
    for line in outline.headings:
        if heading := _HEADING.search(even(line.text)):
            reading.doubt(("单位信息", "年度"), f"{message}，取自“{line.text}”", line.spot)
            return {"类型": heading[2], "年度": heading[1]}
    reading.doubt(("单位信息",), message, spot)
    return {}


def _overview(reading: Reading, outline: Outline, entity: dict[str, Any]) -> dict[str, Any]:
    """职责 and 机构设置; the sentence that the names of the units generate is left out."""
    texts = {
        role: [text for line in outline.about(role) if (text := _words(reading, line))]
        for role in _OVERVIEW
    }
    overview: dict[str, Any] = {"职责": texts[Role.DUTIES]}
    organisation = texts[Role.ORGANISATION]
    if entity.get("类型") == EntityKind.DEPARTMENT.value:
        units = _units(reading, outline, organisation)
        if units:
            entity["二级预算单位"] = units
        if organisation == [_generated(entity, units)]:
            return overview
    if organisation:
        overview["机构设置"] = organisation
    return overview


def _words(reading: Reading, line: Line) -> str:
    return words(line_text(line), reading.draft)


def _units(reading: Reading, outline: Outline, organisation: list[str]) -> list[str]:
    lines = outline.about(Role.ORGANISATION)
    for line, text in zip(lines, organisation, strict=False):
        if match := _UNITS.search(text):
            units = _split(match[1])
            if len(units) != int(match[2]):
                message = f"原文说 {match[2]} 个二级预算单位，读到 {len(units)} 个"
                reading.doubt(("单位信息", "二级预算单位"), message, line.spot)
            return units
    spot = lines[0].spot if lines else None
    reading.doubt(("单位信息",), "没有读到二级预算单位的名单", spot)
    return []


def _split(names: str) -> list[str]:
    """Names between 、; one inside brackets belongs to a name."""
    return [name.strip() for name in re.split(r"、(?![^（(]*[）)])", names)]


def _generated(entity: dict[str, Any], units: list[str]) -> str:
    return (
        f"{entity['名称']}{entity.get('年度', '')}年度部门预算由"
        f"{'、'.join(units)}等{len(units)}个二级预算单位的预算组成。"
    )
