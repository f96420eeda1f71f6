"""One row of the check sheet, and which findings belong to it."""

from __future__ import annotations

from types import MappingProxyType

from msgspec import Struct

from generator.core.findings import Location
from generator.pack.sheet import CONTENTS, OVERALL_FORM, PROJECT_FORMS

DOUBLE_NAMES = MappingProxyType(
    {
        CONTENTS: ("目录页码",),
        OVERALL_FORM: ("整体",),
        PROJECT_FORMS: ("项目支出绩效目标表",),
    }
)
"""What findings call these parts besides."""


class ReadLine(Struct, frozen=True):
    """A paragraph or table row as read, with its place."""

    text: str
    place: Location


class SheetRow(Struct, frozen=True):
    """A part or table of a document, as the check sheet lists it.

    Attributes:
        title: what people call it.
        groups: what findings in it have for their group, or what that begins with.
        found: whether the document has it.
        required: whether every document of its format has it.
        tables: the numbers of the statements in it.
        lines: its paragraphs and table rows, if they are needed to tell what belongs to it.
    """

    title: str
    groups: tuple[str, ...] = ()
    found: bool = True
    required: bool = True
    tables: tuple[str, ...] = ()
    lines: tuple[ReadLine, ...] = ()
