"""Opens the package of a Word file, also those that only Word itself takes as they are.

Word opens templates, files of the strict variant of the format and files whose relationships
lead nowhere; python-docx does not. Such a package is put right in memory before it is opened.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from generator.drafts.docx.text import Element
from generator.drafts.safety.guard import part

if TYPE_CHECKING:
    from docx.document import Document

Parts = Mapping[str, bytes]

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_MAIN = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml\.template"
    rb"|ms-word\.(?:document|template)\.macroEnabled(?:Template)?)\.main\+xml"
)
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)((?:/\w+)?)")
_RENAMED = {
    b"extendedProperties": b"extended-properties",
    b"customProperties": b"custom-properties",
}
_TYPES = "[Content_Types].xml"
_MACROS = "/vbaProject"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)


def read_parts(path: Path) -> Parts:
    """The parts of a package by name, as :func:`check_package` has let them pass."""
    with zipfile.ZipFile(path) as package:
        return {
            entry.filename.replace("\\", "/").lstrip("/"): package.read(entry)
            for entry in package.infolist()
            if not entry.is_dir()
        }


def open_document(parts: Parts) -> Document:
    """Opens a package whose parts were read.

    Raises:
        Exception: whatever the libraries raise at a package that is none.
    """
    import docx

    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as stored:
        for name, content in _mended(parts).items():
            stored.writestr(zipfile.ZipInfo(name), content)
    package.seek(0)
    return docx.Document(package)


def parse(content: bytes) -> Element:
    """The tree of a part that python-docx keeps as bytes."""
    return etree.fromstring(content, _PARSER)


def relations(parts: Parts, name: str) -> list[Element]:
    """The relationships of a part, as they stand in its package."""
    folder, file = posixpath.split(name)
    content = parts.get(posixpath.join(folder, "_rels", f"{file}.rels"))
    return [] if content is None else list(parse(_transitional(content)).iter(_RELATION))


def _mended(parts: Parts) -> Parts:
    mended = {}
    for name, content in parts.items():
        with part(name):
            mended[name] = _mended_part(parts, name, content)
    return mended


def _mended_part(parts: Parts, name: str, content: bytes) -> bytes:
    if name == _TYPES:
        return _OTHER_MAIN.sub(_MAIN.encode(), content)
    if name.endswith(".rels"):
        return _leading_somewhere(parts, name, _transitional(content))
    return _transitional(content) if name.endswith(".xml") else content


def _transitional(content: bytes) -> bytes:
    """XML of the strict variant with the namespaces of the usual one."""
    return _STRICT.sub(_usual_name, content) if b"purl.oclc.org" in content else content


def _usual_name(match: re.Match[bytes]) -> bytes:
    area, name, rest = match.groups()
    name = _RENAMED.get(name, name)
    rest = b"/" + _RENAMED.get(rest[1:], rest[1:]) if rest else b""
    return b"http://schemas.openxmlformats.org/" + area + b"/2006/" + name + rest


def _leading_somewhere(parts: Parts, name: str, content: bytes) -> bytes:
    """Relationships without those to parts that are not in the package, and to macros.

    A document without macros may not hold any, and what is read is never run.
    """
    root = parse(content)
    source = posixpath.dirname(posixpath.dirname(name))
    known = {each.casefold(): each for each in parts}
    changed = False
    for relation in list(root.iter(_RELATION)):
        target = relation.get("Target", "")
        if relation.get("TargetMode") == "External":
            continue
        found = known.get(_resolved(source, target).casefold())
        if found is None or relation.get("Type", "").endswith(_MACROS):
            root.remove(relation)
        elif found != _resolved(source, target):
            relation.set("Target", f"/{found}")  # names of parts do not tell cases apart
        else:
            continue
        changed = True
    return etree.tostring(root) if changed else content


def _resolved(source: str, target: str) -> str:
    path = unquote(target.partition("#")[0]).replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", source, path)).lstrip("/")
