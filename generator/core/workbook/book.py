"""What every workbook that is written has: texts that stay texts, its date, pages to print."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from msgspec import Struct
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from generator.core.clock import publication_time

A4, A3 = 9, 8
"""Paper by the numbers of Excel."""
_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
"""What stands for the date of a file that has none: the same bytes every time."""
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def new_workbook(target: io.BytesIO, **properties: str) -> Workbook:
    """A workbook that says when it was made; texts are text, whatever they begin with.

    Args:
        target: gets the content once the workbook is closed.
        properties: what the file says of itself: title, subject, author.
    """
    book = Workbook(target, _OPTIONS)
    created = (publication_time() or _NO_DATE).replace(tzinfo=None)
    book.set_properties({**properties, "created": created})
    return book


class PageSetup(Struct, frozen=True):
    """How a sheet is printed: all columns on a page, as many pages as the rows take.

    Attributes:
        margins: left, right, top and bottom, in inches.
        footer: in the notation of Excel.
    """

    margins: tuple[float, float, float, float]
    footer: str
    paper: int = A4
    landscape: bool = False
    centred: bool = False


def set_up_page(sheet: Worksheet, page: PageSetup) -> None:
    """Sets a sheet up for print, and shows it without the lines of the grid."""
    sheet.set_paper(page.paper)
    if page.landscape:
        sheet.set_landscape()
    left, right, top, bottom = page.margins
    sheet.set_margins(left, right, top, bottom)
    if page.centred:
        sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(page.footer)
    sheet.hide_gridlines(2)
