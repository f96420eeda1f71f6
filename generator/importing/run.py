"""Imports a draft: reads it, splits it, and fills the sections of the data format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from generator.drafts.draft import Draft
from generator.drafts.parts import signposts
from generator.drafts.parts.draft_format import format_of
from generator.drafts.parts.outline import DraftOutline
from generator.drafts.parts.recognition import Recognition, recognise
from generator.drafts.parts.split import outline
from generator.drafts.read import read_draft
from generator.importing.amounts.printed.tables import Tables
from generator.importing.amounts.project_subjects import propose_subjects
from generator.importing.facts.entity import import_entity, import_units
from generator.importing.facts.glossary import import_glossary
from generator.importing.facts.letters import import_letters
from generator.importing.facts.specimen import Made
from generator.importing.facts.stated import import_facts
from generator.importing.forms.read import import_forms
from generator.importing.publication import (
    import_blank_classes,
    import_publication,
    import_table_numbers,
)
from generator.importing.reading import ImportResult
from generator.importing.statements import classify, import_statements
from generator.importing.unrecognised import keep_what_was_read, refuse_nothing
from generator.importing.verify_import import compare_text
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from generator.reading.printed import PrintedDocument

Ledger = Callable[[ImportResult], None]


class Imported(Struct, frozen=True):
    """An imported draft: the data, its parts, its table rows, and what the data prints.

    ``printed`` is ``None`` if the data is too incomplete to print.
    """

    reading: ImportResult
    outline: DraftOutline
    tables: Tables
    printed: PrintedDocument | None
    recognition: Recognition


def import_draft(file: Path | Draft, pack: Pack, catalogue: Catalogue) -> ImportResult:
    """Reads a disclosure into the data format: see :func:`import_document`."""
    return import_document(file, pack, catalogue).reading


def import_document(
    file: Path | Draft, pack: Pack, catalogue: Catalogue, ledger: Ledger | None = None
) -> Imported:
    """Reads a disclosure in order to write its data: see :func:`read_disclosure`.

    Of a document of another format only what was surely read is left.

    Raises:
        UnusableInputError: if the file cannot be read; E764 where nothing becomes data.
    """
    imported = read_disclosure(file, pack, catalogue, ledger)
    if not imported.recognition.known and ledger is None:
        keep_what_was_read(imported.reading, imported.outline, imported.recognition)
        refuse_nothing(imported.reading, imported.recognition)
    return imported


def read_disclosure(
    file: Path | Draft, pack: Pack, catalogue: Catalogue, ledger: Ledger | None = None
) -> Imported:
    """Reads a disclosure into the data format.

    Args:
        file: a published or draft disclosure (.txt, .docx, .pdf, .html), or one already read.
        pack: the pack of the place that the disclosure follows.
        catalogue: the names of subjects.
        ledger: fills the sections of amounts, if they come from a list and not from statements.

    Returns:
        The sections, the doubts, and the lines that nothing has read.

    Raises:
        UnusableInputError: if the file cannot be read.
    """
    draft = file if isinstance(file, Draft) else read_draft(file)
    parts = outline(draft, format_of(pack))
    reading = ImportResult(draft)
    made = Made(reading.sections, pack, catalogue)
    import_entity(reading, parts, made)
    import_units(reading, parts, made)
    recognition = recognise(parts, pack)
    whole = recognition.known
    tables = import_statements(reading, parts, pack, catalogue, whole=whole)
    if ledger is not None:
        ledger(reading)
    import_table_numbers(reading, tables, pack)
    import_blank_classes(reading, tables)
    goals = import_facts(reading, parts, made)
    if goals.classes_stated:
        classify(reading, goals.classes, pack.vocabulary.project_classes)
    propose_subjects(reading, catalogue.functional.names)
    import_letters(reading, parts, pack.settings.date)
    import_glossary(reading, parts, pack)
    import_forms(reading, parts, pack.settings.date)
    import_publication(reading, parts, pack.settings.form_position, goals)
    printed = compare_text(reading, parts, pack, catalogue)
    beside = (line for line in parts.asides if not signposts.is_note_line(line))
    reading.left_out = [*parts.noise, *parts.contents, *beside]
    reading.use(*reading.left_out, *parts.headings)
    return Imported(reading, parts, tables, printed, recognition)
