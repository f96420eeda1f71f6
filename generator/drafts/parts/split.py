"""Splits a draft into the parts of a disclosure: every line lands in exactly one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import takewhile

from generator.core.dates import read_any_date
from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Draft, Line, Paragraph, Row, Table
from generator.drafts.parts import form_pages, signposts
from generator.drafts.parts.contents import contents_range
from generator.drafts.parts.draft_format import DraftFormat
from generator.drafts.parts.form_labels import ProjectLabels
from generator.drafts.parts.other import (
    OtherParts,
    is_chapter,
    is_heading_of_words,
    is_table_title,
    reads_like_heading,
)
from generator.drafts.parts.outline import DraftOutline, FormDraft, StatementDraft
from generator.drafts.parts.signposts import filled_texts, heading_text
from generator.drafts.words.text import folded
from generator.pack.outline import Role

_TITLE_LINES = 3
"""A long title may wrap into as many lines."""
_WRAPS = 40
"""The most characters of a line of a heading that wraps."""
_LOOK_AHEAD = 4
_ROLES_OF_WORDS = (Role.DUTIES, Role.ORGANISATION, Role.GLOSSARY)
"""Sections of plain paragraphs: any heading ends them."""
_LABEL = late_pattern(":|^\\(?单位|^\\(?\\d{4}年")
"""What stands between the title of a table and its rows: who, which year, in what unit."""
_NOT_ON_COVER = late_pattern(r"[。；]|\d\.\d")

Sink = Callable[[Line], None]


def outline(draft: Draft, format_: DraftFormat) -> DraftOutline:
    """Splits a draft as the format of a place divides it."""
    return _Splitter(draft, format_).split()


class _Splitter:
    """Goes through the lines; ``sink`` takes every line that opens no part of its own."""

    def __init__(self, draft: Draft, format_: DraftFormat) -> None:
        self.outline = DraftOutline(draft, format_)
        self.format = format_
        self.forms = format_.forms
        self.glossary = format_.outline.of(Role.GLOSSARY)
        self.before_letters = format_.outline.of(Role.OTHER_NOTES)
        # a part of an office's own, with headings of its own: only a heading that is known ends it
        self.own_parts = {self.before_letters} & {part.id for part in format_.outline.parts}
        self.of_words = format_.outline.all_of(*_ROLES_OF_WORDS)
        self.lines = list(draft.lines())
        self.contents = contents_range(self.lines, format_)
        tables = [block for block in draft.blocks if isinstance(block, Table)]
        self.piece_starts = {table.rows[0].serial for table in tables}
        self.page_numbers = signposts.page_numbers(self.lines)
        self.tabular = {row.serial for table in tables if _is_grid(table) for row in table.rows}
        self.other = OtherParts(self.outline.other)
        self.table_ahead = -1
        """Where the table begins whose title and labels are being taken."""
        self.waiting: list[Line] = []
        """Labels and titles that belong to what comes next."""
        self.statement: StatementDraft | None = None
        self.form: FormDraft | None = None
        self.section = self.section_title = ""
        self.in_overall_form = False
        self.sink: Sink = self._to_cover

    def split(self) -> DraftOutline:
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
            aside(line)
            return 1
        taken = self._title(at) or self._repeated_head(at) or self._wrapped_heading(at)
        if not taken and not self._heading(line):
            self._content(line, at)
        return taken or 1

    def _aside(self, at: int) -> Sink | None:
        """Where a line goes that is no content; ``None`` if it is."""
        line = self.lines[at]
        if signposts.is_unreadable(line):
            return self.outline.unreadable.append
        if signposts.is_noise_line(line) or line.serial in self.page_numbers:
            return self.outline.noise.append
        if signposts.is_aside(line):
            return partial(self._file, self.outline.asides)
        if at not in self.contents and not signposts.is_entry(line):
            return None
        if self.sink == self._to_cover:
            self._into_other("")
        return self.outline.contents.append

    # Statements

    def _title(self, at: int) -> int:
        """Takes the title of a statement, which may stand in several lines."""
        text = ""
        for count, line in enumerate(self.lines[at : at + _TITLE_LINES], 1):
            if not (more := heading_text(line)):
                break
            text += more
            if number := self.format.statement(text):
                self._open_statement(number, self.lines[at : at + count])
                return count
        return 0

    def _open_statement(self, number: str, title: Sequence[Line]) -> None:
        statement = self.outline.statements.get(number)
        labels, self.waiting = self.waiting, []
        if statement is None:
            statement = StatementDraft(number, "".join(map(_words, title)))
            self.outline.statements[number] = statement
        self._go_to(partial(_add_to, statement))
        # what is printed once more above the next page of the table says nothing new
        above = {folded(line.text) for line in statement.above} if statement.rows else set()
        same = statement.rows and signposts.same_title("".join(map(_words, title)), statement.title)
        for line in (*labels, *title):
            again = folded(_words(line)) in above or (same and line in title)
            (self.outline.noise.append if again else self.sink)(line)
        self.statement = statement

    def _repeated_head(self, at: int) -> int:
        """Takes the head that a table repeats on a new page."""
        rows = self.statement.rows if self.statement else self._other_rows()
        if not rows or self.lines[at].serial not in self.piece_starts:
            return 0
        pairs = zip(rows, self.lines[at:], strict=False)
        same = list(takewhile(lambda pair: _says_the_same(*pair), pairs))
        self.outline.noise += [line for _, line in same]
        return len(same)

    # Headings

    def _heading(self, line: Line) -> bool:
        """Takes a line that opens another part than a statement, or belongs to the next one."""
        text = heading_text(line)
        return self._text_heading(line, text) or self._sheet_heading(line, text)

    def _wrapped_heading(self, at: int) -> int:
        """Takes a heading of the text that stands in several lines, none of them one by itself."""
        lines = list(takewhile(_may_wrap, self.lines[at : at + _TITLE_LINES]))
        texts = [heading_text(line) for line in lines]
        if len(lines) < 2 or any(map(self.format.heading, texts)):  # noqa: PLR2004
            return 0
        for count in range(2, len(lines) + 1):
            whole = "".join(texts[:count])
            if self.format.heading(whole):
                self._text_heading(lines[0], whole)
                for line in lines[1:count]:
                    self._file(self.outline.headings, line)
                return count
        return 0

    def _text_heading(self, line: Line, text: str) -> bool:
        """Takes a heading of the text; a row with such words belongs to its table."""
        if isinstance(line, Row):
            return False
        if part := self.format.part(text):
            self._open_part(line, part)
        elif self.section != self.glossary and (sections := self.format.sections(text)):
            self._open_section(line, self._next_of(sections))
        elif self.section and signposts.CHART.fullmatch(text):
            self._file(self.outline.asides, line)
        elif self.section == self.before_letters and signposts.LETTER.fullmatch(text):
            self._enter(partial(self._file, self.outline.letters), line)
        else:
            return False
        return True

    def _sheet_heading(self, line: Line, text: str) -> bool:
        """Takes the label of a statement or the title of a form, which may stand in a table."""
        project, overall = self.forms.project, self.forms.overall
        is_title = self._is_form_title(text)
        if signposts.LABEL.fullmatch(text) or is_title:
            if not (is_title and self._form_is_titled()):  # a unit's heading above its first form
                self._give_up_waiting()
            self.waiting.append(line)
        elif overall and overall.title.fullmatch(text):
            self.outline.overall_form = self.outline.overall_form or FormDraft()
            self._enter(partial(self._into_form, self.outline.overall_form), line)
            self.in_overall_form = True
        elif project and project.index.fullmatch(text):
            self._enter(self.outline.contents.append, line)
        else:
            return False
        return True

    def _next_of(self, sections: Sequence[str]) -> str:
        """The first of some sections with the same heading that was not opened so far."""
        unopened = (section for section in sections if section not in self.outline.sections)
        return next(unopened, sections[0])

    def _open_part(self, line: Line, part: str) -> None:
        self._give_up_waiting()
        self._file(self.outline.headings, line)
        if self.format.outline.by_id[part].leads_on:
            self._into_other(part)
        else:
            self._into_section(part, _words(line))

    def _open_section(self, line: Line, section: str) -> None:
        self._give_up_waiting()
        self._file(self.outline.headings, line)
        self._into_section(section, _words(line))

    def _into_section(self, section: str, title: str = "") -> None:
        self._go_to(self.outline.sections.setdefault(section, []).append)
        self.section, self.section_title = section, title or section

    # Forms and everything else

    def _content(self, line: Line, at: int) -> None:
        """Takes a line that is no heading."""
        titled = self._form_is_titled()
        labels = self.forms.project
        if isinstance(line, Row) and labels and (titled or self._begins_form(line, at, labels)):
            self._open_form(line, self._rows_after(at), labels)
        elif titled:
            self.waiting.append(line)
        elif self._is_foreign(line, at):
            self._give_up_waiting(self._to_other)
            self._to_other(line)
        else:
            self._give_up_waiting()
            self.sink(line)

    def _is_form_title(self, text: str) -> bool:
        """Whether a text is the title of a project's form."""
        return bool(self.forms.project and self.forms.project.title.fullmatch(text))

    def _form_is_titled(self) -> bool:
        """Whether the title of the next form waits for it."""
        return any(self._is_form_title(heading_text(line)) for line in self.waiting)

    def _begins_form(self, row: Row, at: int, labels: ProjectLabels) -> bool:
        """Whether a row begins a form that has lost its title."""
        in_forms = self.form is not None
        return form_pages.names_project(row, labels) and (
            in_forms or form_pages.form_goes_on(self._rows_after(at), labels)
        )

    def _open_form(self, row: Row, following: form_pages.Texts, labels: ProjectLabels) -> None:
        titles, self.waiting = self.waiting, []
        form = self.form
        if form is None or not form_pages.is_next_page(form, row, following, labels):
            form = FormDraft()
            self.outline.forms.append(form)
            self._go_to(partial(self._into_form, form))
            self.form = form
        elif not titles and not form_pages.form_goes_on(following, labels):
            self.outline.noise.append(row)  # a head row that every page of the table repeats
            return
        for line in (*titles, row):
            form_pages.add(form, line)

    def _rows_after(self, at: int) -> form_pages.Texts:
        following = self.lines[at + 1 : at + 1 + _LOOK_AHEAD]
        return [filled_texts(line) for line in following if isinstance(line, Row)]

    def _into_form(self, form: FormDraft, line: Line) -> None:
        if form_pages.belongs(form, line, self.forms):
            form_pages.add(form, line)
        else:
            self._to_other(line)

    # What is not recognised

    def _is_foreign(self, line: Line, at: int) -> bool:
        """Whether a line belongs to no part that is known, whatever part is open."""
        if self.section:
            return self._is_foreign_in_text(line, at)
        if self.statement is None and self.form is None and not self.in_overall_form:
            return False
        if is_table_title(heading_text(line)) and self._table_after(at):
            self._into_other("")
            return True
        return False

    def _is_foreign_in_text(self, line: Line, at: int) -> bool:
        """Whether a line of a section is part of a table, or ends the section."""
        text = heading_text(line)
        if line.serial in self.tabular:
            if self.table_ahead != at and line.serial in self.piece_starts:
                self.other.expect(self.section_title)
            return True
        if reads_like_heading(text) and (table := self._table_after(at)):
            self.table_ahead = table
        if at < self.table_ahead:
            return True
        ends = is_heading_of_words if self.section in self.of_words else is_chapter
        if isinstance(line, Row) or self.section in self.own_parts or not ends(text):
            return False
        self._into_other("")
        return True

    def _table_after(self, at: int) -> int:
        """Where the table begins whose title stands here, labels between them; 0 if none does."""
        for place in range(at + 1, min(at + 1 + _LOOK_AHEAD, len(self.lines))):
            line = self.lines[place]
            if line.serial in self.piece_starts:
                return place if line.serial in self.tabular else 0
            if isinstance(line, Row) or not _LABEL.search(folded(line.text)):
                return 0
        return 0

    def _into_other(self, title: str) -> None:
        self._go_to(self._to_other)
        self.other.expect(title)

    def _to_other(self, line: Line) -> None:
        self.other.add(line, begins_table=line.serial in self.piece_starts)

    def _other_rows(self) -> list[Row]:
        """The rows of a table that is not recognised and may go on."""
        return self.other.rows if self.sink == self._to_other else []

    def _to_cover(self, line: Line) -> None:
        """Takes a line of the cover, which has no sentences, amounts and tables."""
        if isinstance(line, Paragraph) and (
            read_any_date(line.text, self.format.date) or not _NOT_ON_COVER.search(line.text)
        ):
            self.outline.cover.append(line)
        else:
            self._into_other("")
            self._to_other(line)

    # Where lines go

    def _enter(self, sink: Sink, line: Line) -> None:
        self._give_up_waiting()
        self._go_to(sink)
        sink(line)

    def _go_to(self, sink: Sink) -> None:
        self.sink, self.section, self.form, self.statement = sink, "", None, None
        self.in_overall_form = False

    def _give_up_waiting(self, sink: Sink | None = None) -> None:
        """Labels and titles that nothing followed go where other lines go."""
        for line in self.waiting:
            (sink or self.sink)(line)
        self.waiting = []

    def _file(self, paragraphs: list[Paragraph], line: Line) -> None:
        if isinstance(line, Paragraph):
            paragraphs.append(line)
        else:
            self._to_other(line)


def _may_wrap(line: Line) -> bool:
    """Whether a line may be a piece of a heading: a short paragraph that ends no sentence."""
    text = heading_text(line)
    if isinstance(line, Row) or line.aside or not 0 < len(text) <= _WRAPS:
        return False
    return not text.endswith(("。", ";", ",", ":"))


def _words(line: Line) -> str:
    return line.text if isinstance(line, Paragraph) else "".join(line.cells)


def _is_grid(table: Table) -> bool:
    """Whether a table has columns; one of a single column only frames its text."""
    return any(len(filled_texts(row)) > 1 for row in table.rows)


def _says_the_same(head: Row, line: Line) -> bool:
    return isinstance(line, Row) and filled_texts(line) == filled_texts(head)


def _add_to(statement: StatementDraft, line: Line) -> None:
    if isinstance(line, Row):
        statement.rows.append(line)
    elif statement.rows:
        statement.below.append(line)
    else:
        statement.above.append(line)
