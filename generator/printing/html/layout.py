"""Makes a page of the document: landmarks, names for screen readers, tables that scroll.

The document that the PDF and the DOCX are printed from has none of this. Nothing here adds a word
to it: what is shown besides (links back to the top, a bar to search with) has no text in the tree,
so whoever reads the page as a document finds the document and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from lxml import etree

from generator.compose.document.tree import (
    CHART_DATA,
    HEADINGS,
    Element,
    heading_levels,
    spoken_name,
    text_of_element,
)
from generator.core.figures import Figure, FigureBook
from generator.core.numbers.format import MoneyUnit

MAIN = "main"
CONTENTS = "contents"
_UNITS_OF_MONEY = {unit.value: unit.yuan for unit in MoneyUnit}


def make_page(root: Element) -> None:
    """Turns a document's tree into that of a page; the tree is changed."""
    etree.strip_attributes(root, *CHART_DATA)
    head, body = root.findall("head")[0], root.findall("body")[0]
    viewport = {"name": "viewport", "content": "width=device-width, initial-scale=1"}
    head.append(etree.Element("meta", viewport))
    _name_headings(body)
    for table, heading in list(_tables(body)):
        _heads(table)
        _first_column(table)
        _scrolling(table, heading)
    _name_links(body)
    _landmarks(body)


def tell_values(root: Element, figures: FigureBook) -> None:
    """Writes the exact value of every number in one unit for money, 元, and names the unit.

    In the document a change has the unit that it is printed in, as 万元.
    """
    for element in root.iter("data"):
        address = element.get("data-figure", "")
        if address in figures:
            value, unit = in_one_unit(figures[address])
            element.set("value", f"{value:f}")
            element.set("data-unit", unit)


def in_one_unit(figure: Figure) -> tuple[Decimal, str]:
    """The exact value of a figure and its unit: 元 for all money."""
    factor = _UNITS_OF_MONEY.get(figure.unit)
    if factor is None:
        return figure.value, figure.unit
    return figure.value * factor, MoneyUnit.YUAN.value


def _name_headings(body: Element) -> None:
    """Names headings in full, for those who go from heading to heading: forms are all called alike.

    Every heading gets an anchor, and none is read more than one level below the one before it.
    """
    for number, (heading, level) in enumerate(heading_levels(body), 1):
        if heading.tag != f"h{level}":
            heading.set("aria-level", str(level))
        if heading.get("id") is None:
            heading.set("id", f"heading-{number}")
        name = spoken_name(heading)
        if name:
            heading.set("aria-label", name)


def _tables(body: Element) -> Iterator[tuple[Element, Element | None]]:
    """Every table that stands in no other, with the heading before it in its section."""
    heading, section = None, None
    for element in body.iter("section", "table", *HEADINGS):
        if element.tag == "table":
            if next(element.iterancestors("table"), None) is None:
                yield element, heading
        elif element.tag == "section":
            heading, section = None, element
        elif section is None or section in element.iterancestors("section"):
            heading = element


def _heads(table: Element) -> None:
    """Says which cells are heads, and of what."""
    for head in table.iter("th"):
        row_head = next(head.iterancestors("thead"), None) is None
        several = int(head.get("rowspan" if row_head else "colspan", "1")) > 1
        head.set("scope", ("row" if row_head else "col") + ("group" if several else ""))
    if table.find("thead/tr/th") is None:
        return
    for cell in table.iterfind("tbody/tr/td[@class]"):
        if "label" in cell.get("class", "").split() and text_of_element(cell).strip():
            cell.set("role", "rowheader")


def _first_column(table: Element) -> None:
    """Marks the cells of the first column, which stays where it is when a table scrolls."""
    for rows in table.iterchildren("thead", "tbody", "tfoot"):
        covered = 0
        """How many more rows a cell from above covers."""
        for row in rows.iterchildren("tr"):
            if covered:
                covered -= 1
                continue
            cell = next(row.iterchildren("td", "th"), None)
            if cell is not None:
                cell.set("class", f"{cell.get('class', '')} first".strip())
                covered = int(cell.get("rowspan", "1")) - 1


def _scrolling(table: Element, heading: Element | None) -> None:
    """Puts a table into a box that scrolls, by keys as well; both are named after the heading."""
    parent = table.getparent()
    if parent is None:
        return
    box = etree.Element("div", {"class": "scroll", "tabindex": "0", "role": "group"})
    parent.replace(table, box)
    box.append(table)
    box.tail, table.tail = table.tail, None
    for element in (box, table):
        if heading is None:
            element.set("aria-label", "表格")
        else:
            element.set("aria-labelledby", heading.get("id", ""))


def _name_links(body: Element) -> None:
    """Names links that have no text, as those to a page have, after what they lead to."""
    named = {
        heading.get("id"): heading.get("data-bookmark") or text_of_element(heading)
        for heading in body.iter(*HEADINGS)
    }
    for link in body.iter("a"):
        if not text_of_element(link).strip() and not link.get("aria-label"):
            link.set("aria-label", f"转到{named.get(link.get('href', '').removeprefix('#'), '')}")


def _landmarks(body: Element) -> None:
    """Parts a page into what stands before the contents, the contents, and the document itself."""
    contents = next((each for each in body if _is_contents(each)), None)
    children = list(body)
    front = children[: children.index(contents)] if contents is not None else []
    rest = children[len(front) + (contents is not None) :]
    if contents is not None:
        contents.set("id", contents.get("id", CONTENTS))
        contents.set("aria-label", "目录")
    header = etree.Element("header", {"class": "front"})
    main = etree.Element("main", {"id": MAIN})
    _move(front, header)
    _move(rest, main)
    to_main = etree.Element("nav", {"class": "skip", "aria-label": "跳过目录"})
    etree.SubElement(to_main, "a", {"href": f"#{MAIN}", "aria-label": "跳到正文"})
    back = etree.Element("nav", {"class": "back", "aria-label": "页内"})
    if contents is not None:
        link = {"href": f"#{contents.get('id')}", "class": "to-contents", "aria-label": "目录"}
        etree.SubElement(back, "a", link)
    etree.SubElement(back, "a", {"href": "#top", "class": "to-top", "aria-label": "回到顶部"})
    if len(header):
        body.insert(0, header)
    body.insert(0, to_main)
    body.extend([main, back])


def _is_contents(element: Element) -> bool:
    return element.tag == "nav" and "toc" in element.get("class", "").split()


def _move(elements: Iterable[Element], to: Element) -> None:
    for element in elements:
        to.append(element)
