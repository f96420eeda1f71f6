"""Tracked changes and the places of comments in WordprocessingML."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime
from itertools import groupby

from lxml import etree

from generator.compare.redline.text import CharacterStretch, Edit, RunCharacter, run_of
from generator.drafts.docx.text import Element, W

AUTHOR = "预算公开核对"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_INSERTED = {f"{W}ins", f"{W}moveTo"}
_REVISIONS = {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange")}
_BOX = f"{W}txbxContent"


class Revisions:
    """Sets tracked changes into a document; each has an identity of its own."""

    def __init__(self, root: Element, time: datetime | None) -> None:
        used = (each.get(f"{W}id", "") for each in root.iter(etree.Element))
        self._last = max((int(each) for each in used if each.isdecimal()), default=0)
        self._time = time

    def change(self, found: CharacterStretch, edits: Sequence[Edit]) -> list[Element]:
        """Makes edits, from the last, for what is cut then does not move what stands before it.

        Returns the marks of the changes in reading order.
        """
        marks: list[Element] = []
        for edit in reversed(edits):
            marks = [*self._edit(found, edit), *marks]
        return marks

    def _edit(self, found: CharacterStretch, edit: Edit) -> list[Element]:
        if edit.start < edit.end:
            marks = self._delete(found.chars[edit.start : edit.end])
            looks = marks[0].find(f"{W}r/{W}rPr")
            return marks + self._insert_after(marks[-1], edit.text, looks)
        if edit.start:
            run = _end_of(found.chars[edit.start - 1])
            return self._insert_after(run, edit.text, run.find(f"{W}rPr"))
        if found.chars:
            return self._insert_before(found.chars[0], edit.text)
        paragraph = found.paragraphs[0]
        mark = self._insertion(edit.text, paragraph.find(f"{W}pPr/{W}rPr"))
        paragraph.append(mark)
        return [mark]

    def _delete(self, chars: Sequence[RunCharacter]) -> list[Element]:
        """Marks characters as deleted; runs are cut where need be and keep their looks."""
        marks = []
        groups = [list(group) for _, group in groupby(chars, key=lambda char: id(char.element))]
        for group in reversed(groups):
            run = _isolated(group[0].element, group[0].offset, group[-1].offset + 1)
            mark = self._mark("del")
            run.addprevious(mark)
            mark.append(run)
            for text in run.iterchildren(f"{W}t"):
                text.tag = f"{W}delText"
                text.set(_SPACE, "preserve")
            marks.append(mark)
        return marks[::-1]

    def _insert_after(self, before: Element, text: str, looks: Element | None) -> list[Element]:
        """Marks a text, if any, as inserted after a run or mark; ``looks`` are those of a run."""
        if not text:
            return []
        mark = self._insertion(text, looks)
        before.addnext(mark)
        _lift(mark)
        return [mark]

    def _insert_before(self, char: RunCharacter, text: str) -> list[Element]:
        """Marks a text as inserted before a character, in the looks of it."""
        run = run_of(_cut(char.element, char.offset))
        mark = self._insertion(text, run.find(f"{W}rPr"))
        run.addprevious(mark)
        _lift(mark)
        return [mark]

    def _insertion(self, text: str, properties: Element | None) -> Element:
        mark = self._mark("ins")
        run = etree.SubElement(mark, f"{W}r")
        if properties is not None:
            run.append(_plain(properties))
        shown = etree.SubElement(run, f"{W}t")
        shown.text = text
        shown.set(_SPACE, "preserve")
        return mark

    def _mark(self, name: str) -> Element:
        self._last += 1
        mark = etree.Element(f"{W}{name}")
        mark.set(f"{W}id", str(self._last))
        mark.set(f"{W}author", AUTHOR)
        stamp(mark, self._time)
        return mark


def stamp(element: Element, time: datetime | None) -> None:
    """Dates a comment or a change; without a time it has none."""
    if f"{W}date" in element.attrib:
        del element.attrib[f"{W}date"]
    if time is not None:
        element.set(f"{W}date", f"{time:%Y-%m-%dT%H:%M:%SZ}")


def _isolated(shown: Element, start: int, end: int) -> Element:
    """The run, cut out, that holds a part of what an element shows, and nothing else."""
    _end_of(RunCharacter(shown, end - 1))
    return run_of(_cut(shown, start))


def _end_of(char: RunCharacter) -> Element:
    """The run that ends with a character; what follows it is cut off."""
    shown, end = char.element, char.offset + 1
    following = shown.getnext()
    if shown.tag == f"{W}t" and end < len(shown.text or ""):
        _cut(shown, end)
    elif following is not None:
        _cut(following, 0)
    return run_of(shown)


def _cut(shown: Element, offset: int) -> Element:
    """Cuts a run in two before a character; returns the element that now begins the second."""
    head = shown
    if offset:
        head = deepcopy(shown)
        head.text, shown.text = (shown.text or "")[offset:], (shown.text or "")[:offset]
        for part in (head, shown):
            part.set(_SPACE, "preserve")
        shown.addnext(head)
    run = run_of(head)
    if all(itersibling.tag == f"{W}rPr" for itersibling in head.itersiblings(preceding=True)):
        return head
    rest = _like(run)
    properties = run.find(f"{W}rPr")
    if properties is not None:
        rest.append(deepcopy(properties))
    following = [head, *head.itersiblings()]
    run.addnext(rest)
    rest.extend(following)
    return head


def _like(element: Element) -> Element:
    """An empty element with the attributes of another."""
    copy = deepcopy(element)
    for child in list(copy):
        copy.remove(child)
    return copy


def _plain(properties: Element) -> Element:
    """The looks of a run without the changes that were tracked in them."""
    copy = etree.Element(f"{W}rPr")
    copy.extend([deepcopy(each) for each in properties if each.tag not in _REVISIONS])
    return copy


def _lift(element: Element) -> None:
    """Moves an element out of the insertions of others, which are cut in two around it."""
    outer = element.getparent()
    while outer is not None and outer.tag in _INSERTED:
        rest = _like(outer)
        rest.extend(list(element.itersiblings()))
        outer.addnext(element)
        if len(rest):
            element.addnext(rest)
        if not len(outer):
            run_of(outer).remove(outer)
        outer = element.getparent()


def _paragraph_of(element: Element) -> Element:
    """The paragraph for a comment on a paragraph, a row or a cell: never one in a text box."""
    boxes = list(element.iterancestors(_BOX))
    if boxes:
        return next(boxes[-1].iterancestors(f"{W}p"))
    if element.tag == f"{W}p":
        return element
    found = list(element.iter(f"{W}p"))
    worded = (each for each in found if any(text.text for text in each.iter(f"{W}t")))
    return next(worded, found[0])


def comment_on(element: Element, number: int) -> None:
    """Sets the marks of a comment around the paragraph of an element."""
    paragraph = _paragraph_of(element)
    start, end, reference = _comment_marks(number)
    properties = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, start)
    paragraph.extend([end, reference])


def comment_on_changes(marks: Sequence[Element], number: int) -> None:
    """Sets the marks of a comment around tracked changes; in a text box Word allows none."""
    if next(marks[0].iterancestors(_BOX), None) is not None:
        comment_on(marks[0], number)
        return
    start, end, reference = _comment_marks(number)
    marks[0].addprevious(start)
    marks[-1].addnext(end)
    end.addnext(reference)
    _lift(reference)


def _comment_marks(number: int) -> tuple[Element, Element, Element]:
    start, end = (etree.Element(f"{W}commentRange{name}") for name in ("Start", "End"))
    reference = etree.Element(f"{W}r")
    sign = etree.SubElement(reference, f"{W}commentReference")
    for each in (start, end, sign):
        each.set(f"{W}id", str(number))
    return start, end, reference
