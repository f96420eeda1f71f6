"""Imports a draft: reads it, splits it, and fills the sections of the data format."""

from __future__ import annotations

from pathlib import Path

from generator.drafts.read import read_draft
from generator.drafts.split import outline
from generator.importing.explanation import import_explanation
from generator.importing.forms import import_forms
from generator.importing.publication import import_publication
from generator.importing.reading import Reading
from generator.importing.retelling import compare_text
from generator.importing.statements import import_statements
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack


def import_draft(file: Path, pack: Pack, catalogue: Catalogue) -> Reading:
    """Reads a disclosure into the data format.

    Args:
        file: a published or draft disclosure (.txt, .docx, .pdf).
        pack: the pack of the place that the disclosure follows.
        catalogue: the names of subjects.

    Returns:
        The sections, the doubts, and the lines that nothing has read.

    Raises:
        UnusableInputError: where the file cannot be read.
    """
    draft = read_draft(file)
    titles = [(each.number, each.title) for each in pack.statements]
    parts = outline(draft, titles)
    reading = Reading(draft)
    class_totals = import_explanation(reading, parts)
    import_statements(reading, parts, pack, catalogue, class_totals)
    import_forms(reading, parts)
    import_publication(reading, parts, pack.settings.form_position)
    compare_text(reading, parts, pack, catalogue)
    reading.left_out = [*parts.noise, *parts.contents]
    reading.use(*reading.left_out, *parts.headings)
    return reading
