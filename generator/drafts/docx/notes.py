"""What a Word draft prints outside its body: headers, footers, watermarks, notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from generator.core.text.patterns import late_pattern
from generator.drafts.docx.package import parse
from generator.drafts.docx.text import Element, W
from generator.drafts.safety.guard import part

if TYPE_CHECKING:
    from docx.document import Document

_VML_TEXT = "{urn:schemas-microsoft-com:vml}textpath"
_MARGINS = {"header": "页眉", "footer": "页脚"}
_NOTES = {"footnote": "脚注", "endnote": "尾注"}
_REFERENCES = {f"{W}{name}Reference": kind for name, kind in _NOTES.items()}
_PAGE_NUMBER = late_pattern(r"[\s\d\-—–―－~·./第页共（）()IVXivx]*")
_DELETED = {f"{W}del", f"{W}moveFrom"}


def parts_of_kind(document: Document, name: str) -> Iterator[tuple[str, Element]]:
    """The parts of a kind, such as ``header``, with their names."""
    for relation in document.part.rels.values():
        if relation.is_external or relation.reltype.rsplit("/", 1)[-1] != name:
            continue
        target: Any = relation.target_part
        with part(str(target.partname).lstrip("/")):
            element = getattr(target, "element", None)
            yield str(target.partname), parse(target.blob) if element is None else element


def headers_and_footers(document: Document) -> Iterator[tuple[str, str, Element]]:
    """The headers and footers: kind, name of the part, and root."""
    for name, kind in _MARGINS.items():
        for part_name, root in parts_of_kind(document, name):
            yield kind, part_name, root


def watermarks(root: Element) -> Iterator[str]:
    """The texts that are drawn across the pages of a header."""
    return (str(each.get("string", "")) for each in root.iter(_VML_TEXT))


def is_page_number(text: str) -> bool:
    """Whether a line of a header or footer only counts pages."""
    return _PAGE_NUMBER.fullmatch(text) is not None


class Notes:
    """The footnotes and endnotes of a document, each handed out where it is referred to."""

    def __init__(self, document: Document | None = None) -> None:
        self._notes: Mapping[tuple[str, str], Element] = dict(_notes(document) if document else ())
        self._counts = dict.fromkeys(_NOTES.values(), 0)
        self._told: set[tuple[str, str]] = set()

    def of(self, element: Element) -> Iterator[tuple[str, int, Element]]:
        """The notes that a paragraph or row refers to first: kind, number, and content."""
        if not self._notes:
            return
        for reference in element.iter(*_REFERENCES):
            key = _REFERENCES[str(reference.tag)], reference.get(f"{W}id", "")
            note = self._notes.get(key)
            if note is None or key in self._told or _is_deleted(reference):
                continue
            self._told.add(key)
            self._counts[key[0]] += 1
            yield key[0], self._counts[key[0]], note


def _notes(document: Document) -> Iterator[tuple[tuple[str, str], Element]]:
    for name, kind in _NOTES.items():
        for _, root in parts_of_kind(document, f"{name}s"):
            for note in root.iterchildren(f"{W}{name}"):
                yield (kind, note.get(f"{W}id", "")), note


def _is_deleted(reference: Element) -> bool:
    return any(iterancestor.tag in _DELETED for iterancestor in reference.iterancestors())
