"""XML of a workbook's package, read piece by piece: names without their namespaces."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO

from lxml import etree

from generator.drafts.safety.limits import SAVE_AGAIN, TooMuchError, tree_bytes

_MOST_TREE_BYTES = 150 * 2**20

Element = etree._Element
"""lxml has no public name for its elements."""


class WorkbookPackage:
    """The parts of a package, by name whatever its case; each is read when it is asked for."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        entries = (entry for entry in archive.infolist() if not entry.is_dir())
        self._names = {_part_name(each.filename).casefold(): each.filename for each in entries}

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._names

    def names(self) -> list[str]:
        """The names of all parts."""
        return [_part_name(name) for name in self._names.values()]

    def opened(self, name: str) -> IO[bytes]:
        """A part to be read.

        Raises:
            KeyError: if there is none.
        """
        return self._archive.open(self._names[name.casefold()])

    def content(self, name: str) -> bytes:
        """All of a part."""
        with self.opened(name) as file:
            return file.read()

    def root(self, name: str) -> Element | None:
        """The tree of a small part; ``None`` if there is no such part.

        Raises:
            TooMuchError: if it is not small.
        """
        if name not in self:
            return None
        content = self.content(name)
        if tree_bytes(content) > _MOST_TREE_BYTES:
            raise TooMuchError(f"“{name}”里的标记多得不合常理", SAVE_AGAIN)
        return etree.fromstring(content, _PARSER)

    def relations(self, name: str) -> list[Mapping[str, str]]:
        """The relationships of a part: Id, Type, and Target as the name of a part."""
        folder, file = posixpath.split(name)
        root = self.root(posixpath.join(folder, "_rels", f"{file}.rels"))
        return [_relation(folder, element) for element in root] if root is not None else []


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)


def _part_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def _relation(folder: str, element: Element) -> dict[str, str]:
    found = {str(key): str(value) for key, value in element.attrib.items()}
    if found.get("TargetMode") != "External":
        target = found.get("Target", "").replace("\\", "/")
        found["Target"] = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return found


def local(element: Element) -> str:
    """The name of an element without its namespace; ``""`` of what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute_of(element: Element, name: str) -> str:
    """An attribute by its name without its namespace."""
    if (found := element.get(name)) is not None:
        return found
    pairs = element.attrib.items()
    return next((str(value) for key, value in pairs if str(key).endswith(f"}}{name}")), "")


def is_true(element: Element, name: str) -> bool:
    """Whether an attribute that is true or false is true."""
    return element.get(name, "").lower() in ("1", "true", "on")


def streamed(file: IO[bytes], *names: str) -> Iterator[Element]:
    """The elements with certain names, each when it is complete; what was passed is forgotten.

    Raises:
        etree.XMLSyntaxError: if the part is damaged.
    """
    tags = [f"{{*}}{name}" for name in names]
    for _, element in etree.iterparse(
        file, events=("end",), tag=tags, resolve_entities=False, no_network=True
    ):
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def text_of_string(element: Element) -> str:
    """The text of a string of a workbook: its runs, without the reading of characters."""
    pieces = []
    for child in element:
        name = local(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces += [each.text or "" for each in child if local(each) == "t"]
    return "".join(pieces)
