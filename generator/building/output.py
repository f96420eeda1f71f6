"""Writes what was built, unless two folders would write the same files."""

from __future__ import annotations

from collections.abc import Collection

from generator.building.options import BuildOptions
from generator.building.outcome import Outcome, Product
from generator.building.record import remember
from generator.core.files.store import Store
from generator.core.files.write import write_files
from generator.core.findings import UnusableInputError


def deliver(
    product: Product, options: BuildOptions, store: Store, taken: Collection[str] = ()
) -> Outcome:
    """Writes the files of a product and records them.

    Args:
        product: what was built in memory.
        options: where to write it.
        store: where it is recorded.
        taken: names of files that other folders write, too; then nothing is written.
    """
    outcome = product.outcome
    if outcome.built is None:
        return outcome
    if outcome.built.stem in taken:
        return outcome.failed(errors=1)
    if not product.files:  # they stand there already
        return outcome
    try:
        write_files(options.output, product.files)
    except UnusableInputError as error:
        return outcome.failed(error.findings)
    remember(product, outcome, options, store)
    return outcome
