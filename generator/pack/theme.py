"""The theme: fonts, sizes and margins, the single source for PDF and DOCX."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from generator.core.text.patterns import late_pattern
from generator.model.base import Flag, Model, Text

Millimetres = Annotated[float, Field(ge=0, le=500, allow_inf_nan=False)]
Points = Annotated[float, Field(ge=-1000, le=1000, allow_inf_nan=False)]
Size = Annotated[float, Field(ge=1, le=400, allow_inf_nan=False)]
"""The size of a font in points."""
Characters = Annotated[float, Field(ge=-100, le=100, allow_inf_nan=False)]

A4 = (210, 297)
"""Width and height of the paper in millimetres."""

_INDENT_PER_LEVEL = 5  # points; the same step as in the pack's CSS
_LEVEL = late_pattern(r"level-(\d)")
_NOT_INDENTED = {"code", "amount"}


def indent(classes: str | None) -> float:
    """How far the classes of a cell indent its text, in points: names, not codes and amounts."""
    level = _LEVEL.search(classes or "")
    if level is None or not _NOT_INDENTED.isdisjoint((classes or "").split()):
        return 0
    return _INDENT_PER_LEVEL * int(level[1])


class Align(StrEnum):
    """Horizontal alignment of a paragraph."""

    LEFT = "左"
    RIGHT = "右"
    CENTER = "居中"
    JUSTIFY = "两端"


class PageLayout(Model):
    """A page layout: margins in millimetres, and the sections it is for."""

    name: Annotated[Text, Field(pattern=r"^[a-z]+$")] = Field(alias="名")
    sections: tuple[Text, ...] = Field(default=(), alias="适用", description="section 的 class")
    landscape: Flag = Field(default=False, alias="横向")

    top: Millimetres = Field(alias="上")
    bottom: Millimetres = Field(alias="下")
    left: Millimetres = Field(alias="左")
    right: Millimetres = Field(alias="右")

    @property
    def text_width(self) -> float:
        """The width between the margins in millimetres."""
        return A4[1 if self.landscape else 0] - self.left - self.right


class Font(Model):
    """A typeface by role: what the PDF embeds and what a word processor asks for."""

    preferred: tuple[Text, ...] = Field(
        default=(), alias="优先", description="PDF 先用这些字体，装了哪一种用哪一种，按次序"
    )
    pdf: Text = Field(alias="pdf", description="优先的都没有装时 PDF 用的字体")
    docx: Text = Field(alias="docx")
    latin: Text | None = Field(default=None, alias="西文", description="DOCX 中数字和字母的字体")
    substitutes: Text = Field(alias="替换", description="DOCX 缺字体时依次替换，分号分开")

    @property
    def wanted(self) -> tuple[str, ...]:
        """What the PDF embeds: the first of these that is installed."""
        return *self.preferred, self.pdf

    @property
    def families(self) -> tuple[str, ...]:
        """The font list of the CSS: what the PDF embeds, then what a reader's own computer has."""
        return *dict.fromkeys((*self.wanted, self.docx)), "serif"


class Style(Model):
    """How one kind of paragraph is set; lengths in points, indents in characters."""

    selector: Annotated[
        Text, Field(pattern=r"^(table\.[a-z]+ )?[a-z][a-z0-9]*(\.[a-z][a-z0-9-]*)?$")
    ] = Field(alias="选择器")
    name: Annotated[Text, Field(max_length=40, pattern=r"^[^,;\"\\]+$")] | None = Field(
        default=None, alias="名", description="DOCX 里样式的名称；常用的选择器不必写"
    )
    font: Text = Field(alias="字体")
    size: Size = Field(alias="字号")
    bold: Flag = Field(default=False, alias="加粗")
    line: Size | None = Field(default=None, alias="行距")
    per_line: Annotated[int, Field(ge=5, le=100)] | None = Field(
        default=None, alias="每行字数", description="一行排满是多少字；版心略窄时字距略收"
    )
    first_line: Characters = Field(default=0, alias="首行缩进")
    indent_left: Characters = Field(default=0, alias="左缩进")
    indent_right: Characters = Field(default=0, alias="右缩进")
    before: Points = Field(default=0, alias="段前")
    after: Points = Field(default=0, alias="段后")
    align: Align = Field(default=Align.LEFT, alias="对齐")
    outline: int | None = Field(default=None, alias="大纲")

    @property
    def is_inherited(self) -> bool:
        """Whether it is said of the table and its cells inherit it (see the pack's CSS)."""
        return self.selector.endswith("td")


class PageNumber(Model):
    """How page numbers are set."""

    font: Text = Field(alias="字体")
    size: Size = Field(alias="字号")
    from_edge: Millimetres | None = Field(
        default=None, alias="距纸边", description="页码下沿到纸边的毫米数；不写在下边距正中"
    )


class Padding(Model):
    """Cell padding in points."""

    vertical: Points = Field(alias="上下")
    horizontal: Points = Field(alias="左右")


class Tighter(Model):
    """A step of tightening a table whose last rows would take a page of their own."""

    line: Annotated[float, Field(ge=1, le=3, allow_inf_nan=False)] = Field(
        alias="行距", description="字号的倍数"
    )
    vertical: Annotated[float, Field(ge=0, le=50, allow_inf_nan=False)] = Field(
        alias="上下", description="内边距，磅"
    )


class TableTheme(Model):
    """Rules and padding of tables, in points."""

    padding: Padding = Field(alias="内边距")
    rule: Points = Field(alias="线宽")
    smallest: Size = Field(
        default=7.5, alias="最小字号", description="金额放不下时，表内文字最小缩到多少磅"
    )
    words: tuple[Text, ...] = Field(
        default=(), alias="不拆的词", description="表头换行时不从中间断开的词；其余两字一断"
    )
    short: Annotated[int, Field(ge=0, le=1000)] = Field(
        default=0, alias="合页行数", description="不超过这么多行的表，与前后的短表同页"
    )
    upright: Flag = Field(
        default=False, alias="放得下就竖排", description="横向的表在竖排的页上放得下，就不用横页"
    )
    tighter: Annotated[tuple[Tighter, ...], Field(max_length=5)] = Field(
        default=(), alias="收紧", description="表尾只剩几行时逐步收紧，以少用一页"
    )


class Theme(Model):
    """theme.yaml of a pack."""

    pages: tuple[PageLayout, ...] = Field(alias="版面", min_length=1)
    fonts: dict[Text, Font] = Field(alias="字体")
    styles: tuple[Style, ...] = Field(alias="样式", min_length=1)
    page_number: PageNumber = Field(alias="页码")
    tighter_contents: Annotated[
        tuple[Annotated[float, Field(ge=1, le=3, allow_inf_nan=False)], ...], Field(max_length=5)
    ] = Field(
        default=(),
        alias="目录收紧",
        description="目录最后一页只有几行时，逐步收紧到的行距（字号的倍数），以少用一页",
    )
    table: TableTheme = Field(alias="表格")

    def style(self, tag: str, classes: str | None = None, table: str | None = None) -> Style:
        """The style of an element: the most particular that fits it, else the first.

        Args:
            tag: the element's name.
            classes: its class attribute.
            table: the class of the table it stands in, if any.
        """
        names = [*(f"{tag}.{each}" for each in (classes or "").split()), tag]
        candidates = [f"table.{table} {name}" for name in names if table] + names
        by_selector = {style.selector: style for style in self.styles}
        found = next((name for name in candidates if name in by_selector), None)
        return by_selector[found] if found is not None else self.styles[0]

    def exactly(self, selector: str) -> Style:
        """The style of a selector.

        Raises:
            KeyError: if the theme has none.
        """
        return {style.selector: style for style in self.styles}[selector]

    def letter_spacing(self, style: Style) -> float:
        """What comes between characters, in points, so that a full line has its number of them."""
        if style.per_line is None:
            return 0
        width = self.pages[0].text_width * 72 / 25.4
        return math.floor((width / style.per_line - style.size) * 100) / 100

    def page(self, classes: str | None) -> PageLayout:
        """The layout of a section by its class: the last that is for it, else the first."""
        names = (classes or "").split()
        fitting = [page for page in self.pages if set(page.sections) & set(names)]
        return fitting[-1] if fitting else self.pages[0]
