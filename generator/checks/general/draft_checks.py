"""All that is checked of any draft; who imports this imports what reads its words and tables."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.general.document import checks as whole_document
from generator.checks.general.pack_names import named_by_pack
from generator.checks.general.sentences import checks as sentences
from generator.checks.general.tables import checks as tables
from generator.checks.general.text_tables import checks as text_tables
from generator.checks.general.wording import checks as wording
from generator.checks.rule import Outcome
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument

_MODULES = (tables, sentences, text_tables, wording, whole_document)


def check_draft(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    """Applies every rule of this room."""
    for module in _MODULES:
        for check in module.CHECKS:
            for outcome in check(document, pack):
                yield named_by_pack(outcome, document)
