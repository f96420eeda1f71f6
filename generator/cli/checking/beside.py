"""The documents that a draft is checked against: last year's, and those of its units."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from generator.cli.inputs import pack_of_draft, say
from generator.cli.targets import refuse_folder
from generator.core.records import replace
from generator.load.catalogue import Catalogue
from generator.pack.choice import open_chosen
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument


class Beside(Struct, frozen=True):
    """The files that were given beside a draft; ``prior`` is what was published a year ago."""

    prior: Path | None = None
    units: tuple[Path, ...] = ()

    @property
    def given(self) -> bool:
        """Whether there are any."""
        return self.prior is not None or bool(self.units)


def with_others(document: ReadDocument, beside: Beside, catalogue: Catalogue) -> ReadDocument:
    """A document with those that it is checked against, each read by the pack that fits it.

    Raises:
        UnusableInputError: if one of them cannot be read.
    """
    prior = _read(beside.prior, catalogue) if beside.prior else None
    units = tuple(_read(file, catalogue) for file in beside.units)
    return replace(document, prior=prior, unit_documents=units)


def _read(file: Path, catalogue: Catalogue) -> ReadDocument:
    refuse_folder(file)
    document, _ = read_by_pack(file, None, catalogue)
    return document


def read_by_pack(
    file: Path, pack_name: str | None, catalogue: Catalogue
) -> tuple[ReadDocument, Pack]:
    """A draft as the pack that is named, or that fits it, has it read, and that pack.

    Says so if none fits better than another.

    Raises:
        UnusableInputError: if it cannot be read.
    """
    # reading PDF needs large libraries that data folders do without
    from generator.drafts.read import read_draft
    from generator.importing.as_document import presented_draft

    draft = read_draft(file)
    choice = pack_of_draft(draft, pack_name)
    say(choice, file)
    pack = open_chosen(choice)
    return presented_draft(draft, pack, catalogue), pack
