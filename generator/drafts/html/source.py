"""Opens an HTML file: its encoding, and what makes it unusable."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from lxml import etree, html

from generator.core.text.patterns import late_pattern
from generator.drafts.safety.limits import (
    MAX_TEXT_BYTES,
    MAX_TREE_BYTES,
    check_size,
    damaged,
    refuse,
    tree_bytes,
)

_SAVE_AGAIN = "用浏览器打开后另存，或换一份文件"
_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_CHINESE = "gb18030"
"""Holds GB 2312 and GBK; pages that declare those often use more characters."""
_TAG = late_pattern(r"<\s*/?[A-Za-z!]")
_BINARY = late_pattern("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def html_tree(path: Path) -> etree._Element:
    """The tree of an HTML file, without comments.

    Raises:
        UnusableInputError: E102, E602, E603, E605 or E606.
    """
    check_size(path, MAX_TEXT_BYTES)
    text = _decoded(path)
    if not text.strip():
        refuse("E605", "文件是空的", "换一份文件", path)
    if _BINARY.search(text) or not _TAG.search(text):
        damaged(path, "内容不是 HTML")
    if re.search(r"<!ENTITY", text, re.IGNORECASE):
        refuse("E606", "文件声明了 XML 实体", _SAVE_AGAIN, path)
    if tree_bytes(text.encode(errors="ignore")) > MAX_TREE_BYTES:
        refuse("E602", "标签多得不合常理", _SAVE_AGAIN, path)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        damaged(path, "不是完整的 HTML 文件")
    if any("xcessive depth" in entry.message for entry in parser.error_log):
        refuse("E602", "标签嵌套的层数不合常理", _SAVE_AGAIN, path)
    return root


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    read = (_as(content, encoding) for encoding in _encodings(content))
    text = next((text for text in read if text is not None), None)
    if text is None:
        damaged(path, "文字编码无法识别")
    return text


def _as(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _encodings(content: bytes) -> list[str]:
    """The encodings to try: what the file begins with, what it declares, what is common."""
    marked = [name for mark, name in _BOMS.items() if content.startswith(mark)]
    if marked:
        return marked
    declared = _CHARSET.search(content[:_DECLARED_WITHIN])
    chinese = declared is not None and declared[1].lower().startswith(b"gb")
    return [_CHINESE, "utf-8"] if chinese else ["utf-8", _CHINESE]
