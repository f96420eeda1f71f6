"""The theme: fonts, sizes and margins, the single source for PDF and DOCX."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from generator.disclosure.base import Flag, Model, Text


class Align(StrEnum):
    """Horizontal alignment of a paragraph."""

    LEFT = "左"
    RIGHT = "右"
    CENTER = "居中"
    JUSTIFY = "两端"


class Margins(Model):
    """Page margins in millimetres."""

    top: float = Field(alias="上")
    bottom: float = Field(alias="下")
    left: float = Field(alias="左")
    right: float = Field(alias="右")


class Font(Model):
    """A typeface by role: what the PDF embeds and what a word processor asks for."""

    pdf: Text = Field(alias="pdf")
    docx: Text = Field(alias="docx")
    substitutes: Text = Field(alias="替换", description="DOCX 缺字体时依次替换，分号分开")


class Style(Model):
    """How one kind of paragraph is set; lengths in points, indents in characters."""

    selector: Annotated[Text, Field(pattern=r"^[a-z][a-z0-9]*(\.[a-z][a-z0-9-]*)?$")] = Field(
        alias="选择器"
    )
    font: Text = Field(alias="字体")
    size: float = Field(alias="字号")
    bold: Flag = Field(default=False, alias="加粗")
    line: float | None = Field(default=None, alias="行距")
    first_line: float = Field(default=0, alias="首行缩进")
    indent_left: float = Field(default=0, alias="左缩进")
    indent_right: float = Field(default=0, alias="右缩进")
    before: float = Field(default=0, alias="段前")
    after: float = Field(default=0, alias="段后")
    align: Align = Field(default=Align.LEFT, alias="对齐")
    outline: int | None = Field(default=None, alias="大纲")


class PageNumber(Model):
    """How page numbers are set."""

    font: Text = Field(alias="字体")
    size: float = Field(alias="字号")


class Padding(Model):
    """Cell padding in points."""

    vertical: float = Field(alias="上下")
    horizontal: float = Field(alias="左右")


class TableTheme(Model):
    """Rules and padding of tables, in points."""

    padding: Padding = Field(alias="内边距")
    rule: float = Field(alias="线宽")


class Theme(Model):
    """theme.yaml of a pack."""

    margins: Margins = Field(alias="页边距")
    wide_margins: Margins = Field(alias="横向页边距")
    fonts: dict[Text, Font] = Field(alias="字体")
    styles: tuple[Style, ...] = Field(alias="样式")
    page_number: PageNumber = Field(alias="页码")
    table: TableTheme = Field(alias="表格")

    def style(self, tag: str, classes: str | None = None) -> Style:
        """The style of an element: the one for its tag and class, else for its tag."""
        for name in (*(f"{tag}.{each}" for each in (classes or "").split()), tag):
            for style in self.styles:
                if style.selector == name:
                    return style
        raise KeyError(tag)
