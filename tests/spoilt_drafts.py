"""Makes small drafts of every kind, and spoils drafts: bytes, numbers, elements, structure."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

import docx

KINDS = ("docx", "html", "txt", "pdf")
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NUMBERS = ("0", "-1", "9" * 18, "9" * 5000, "1e9", "²", "٣", "", "x", "65535", "4294967296")
_CELL = (
    "<w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge/></w:tcPr>"
    "<w:p><w:r><w:t>1.00</w:t></w:r></w:p></w:tc>"
)
_BODY = (
    "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='9'/></w:numPr></w:pPr>"
    "<w:r><w:t>职责</w:t><w:br/><w:t>负责教育。</w:t></w:r></w:p>"
    f"<w:tbl><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{_CELL * 3}</w:tr>"
    f"<w:tr>{_CELL}</w:tr></w:tbl>"
    "<w:p><w:ins w:id='1' w:author='甲'><w:r><w:t>增</w:t></w:r></w:ins>"
    "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText>"
    "<w:fldChar w:fldCharType='end'/></w:r></w:p>"
)
_NUMBERING = (
    "<w:abstractNum w:abstractNumId='9'><w:lvl w:ilvl='0'><w:start w:val='3'/>"
    "<w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl></w:abstractNum>"
    "<w:num w:numId='9'><w:abstractNumId w:val='9'/></w:num>"
)
_PAGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>"
    "<h1>第一部分<br>概况</h1><p>甲</p><ol start='3'><li value='5'>乙</li></ol>"
    "<table><tr><td colspan='2' rowspan='2'>项目</td><td>1</td></tr><tr><td>2</td></tr></table>"
    "<div><span>丙</span><p hidden>丁</p></div></body></html>"
)
_RELATED = ("header", "styles", "footnotes", "comments")
_TARGETS = (
    'Target="http://x.invalid/" TargetMode="External"',
    'Target="../NULL"',
    'Target="document.xml"',
)
_TEXT = (
    "第一部分 概况\n一、职责\n负责教育。\n项目\t金额\n合计\t1.00\n",
    "\n".join(["  收入      支出      合计"] + ["一、甲      1.00      2.00 二、乙     3.00"] * 12)
    + "\f尾\n",
)
_TOKEN = re.compile(rb"<[^>]{1,400}>")
_QUOTED = re.compile(rb"""(?<==)(["'])[^"']{0,60}\1""")


def made(kind: str) -> list[bytes]:
    """Small whole drafts of a kind."""
    match kind:
        case "docx":
            return [_docx()]
        case "html":
            return [_PAGE.encode(), _PAGE.replace("utf-8", "gbk").encode("gbk")]
        case "txt":
            return [text.encode() for text in _TEXT] + [_TEXT[0].encode("gb18030")]
        case _:
            return [_pdf()]


def _docx() -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉 2024年"
    document.sections[0].footer.paragraphs[0].text = "1"
    document.save(out)
    parts = unpacked(out.getvalue())
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:body>", b"<w:body>" + _BODY.encode()
    )
    for name in ("word/stylesWithEffects.xml", "word/theme/theme1.xml", "docProps/thumbnail.jpeg"):
        del parts[name]  # large, and of no use
    numbering = f"<w:numbering {_W}>{_NUMBERING}</w:numbering>"
    parts["word/numbering.xml"] = numbering.encode()
    return packed(parts)


def _pdf() -> bytes:
    from weasyprint import HTML

    return bytes(HTML(string="<p>Budget 1.00</p><table><tr><td>a<td>1</table>").write_pdf() or b"")


def unpacked(package: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """A package of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def spoilt(kind: str, whole: bytes, chance: random.Random) -> bytes:
    """A draft spoilt in one to four places."""
    content = whole
    for _ in range(chance.randint(1, 4)):
        if kind == "docx" and chance.random() < 0.9:
            content = _spoilt_package(content, chance)
        else:
            content = _spoilt_bytes(content, chance, marked=kind == "html")
    return content


def _spoilt_package(content: bytes, chance: random.Random) -> bytes:
    try:
        parts = unpacked(content)
    except Exception:  # it has been spoilt as bytes before
        return _spoilt_bytes(content, chance, marked=False)
    names = sorted(parts)
    name = chance.choice([*names, *["word/document.xml", "word/_rels/document.xml.rels"] * 4])
    if name not in parts:
        return content
    match chance.randrange(12):
        case 0:
            del parts[name]
        case 1:
            parts[name] = parts[chance.choice(names)]
        case 2:
            relation = f'<Relationship Id="x" Type="{_R}/{chance.choice(_RELATED)}" '
            relation += f"{chance.choice(_TARGETS)}/>"
            key = "word/_rels/document.xml.rels"
            parts[key] = parts.get(key, b"").replace(b"</Rel", relation.encode() + b"</Rel", 1)
        case _:
            parts[name] = _spoilt_bytes(parts[name], chance, marked=True)
    return packed(parts)


def _spoilt_bytes(content: bytes, chance: random.Random, *, marked: bool) -> bytes:
    ways: list[Callable[[bytes, random.Random], bytes]] = [_other_byte, _cut, _twice, _without]
    if marked:
        ways = [_other_number, _other_number, _element_gone, _element_twice, _nested, *ways]
    return chance.choice(ways)(content, chance) if content else content


def _other_byte(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _twice(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    piece = content[at : at + chance.randrange(1, 200)]
    return content[:at] + piece * chance.choice((2, 2, 50, 2000)) + content[at:]


def _without(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + content[at + chance.randrange(1, 40) :]


def _other_number(content: bytes, chance: random.Random) -> bytes:
    found = list(_QUOTED.finditer(content))
    if not found:
        return _other_byte(content, chance)
    match = chance.choice(found)
    number = chance.choice(_NUMBERS).encode()
    return content[: match.start()] + b'"' + number + b'"' + content[match.end() :]


def _element_gone(content: bytes, chance: random.Random) -> bytes:
    found = list(_TOKEN.finditer(content))
    if not found:
        return _without(content, chance)
    match = chance.choice(found)
    return content[: match.start()] + content[match.end() :]


def _element_twice(content: bytes, chance: random.Random) -> bytes:
    found = list(_TOKEN.finditer(content))
    if not found:
        return _twice(content, chance)
    match, other = chance.choice(found), chance.choice(found)
    return (
        content[: match.start()] + other[0] * chance.choice((1, 1, 300)) + content[match.start() :]
    )


def _nested(content: bytes, chance: random.Random) -> bytes:
    """A piece within elements of its own kind, many times."""
    found = [match for match in _TOKEN.finditer(content) if not match[0].startswith((b"</", b"<?"))]
    if not found:
        return _twice(content, chance)
    match = chance.choice(found)
    if match[0].endswith(b"/>"):
        return content[: match.start()] + match[0] * 3000 + content[match.end() :]
    name = re.split(rb"[\s>]", match[0][1:], maxsplit=1)[0]
    depth = chance.choice((5, 60, 1000))
    opened, closed = match[0] * depth, (b"</" + name + b">") * depth
    return content[: match.start()] + opened + b"x" + closed + content[match.start() :]
