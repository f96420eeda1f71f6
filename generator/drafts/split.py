"""Splits a draft into the parts of a disclosure: every line lands in exactly one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from itertools import islice, takewhile

from generator.drafts import form_pages, signposts
from generator.drafts.contents import contents_range
from generator.drafts.draft import Draft, Line, Paragraph, Row, Table
from generator.drafts.outline import FormDraft, Outline, StatementDraft
from generator.drafts.signposts import filled_cells, heading_text

_TITLE_LINES = 3
"""A long title may wrap into as many lines."""
_LOOK_AHEAD = 4
_LAST_SECTION = "十二"
"""Letters follow it."""

Sink = Callable[[Line], None]


def outline(draft: Draft, titles: Iterable[tuple[str, str]]) -> Outline:
    """Splits a draft.

    Args:
        draft: the draft.
        titles: number and title of every statement, the year as digits or ``{年度}``.
    """
    return _Splitter(draft, _known(tuple(titles))).split()


@lru_cache(maxsize=8)
def _known(titles: tuple[tuple[str, str], ...]) -> signposts.Titles:
    return signposts.Titles(titles)


class _Splitter:
    """Goes through the lines; ``sink`` takes every line that opens no part of its own."""

    def __init__(self, draft: Draft, titles: signposts.Titles) -> None:
        self.outline = Outline(draft)
        self.titles = titles
        self.lines = list(draft.lines())
        self.contents = contents_range(self.lines)
        tables = [block for block in draft.blocks if isinstance(block, Table)]
        self.piece_starts = {id(table.rows[0]) for table in tables}
        self.waiting: list[Line] = []
        """Labels and titles that belong to what comes next."""
        self.statement: StatementDraft | None = None
        self.form: FormDraft | None = None
        self.section = ""
        self.sink: Sink = partial(self._file, self.outline.cover)

    def split(self) -> Outline:
        """Puts every line into its part."""
        at = 0
        while at < len(self.lines):
            at += self._take(at)
        self._give_up_waiting()
        return self.outline

    def _take(self, at: int) -> int:
        """Takes what stands at a place; returns how many lines that was."""
        line = self.lines[at]
        aside = self._aside(at)
        if aside is not None:
            aside.append(line)
            return 1
        taken = self._title(at) or self._repeated_head(at)
        if not taken and not self._heading(line):
            self._content(line, at)
        return taken or 1

    def _aside(self, at: int) -> list[Line] | None:
        """Where a line goes that is no content; ``None`` where it is."""
        line = self.lines[at]
        if signposts.is_unreadable(line):
            return self.outline.loose
        if signposts.is_noise(line):
            return self.outline.noise
        return self.outline.contents if at in self.contents else None

    # Statements

    def _title(self, at: int) -> int:
        """Takes the title of a statement, which may stand in several lines."""
        text = ""
        for count, line in enumerate(islice(self.lines, at, at + _TITLE_LINES), 1):
            if not (more := heading_text(line)):
                break
            text += more
            if number := self.titles.number(text):
                self._open_statement(number, self.lines[at : at + count])
                return count
        return 0

    def _open_statement(self, number: str, title: Sequence[Line]) -> None:
        statement = self.outline.statements.get(number)
        lines, self.waiting = [*self.waiting, *title], []
        if statement is None:
            statement = StatementDraft(number, "".join(map(_words, title)))
            self.outline.statements[number] = statement
        again = bool(statement.rows)  # printed once more above the next page of the table
        self._go_to(self.outline.noise.append if again else partial(_add_to, statement))
        for line in lines:
            self.sink(line)
        self.sink, self.statement = partial(_add_to, statement), statement

    def _repeated_head(self, at: int) -> int:
        """Takes the head that a table repeats on a new page."""
        if self.statement is None or id(self.lines[at]) not in self.piece_starts:
            return 0
        pairs = zip(self.statement.rows, self.lines[at:], strict=False)
        same = list(takewhile(lambda pair: _says_the_same(*pair), pairs))
        self.outline.noise += [line for _, line in same]
        return len(same)

    # Headings

    def _heading(self, line: Line) -> bool:
        """Takes a line that opens another part than a statement, or belongs to the next one."""
        text = heading_text(line)
        return self._text_heading(line, text) or self._sheet_heading(line, text)

    def _text_heading(self, line: Line, text: str) -> bool:
        """Takes a heading of the text; a row with such words belongs to its table."""
        if isinstance(line, Row):
            return False
        if chapter := signposts.chapter(text):
            self._open_chapter(line, chapter)
        elif self.section != signposts.GLOSSARY and (section := signposts.section(text)):
            self._open_section(line, section)
        elif self.section and signposts.CHART.fullmatch(text):
            self.outline.noise.append(line)
        elif self.section == _LAST_SECTION and signposts.LETTER.fullmatch(text):
            self._enter(partial(self._file, self.outline.letters), line)
        else:
            return False
        return True

    def _sheet_heading(self, line: Line, text: str) -> bool:
        """Takes the label of a statement or the title of a form, which may stand in a table."""
        if signposts.LABEL.fullmatch(text) or signposts.PROJECT_FORM.fullmatch(text):
            self._give_up_waiting()
            self.waiting.append(line)
        elif signposts.OVERALL_FORM.fullmatch(text):
            self.outline.overall_form = self.outline.overall_form or FormDraft()
            self._enter(partial(self._into_form, self.outline.overall_form), line)
        elif signposts.INDEX.fullmatch(text):
            self._enter(self.outline.contents.append, line)
        else:
            return False
        return True

    def _open_chapter(self, line: Line, chapter: str) -> None:
        self._give_up_waiting()
        self._file(self.outline.headings, line)
        if chapter == signposts.GLOSSARY:
            self._into_section(chapter)
        else:
            self._go_to(self.outline.loose.append)

    def _open_section(self, line: Line, section: str) -> None:
        self._give_up_waiting()
        self._file(self.outline.headings, line)
        self._into_section(section)

    def _into_section(self, section: str) -> None:
        self._go_to(self.outline.sections.setdefault(section, []).append)
        self.section = section

    # Forms and everything else

    def _content(self, line: Line, at: int) -> None:
        """Takes a line that is no heading."""
        titled = any(signposts.PROJECT_FORM.fullmatch(heading_text(each)) for each in self.waiting)
        if isinstance(line, Row) and (titled or self._begins_form(line, at)):
            self._open_form(line, self._rows_after(at))
        elif titled:
            self.waiting.append(line)
        else:
            self._give_up_waiting()
            self.sink(line)

    def _begins_form(self, row: Row, at: int) -> bool:
        """Whether a row begins a form that has lost its title."""
        in_forms = self.form is not None
        return form_pages.names_project(row) and (
            in_forms or form_pages.names_department(self._rows_after(at))
        )

    def _open_form(self, row: Row, following: form_pages.Texts) -> None:
        titles, self.waiting = self.waiting, []
        form = self.form
        if form is None or not form_pages.is_next_page(form, row, following):
            form = FormDraft()
            self.outline.forms.append(form)
            self._go_to(partial(self._into_form, form))
            self.form = form
        elif not titles and not form_pages.names_department(following):
            self.outline.noise.append(row)  # a head row that every page of the table repeats
            return
        for line in (*titles, row):
            form_pages.add(form, line)

    def _rows_after(self, at: int) -> form_pages.Texts:
        following = islice(self.lines, at + 1, at + 1 + _LOOK_AHEAD)
        return [filled_cells(line) for line in following if isinstance(line, Row)]

    def _into_form(self, form: FormDraft, line: Line) -> None:
        if form_pages.belongs(form, line):
            form_pages.add(form, line)
        else:
            self.outline.loose.append(line)

    # Where lines go

    def _enter(self, sink: Sink, line: Line) -> None:
        self._give_up_waiting()
        self._go_to(sink)
        sink(line)

    def _go_to(self, sink: Sink) -> None:
        self.sink, self.section, self.form, self.statement = sink, "", None, None

    def _give_up_waiting(self) -> None:
        """Labels and titles that nothing followed go where other lines go."""
        for line in self.waiting:
            self.sink(line)
        self.waiting = []

    def _file(self, paragraphs: list[Paragraph], line: Line) -> None:
        if isinstance(line, Paragraph):
            paragraphs.append(line)
        else:
            self.outline.loose.append(line)


def _words(line: Line) -> str:
    return line.text if isinstance(line, Paragraph) else "".join(line.cells)


def _says_the_same(head: Row, line: Line) -> bool:
    return isinstance(line, Row) and filled_cells(line) == filled_cells(head)


def _add_to(statement: StatementDraft, line: Line) -> None:
    if isinstance(line, Row):
        statement.rows.append(line)
    elif statement.rows:
        statement.below.append(line)
    else:
        statement.above.append(line)
