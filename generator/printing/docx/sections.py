"""Page layout of the DOCX: sections, page numbers, the review mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from generator.compose.document.tree import Element
from generator.pack.theme import A4, PageLayout, Theme
from generator.printing.docx.markup import NAMESPACES, field, mm_twips, text_run
from generator.printing.docx.style_names import FOOTER, HEADER, SECTION_END

_MM_PER_POINT = 25.4 / 72
_LINE = 1.3
"""The height of a line of page numbers, as a multiple of their size, about."""

_VML = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"'
)


@dataclass(frozen=True, slots=True)
class Start:
    """How a section of the document starts: what ends before it, whether it starts a page."""

    ending: str
    breaks_page: bool


class SectionLayout:
    """Follows the sections of a document; those of the DOCX end where the page layout changes."""

    def __init__(
        self, theme: Theme, header: str, footer: str, page_numbers: Mapping[str, int]
    ) -> None:
        """Begins before the first section.

        Args:
            theme: the theme.
            header: the reference to the running head.
            footer: the reference to the page number.
            page_numbers: the page of each heading in the PDF.
        """
        self._numbers = page_numbers
        self._page_before: int | None = None
        self.page = theme.pages[0]
        self._theme = theme
        self._header, self._footer = header, footer
        self._first = True
        self._front = True  # cover and contents, which have no page numbers
        self._pending: tuple[int | None, str] = None, ""  # first number and footer, said once

    def start(self, section: Element) -> Start:
        """Goes on to the next section; from then on ``page`` is its layout."""
        names = (section.get("class") or "").split()
        before, self.page = self.page, self._theme.page(section.get("class"))
        first, self._first = self._first, False
        goes_on = "continued" in names or ("together" in names and self._shares_page(section))
        self._page_before = self._page_of(section)
        if "start" in names:  # cover and contents end here, numbering begins
            self._front, self._pending = False, (1, self._footer)
            ending = section_xml(self._theme, before, header=self._header)
            return Start(_ending(ending), breaks_page=False)
        if self.page is not before:
            return Start(_ending(self._section_xml(before)), breaks_page=False)
        return Start("", breaks_page=not first and not goes_on)

    def _shares_page(self, section: Element) -> bool:
        """Whether a short table stands on the page of the one before, as it does in the PDF."""
        page = self._page_of(section)
        return page is not None and page == self._page_before

    def _page_of(self, section: Element) -> int | None:
        """The page of a section's last heading."""
        pages = (self._numbers.get(each.get("id", "")) for each in section.iter("h1", "h2"))
        return next((page for page in reversed(list(pages)) if page is not None), None)

    def last(self) -> str:
        """The ``w:sectPr`` that ends the body."""
        if self._front:
            self._pending = None, self._footer
        return self._section_xml(self.page)

    def _section_xml(self, page: PageLayout) -> str:
        (number, footer), self._pending = self._pending, (None, "")
        return section_xml(self._theme, page, start=number, footer=footer)


def _ending(properties: str) -> str:
    """Closes a section with a paragraph too small to see."""
    return f'<w:p><w:pPr><w:pStyle w:val="{SECTION_END}"/>{properties}</w:pPr></w:p>'


def text_width(page: PageLayout) -> int:
    """The width between the margins in twips."""
    return mm_twips(page.text_width)


def section_xml(
    theme: Theme, page: PageLayout, *, start: int | None = None, footer: str = "", header: str = ""
) -> str:
    """A ``w:sectPr``; without a footer or header reference those of the section before go on."""
    width, height = (A4[1], A4[0]) if page.landscape else A4
    turned = ' w:orient="landscape"' if page.landscape else ""
    numbering = f'<w:pgNumType w:start="{start}"/>' if start is not None else ""
    margins = " ".join(
        f'w:{side}="{mm_twips(size)}"'
        for side, size in (
            ("top", page.top),
            ("right", page.right),
            ("bottom", page.bottom),
            ("left", page.left),
            ("header", page.top / 2),
            ("footer", _footer_distance(theme, page)),
        )
    )
    return (
        f'<w:sectPr>{header}{footer}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{mm_twips(width)}" w:h="{mm_twips(height)}"{turned}/>'
        f'<w:pgMar {margins} w:gutter="0"/>{numbering}</w:sectPr>'
    )


def _footer_distance(theme: Theme, page: PageLayout) -> float:
    """From page number to paper edge in millimetres: as the theme says, else halfway."""
    if theme.page_number.from_edge is not None:
        return theme.page_number.from_edge
    line = theme.page_number.size * _LINE * _MM_PER_POINT
    return max((page.bottom - line) / 2, 0)


def footer_xml() -> str:
    """The footer with the page number, as a part."""
    number = text_run("— ") + field("PAGE", "1") + text_run(" —")
    style = f'<w:pPr><w:pStyle w:val="{FOOTER}"/></w:pPr>'
    return f"<w:ftr {NAMESPACES}><w:p>{style}{number}</w:p></w:ftr>"


def watermark_xml(theme: Theme, text: str) -> str:
    """A header that prints a mark across every page, as a part."""
    font = theme.fonts["黑体"].docx
    shape = (
        '<v:shape id="review-mark" o:spid="_x0000_s2049" type="#_x0000_t136" '
        f"alt={quoteattr(text)} "
        'style="position:absolute;margin-left:0;margin-top:0;width:400pt;height:66pt;'
        "rotation:325;z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="silver" stroked="f">'
        '<v:fill opacity=".5"/>'
        f'<v:textpath style="font-family:&quot;{font}&quot;;font-size:1pt" '
        f"string={quoteattr(text)}/>"
        "</v:shape>"
    )
    kind = (
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
        '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
        '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" '
        'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/><o:lock v:ext="edit" text="t" shapetype="t"/>'
        "</v:shapetype>"
    )
    return (
        f'<w:hdr {NAMESPACES} {_VML}><w:p><w:pPr><w:pStyle w:val="{HEADER}"/></w:pPr>'
        f"<w:r><w:pict>{kind}{shape}</w:pict></w:r></w:p></w:hdr>"
    )
