"""Reads the published texts (``drafts/*.txt``) and the lists of their extraction noise.

A draft is the text a program took out of a published PDF: cells are set apart by
tabs, a page break is a blank line in the middle of a table, and there is noise.
Two kinds of noise are told apart:

* what the rules even out, for drafts and printed files alike: :func:`normal` and
  :func:`in_fixed_order`; and, for drafts alone, the marks of headings and bold
  type that the extraction added (``##``, ``**``, ``<b>``);
* everything else, one by one, in ``drafts/noise-<sample>.yaml``. An entry says
  where (处), what the draft has (原文), what stands for it (应为) and why (原因),
  and 次数 where it is found more than once. An entry that finds nothing, or more
  than it says, is stale.

In an entry 「|」 is the edge of a cell and a line break ends a row: 「|合计|」 is a
whole cell, 「||」 an empty one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import yaml

from tests.readers import Grid, Item, squeeze

FOLDER = Path(__file__).parent / "drafts"
EVERYWHERE = "全文"
EDGE = "|"

_HALF_WIDTH = str.maketrans("，；：（）！？％＞＜＝＋／", ",;:()!?%><=+/")
_MARKUP = re.compile(r"^#+ |\*\*|</?b>")
_CONTENTS_LINE = re.compile(r"\|(.+?)\.*\|\d+\|")
_TABLE = re.compile(r"(表[一二三四五六七八九十]+)(.+)")
_LABEL = re.compile(r"(预算|部门)公开表\d+")
_CHAPTER = re.compile(r"第.部分(?:\d+年度?(?:部门|单位)预算)?(.+)")
_SECTION = re.compile(r"([一二三四五六七八九十]+)、.+")
_FORM = re.compile(r"[^|]*(整体支出绩效目标申报表|项目支出绩效目标表)")
_OVERALL_FORM, _PROJECT_FORM = "整体绩效目标表", "项目绩效目标表"
_NAMES = re.compile(r"(?<=主要包括:)[^。;]+?(?=等[。;])")


def normal(text: str) -> str:
    """Text as it is compared.

    * White space goes: the extraction puts it where a line wrapped and between
      Han characters, and in these texts it tells nothing apart.
    * Full- and half-width punctuation are the same: 「，」 and 「,」, 「（」 and 「(」.
    """
    return squeeze(text).translate(_HALF_WIDTH)


def in_fixed_order(text: str) -> str:
    """Text with the names between 「主要包括：」 and 「等」 sorted.

    The published text of 六 lists the subjects in no order that the tables know;
    ours follow 表六. They are compared as sets.
    """
    return _NAMES.sub(lambda names: "、".join(sorted(names[0].split("、"))), text)


@dataclass(frozen=True)
class Noise:
    """One thing the extraction got wrong, and what stands for it."""

    place: str
    found: str
    meant: str
    reason: str
    times: int = 1


@dataclass(frozen=True)
class Part:
    """A part of the draft: the lines under one heading, the heading among them."""

    name: str
    lines: list[str]

    @property
    def heading(self) -> str:
        return self.lines[0]

    @property
    def items(self) -> list[Item]:
        """Its texts and tables in order; the pieces a page break made of a table are one."""
        items: list[Item] = []
        for in_table, lines in groupby(self.lines, lambda line: line.startswith(EDGE)):
            if in_table:
                items.append(Grid([line[1:-1].split(EDGE) for line in lines]))
            else:
                items.append("".join(lines))
        return items


@dataclass(frozen=True)
class Draft:
    """A published text: its contents without page numbers, its parts, the noise that misfits."""

    contents: list[str]
    parts: list[Part]
    stale: list[str]

    @property
    def statements(self) -> list[Part]:
        """The thirteen tables, each with its label, title, name, unit and note."""
        return [part for part in self.parts if part.name.startswith("表")]

    @property
    def texts(self) -> list[Part]:
        """The parts that are not tables or forms."""
        return [
            part for part in self.parts if part not in self.statements and part not in self.forms
        ]

    @property
    def forms(self) -> list[Part]:
        """The forms of performance goals."""
        return [part for part in self.parts if part.name.startswith((_OVERALL_FORM, _PROJECT_FORM))]


def noise(name: str) -> list[Noise]:
    """The list of a sample's extraction noise."""
    text = (FOLDER / f"noise-{name}.yaml").read_text(encoding="utf-8")
    return [
        Noise(entry["处"], entry["原文"], entry["应为"], entry["原因"], entry.get("次数", 1))
        for entry in yaml.safe_load(text)
    ]


@cache
def published(name: str) -> Draft:
    """A sample's draft, mended."""
    return read_draft(name, noise(name))


def read_draft(name: str, entries: Sequence[Noise]) -> Draft:
    """Reads a sample's draft and mends it by a list of noise."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    lines, stale = _mended(EVERYWHERE, [_line(line) for line in text.split("\n")], entries)
    contents, lines = _contents(lines)
    parts = []
    for part in _parts(contents, lines):
        mended, misfits = _mended(part.name, part.lines, entries)
        parts.append(Part(part.name, mended))
        stale += misfits
    places = {EVERYWHERE, *(part.name for part in parts)}
    stale += [f"{entry.place}：没有这一处" for entry in entries if entry.place not in places]
    return Draft(contents, parts, stale)


def _line(text: str) -> str:
    """A line as it is compared; in a row every cell between edges."""
    cells = [normal(_MARKUP.sub("", cell)) for cell in text.split("\t")]
    return cells[0] if len(cells) == 1 else EDGE + EDGE.join(cells) + EDGE


def _mended(
    place: str, lines: Sequence[str], entries: Sequence[Noise]
) -> tuple[list[str], list[str]]:
    """Mends a place; returns its lines without the blank ones, and the entries that misfit."""
    text = "\n".join(line for line in lines if line)
    stale = []
    for entry in entries:
        if entry.place == place:
            found, meant = _as_lines(entry.found), _as_lines(entry.meant)
            times = text.count(found)
            if times != entry.times:
                stale.append(f"{place}「{entry.found}」：有 {times} 处，所列 {entry.times} 处")
            text = text.replace(found, meant)
    return [line for line in text.split("\n") if line], stale


def _as_lines(text: str) -> str:
    return "\n".join(normal(line) for line in text.split("\n"))


def _contents(lines: list[str]) -> tuple[list[str], list[str]]:
    """Takes the table of contents out of the lines; its rows are a title and a page number."""
    start = end = lines.index("目录") + 1
    while _CONTENTS_LINE.fullmatch(lines[end]):
        end += 1
    contents = [_CONTENTS_LINE.sub(r"\1", line) for line in lines[start:end]]
    return contents, lines[:start] + lines[end:]


def _parts(contents: list[str], lines: list[str]) -> Iterator[Part]:
    """Cuts the lines at the headings that the table of contents names, and at the forms."""
    wanted = iter(_named(contents))
    heading, following = next(wanted)
    name, forms = "封面", 0
    part: list[str] = []
    for line in lines:
        if line == heading:
            starts = following
            heading, following = next(wanted, ("", ""))
        elif _FORM.fullmatch(line):
            forms += 1
            overall = line.endswith("申报表")
            starts = _OVERALL_FORM if overall else f"{_PROJECT_FORM}{forms}"
        else:
            part.append(line)
            continue
        label = [part.pop()] if _LABEL.fullmatch(part[-1]) else []
        yield Part(name, part)
        name, part = starts, [*label, line]
    yield Part(name, part)
    assert not heading, f"没有找到标题：{heading}"


def _named(contents: list[str]) -> Iterator[tuple[str, str]]:
    """The headings in order, each with a short name for its part: 情况说明六, 表二."""
    chapter = section = ""
    for entry in contents:
        if match := _TABLE.fullmatch(entry):
            yield match[2], match[1]
        elif match := _CHAPTER.fullmatch(entry):
            chapter = match[1]
            yield entry, chapter
        elif match := _SECTION.fullmatch(entry):
            section = chapter + match[1]
            yield entry, section
        else:
            yield entry, section + entry[:3].translate(str.maketrans("()", "（）"))
