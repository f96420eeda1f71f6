"""Changes one character of a document and asks whether a comparison names the place.

A file is changed in its text, in whatever form it is kept: the lines of a text, the text nodes of
an HTML page, the runs of a Word document. A PDF is changed as it is read: its lines are kept, and
one of them is changed, because writing the file anew for every change would cost minutes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from unittest.mock import patch

from lxml import etree

from generator.compare import side as sides
from generator.compare.compare import compare_sides
from generator.compare.difference import Difference
from generator.compare.side import Side, side_of_draft
from generator.compare.text.differences import looks
from generator.core.records import replace
from generator.drafts.draft import Block, Draft, Paragraph, Row, Table
from generator.drafts.parts import signposts
from generator.drafts.read import read_draft
from generator.drafts.words.text import folded
from generator.pack.pack import Pack

_HAN = "甲乙丙丁戊己庚辛壬癸子丑寅卯"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_AROUND = 3
_NO_CONTENT = frozenset({"页码", "图片页"})


@dataclass(frozen=True)
class Change:
    """A character that was replaced: the text it stands in, before and after."""

    before: str
    after: str
    at: int

    def __str__(self) -> str:
        start = max(0, self.at - 12)
        return f"{self.before[start : self.at + 12]!r} → {self.after[start : self.at + 12]!r}"

    def named_by(self, found: Sequence[Difference]) -> bool:
        """Whether a difference shows the text with the change, on either side."""
        start, end = max(0, self.at - _AROUND), self.at + _AROUND + 1
        whole = looks(self.before), looks(self.after)
        near = looks(self.before[start:end]), looks(self.after[start:end])
        return any(_shows(each, whole, near) for each in found)


def _shows(found: Difference, whole: tuple[str, str], near: tuple[str, str]) -> bool:
    said = looks(found.ours), looks(found.theirs)
    context = looks(found.what)
    for text, text_near, words in zip(whole, near, said, strict=True):
        if words and (words in text or text_near in words):
            return True
    return bool(context) and (near[0] in context or near[1] in context)


def replacement(sign: str, random: Random) -> str:
    """Another character of the same kind; ``""`` where a change would be no change of content."""
    if sign.isdigit() and sign.isascii():
        return random.choice([each for each in "123456789" if each != sign])
    if "一" <= sign <= "鿿":
        return random.choice([each for each in _HAN if each != sign])
    return ""


def _changed(text: str, random: Random) -> Change | None:
    places = [at for at, sign in enumerate(text) if replacement(sign, random)]
    if not places:
        return None
    at = random.choice(places)
    return Change(text, text[:at] + replacement(text[at], random) + text[at + 1 :], at)


class Document:
    """A file whose single characters can be changed."""

    def __init__(self, file: Path, pack: Pack) -> None:
        self.file = file
        self._pack = pack
        self.side = side_of_draft(file, pack)
        self._kind = file.suffix
        self._bytes = file.read_bytes()
        self._draft = read_draft(file) if self._kind == ".pdf" else None

    def equals_itself(self) -> bool:
        """Whether no change makes no difference."""
        return compare_sides(self.side, self.side, self._pack).equal

    def misses(self, seeds: Sequence[int], folder: Path) -> Iterator[str]:
        """The changes that no difference names."""
        for seed in seeds:
            random = Random(seed)  # noqa: S311 - the same changes in every run
            made = self._made(random, folder / f"变{self._kind}")
            if made is None:
                continue
            change, theirs = made
            comparison = compare_sides(self.side, theirs, self._pack)
            found = comparison.differences(folded=True)
            if not change.named_by(found) or comparison.equal:
                told = [(str(each.kind), each.what, each.ours, each.theirs) for each in found[:3]]
                yield f"{self.file.name} {seed}：{change}：{told}"

    def _made(self, random: Random, file: Path) -> tuple[Change, Side] | None:
        if self._draft is not None:
            changed = _changed_draft(self._draft, random)
            if changed is None:
                return None
            change, draft = changed
            with _read_as(draft):
                return change, side_of_draft(self.file, self._pack)
        changes = {".txt": _in_text, ".html": _in_html, ".docx": _in_word}
        written = changes[self._kind](self._bytes, random)
        if written is None:
            return None
        change, content = written
        file.write_bytes(content)
        return change, side_of_draft(file, self._pack)


def _in_text(content: bytes, random: Random) -> tuple[Change, bytes] | None:
    lines = content.decode("utf-8").split("\n")
    numbers = [n for n, line in enumerate(lines) if line.strip(" -—|=_\t")]
    number = random.choice(numbers)
    pieces = lines[number].split("\t")
    filled = [n for n, piece in enumerate(pieces) if piece.strip()]
    if signposts.CONTENTS_LINE.fullmatch(folded(lines[number])):
        filled.pop()  # a page number is the layout's
    piece = random.choice(filled)
    change = _changed(pieces[piece], random)
    if change is None:
        return None
    pieces[piece] = change.after
    lines[number] = "\t".join(pieces)
    return change, "\n".join(lines).encode()


def _in_html(content: bytes, random: Random) -> tuple[Change, bytes] | None:
    root = etree.HTML(content, etree.HTMLParser(encoding="utf-8"))
    nodes = [
        (element, part)
        for element in root.iter()
        if isinstance(element.tag, str) and not _is_hidden(element)
        for part in ("text", "tail")
        if (getattr(element, part) or "").strip()
    ]
    element, part = random.choice(nodes)
    change = _changed(getattr(element, part), random)
    if change is None:
        return None
    setattr(element, part, change.after)
    return change, etree.tostring(root, encoding="utf-8", method="html")


def _is_hidden(element: etree._Element) -> bool:
    hidden = ("script", "style", "title", "desc", "head")
    return element.tag in hidden or next(element.iterancestors(*hidden), None) is not None


def _in_word(content: bytes, random: Random) -> tuple[Change, bytes] | None:
    archive = zipfile.ZipFile(io.BytesIO(content))
    root = etree.fromstring(archive.read("word/document.xml"))
    nodes = [
        node
        for node in root.iter(f"{_W}t")
        if (node.text or "").strip() and not _is_page_number(node)
    ]
    node = random.choice(nodes)
    change = _changed(node.text or "", random)
    if change is None:
        return None
    node.text = change.after
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as copy:
        for item in archive.infolist():
            whole = etree.tostring(root) if item.filename == "word/document.xml" else None
            copy.writestr(item, archive.read(item) if whole is None else whole)
    return change, written.getvalue()


def _is_page_number(node: etree._Element) -> bool:
    """Whether a run is the result of a PAGEREF, which is the layout's."""
    paragraph = next(node.iterancestors(f"{_W}p"))
    codes = "".join(code.text or "" for code in paragraph.iter(f"{_W}instrText"))
    return "PAGEREF" in codes and (node.text or "").strip().isdigit()


def _changed_draft(draft: Draft, random: Random) -> tuple[Change, Draft] | None:
    """A draft of which one line is another; what is no content stays."""
    lines = [
        line
        for line in draft.lines()
        if not (isinstance(line, Paragraph) and line.aside in _NO_CONTENT)
    ]
    line = random.choice(lines)
    cells = line.cells if isinstance(line, Row) else (line.text,)
    filled = [n for n, cell in enumerate(cells) if cell.strip()]
    if not filled:
        return None
    number = random.choice(filled)
    text = cells[number]
    if isinstance(line, Paragraph) and "...." in text:
        text = text.rstrip("0123456789")  # a page number is the layout's
    change = _changed(text, random)
    if change is None:
        return None
    after = change.after + cells[number][len(text) :]
    new: Paragraph | Row
    if isinstance(line, Row):
        new = replace(line, cells=(*cells[:number], after, *cells[number + 1 :]))
    else:
        new = replace(line, text=after)
    blocks: list[Block] = [
        Table([new if row is line and isinstance(new, Row) else row for row in block.rows])
        if isinstance(block, Table)
        else new
        if block is line and isinstance(new, Paragraph)
        else block
        for block in draft.blocks
    ]
    return change, Draft(draft.file, tuple(blocks))


@contextmanager
def _read_as(draft: Draft) -> Iterator[None]:
    with patch.object(sides, "read_draft", lambda _: draft):
        yield
