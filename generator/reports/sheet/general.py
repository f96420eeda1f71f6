"""What check sheets are like where no pack says so: general.yaml beside this module."""

from __future__ import annotations

from pathlib import Path

from generator.core.findings import UnusableInputError
from generator.core.memo import memo
from generator.load.validation import validate
from generator.load.yaml.tree import read_yaml
from generator.pack.sheet import SheetDefinition

_FILE = Path(__file__).with_name("general.yaml")


@memo()
def general_sheet() -> SheetDefinition:
    """Title and signatures of a check sheet.

    Raises:
        UnusableInputError: if the file that comes along has been spoilt.
    """
    source = read_yaml(_FILE)
    loaded = validate(SheetDefinition, source.data, source)
    if loaded is None or not loaded.title:
        raise UnusableInputError(source.findings)
    return loaded
