"""Reads who publishes (单位信息) and 概况."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from generator.core.dates import usual_words
from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Line, Paragraph
from generator.drafts.parts.outline import DraftOutline
from generator.drafts.words.text import folded, squeezed
from generator.drafts.words.units import table_line
from generator.importing.facts.cover import Cover, date_in_line, read_cover
from generator.importing.facts.specimen import UNITS, Made, Specimen, of_units
from generator.importing.facts.told import HeldSections
from generator.importing.forms.text import even
from generator.importing.reading import ImportResult
from generator.importing.section_text import line_text, words
from generator.importing.table_words import kind_by_titles
from generator.model.disclosure import EntityKind
from generator.pack.outline import Role

_OVERVIEW = (Role.DUTIES, Role.ORGANISATION)
_TITLE = late_pattern(r"(\d{4})\s*年度?\s*[市区县]?级?\s*(部门|单位)\s*预算(?:公开)?")
_HEADING = late_pattern(r"(\d{4})年度?(部门|单位)预算")
_YEAR_OF_TABLE = late_pattern(r"(20\d\d)年")
_HEAD_ROWS = 2
"""Rows of a table that may be its head."""
_KIND_AND_YEAR = ("类型", "年度")
_COUNT = late_pattern(r"\D?(\d{1,4})[个家]")


def import_entity(reading: ImportResult, outline: DraftOutline, made: Made) -> None:
    """Fills 单位信息 and 概况."""
    reading.sections["概况"] = _overview(reading, outline)
    for role in _OVERVIEW:
        reading.use(*outline.about(role))
    _published(reading, outline, made)
    cover = read_cover(outline, made)
    above = set(map(squeezed, _names_above(reading, outline)))
    if cover is not None and (not above or squeezed(cover.name) in above):
        entity: dict[str, Any] = {"名称": words(cover.name, reading.draft)}
        entity |= _kind(reading, outline, cover) | {"年度": cover.year}
        for (section, key), text in cover.texts.items():
            reading.sections.setdefault(str(section), {})[key] = words(text, reading.draft)
        reading.use(*outline.cover)
    else:  # it says more than the pack's, or the lines above the tables name somebody else
        entity = {"名称": _name(reading, outline)} | _kind_and_year(reading, outline, made)
        reading.use(*_understood(reading, outline, entity["名称"]))
    reading.sections["单位信息"] = entity


def _kind(reading: ImportResult, outline: DraftOutline, cover: Cover) -> dict[str, str]:
    """类型, if anything of the draft tells it."""
    if cover.kind is not None:
        return {"类型": cover.kind.value}
    message = "封面、各节和报表的标题都没有写明是部门还是单位，写上“类型: 部门”或“类型: 单位”"
    reading.doubt(("单位信息", "类型"), message, outline.cover[0].spot)
    return {}


def _published(reading: ImportResult, outline: DraftOutline, made: Made) -> None:
    """公开日期: the date on the cover or above the tables, in the words of the data.

    A line with another date than the first is doubted.
    """
    pattern = made.pack.settings.date
    if pattern is None:
        return
    above = [line for statement in outline.statements.values() for line in statement.above]
    texts = [
        *((line, line.text) for line in (*outline.cover, *above)),
    ]
    days = [(line, day) for line, text in texts if (day := date_in_line(text, pattern))]
    if not days:
        return
    published = days[0][1]
    reading.sections.setdefault("公开方式", {})["公开日期"] = usual_words(published)
    for line, day in days:
        if day != published:
            message = f"这里的日期是{usual_words(day)}，别处是{usual_words(published)}"
            reading.doubt(("公开方式", "公开日期"), message, line.spot)
    reading.use(*(line for line, day in days if day == published and line in outline.cover))


def _understood(reading: ImportResult, outline: DraftOutline, name: str) -> Iterator[Paragraph]:
    """The lines of the cover that say no more than name, year and kind."""
    for line in outline.cover:
        rest = squeezed(_TITLE.sub("", words(line.text, reading.draft)))
        if rest in squeezed(name) or squeezed(table_line(line.text).name) == squeezed(name):
            yield line


def _name(reading: ImportResult, outline: DraftOutline) -> str:
    """The name on the cover, held against the names above the tables."""
    cover = [_TITLE.sub("", words(line.text, reading.draft)).strip() for line in outline.cover]
    cover = [text for text in cover if text]
    above = _names_above(reading, outline)
    spot = outline.cover[0].spot if outline.cover else None
    if not above:
        if len(cover) != 1:
            reading.doubt(("单位信息", "名称"), "封面上没有读到唯一的单位名称", spot)
        return cover[0] if cover else ""
    (usual, _), *_ = above.most_common(1)
    labelled = (table_line(text).name for text in cover)  # 预算单位：某某中心
    for text in (*cover, *labelled, "".join(cover)):
        if squeezed(text) == squeezed(usual):
            return text
    message = f"封面上没有报表上方的单位名称“{usual}”，封面为“{' '.join(cover)}”"
    if not cover:
        message = "没有封面，取自报表上方的单位名称"
    reading.doubt(("单位信息", "名称"), message, spot)
    return usual


def _names_above(reading: ImportResult, outline: DraftOutline) -> Counter[str]:
    """The names above the tables, and how often each stands there."""
    return Counter(
        words(name, reading.draft)
        for statement in outline.statements.values()
        for line in statement.above
        if (name := table_line(line.text).name)
    )


def states_identity(outline: DraftOutline) -> bool:
    """Whether the cover says of whom, of which kind and for which year the document is."""
    return bool(_TITLE.search("".join(line.text for line in outline.cover)))


def _kind_and_year(reading: ImportResult, outline: DraftOutline, made: Made) -> dict[str, str]:
    """类型 and 年度 from the cover, otherwise from headings or tables, which is a doubt."""
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
    told = _told_by_tables(outline, made)
    for key in told:
        reading.doubt(("单位信息", key), f"{message}，取自报表的标题和表头", spot)
    if len(told) < len(_KIND_AND_YEAR):
        reading.doubt(("单位信息",), message, spot)
    return told


def _told_by_tables(outline: DraftOutline, made: Made) -> dict[str, str]:
    """类型 as the titles of the tables tell it, 年度 if they name one year and no other."""
    kind = kind_by_titles(outline.statements, made.pack.statements)
    years = {
        year
        for statement in outline.statements.values()
        for text in (
            statement.title,
            *(cell for row in statement.rows[:_HEAD_ROWS] for cell in row.cells),
        )
        for year in _YEAR_OF_TABLE.findall(text)
    }
    told = (kind.value if kind else "", years.pop() if len(years) == 1 else "")
    return {key: value for key, value in zip(_KIND_AND_YEAR, told, strict=True) if value}


def _overview(reading: ImportResult, outline: DraftOutline) -> dict[str, Any]:
    """职责 and 机构设置 in the words of the draft."""
    texts = {
        role: [text for line in outline.about(role) if (text := _words(reading, line))]
        for role in _OVERVIEW
    }
    overview: dict[str, Any] = {"职责": texts[Role.DUTIES]}
    return overview | ({"机构设置": found} if (found := texts[Role.ORGANISATION]) else {})


def import_units(reading: ImportResult, outline: DraftOutline, made: Made) -> None:
    """Fills 二级预算单位 of a department.

    The sentence that these names generate is left out of 机构设置, if nothing else stands there.
    """
    entity = reading.sections["单位信息"]
    if entity.get("类型") != EntityKind.DEPARTMENT.value:
        return
    specimen = of_units(made)
    section = outline.format.outline.of(Role.ORGANISATION)
    if specimen and not any(specimen.slots_in(each.text) for each in specimen.section(section)):
        return  # the place does not name them there
    units = _units(reading, outline, specimen)
    if not units:
        lines = outline.about(Role.ORGANISATION)
        spot = lines[0].spot if lines else None
        reading.doubt(("单位信息",), "没有读到二级预算单位的名单", spot)
        return
    entity["二级预算单位"] = units
    printed = of_units(made, units)
    generated = printed.section(outline.format.outline.of(Role.ORGANISATION)) if printed else ()
    overview = reading.sections["概况"]
    own = overview.get("机构设置", [])
    if list(map(folded, own)) == [folded(passage.text) for passage in generated]:
        del overview["机构设置"]


def _words(reading: ImportResult, line: Line) -> str:
    return words(line_text(line), reading.draft)


def _units(reading: ImportResult, outline: DraftOutline, specimen: Specimen | None) -> list[str]:
    """The names in the place where the pack prints those of the units, and how many it says."""
    section = outline.format.outline.of(Role.ORGANISATION)
    found = HeldSections(outline, specimen, [section]).texts.get(UNITS) if specimen else None
    if found is None:
        return []
    units = _split(words(found.words, reading.draft))
    stated = _COUNT.match(found.following)
    if stated and int(stated[1]) != len(units):
        message = f"原文说 {stated[1]} 个二级预算单位，读到 {len(units)} 个"
        reading.doubt(("单位信息", "二级预算单位"), message, found.spot)
    return units


def _split(names: str) -> list[str]:
    """Names between 、; one inside brackets belongs to a name."""
    return [name.strip() for name in re.split(r"、(?![^（(]*[）)])", names)]
