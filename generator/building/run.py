"""One run of ``disclosure build`` over folders: told from records, or built, then written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.building.options import BuildOptions
from generator.building.outcome import Product, clashes
from generator.building.output import deliver
from generator.building.record import remembered
from generator.building.terminal import print_outcomes
from generator.core.files.store import Store
from generator.core.findings import UnusableInputError
from generator.reports.terminal.console import print_findings


def run(folders: Sequence[Path], options: BuildOptions, store: Store) -> int:
    """Builds folders and tells what came of it; returns the exit code."""
    known = [remembered(folder, options, store) for folder in folders]
    changed = [folder for folder, outcome in zip(folders, known, strict=True) if outcome is None]
    try:
        made = iter(_produced(changed, options, store))
    except UnusableInputError as error:
        print_findings(error.findings)
        return 2
    products = [next(made) if outcome is None else Product(outcome) for outcome in known]
    clashing = clashes([product.outcome for product in products])
    outcomes = [deliver(product, options, store, clashing) for product in products]
    found = print_outcomes(outcomes, clashing.values(), options)
    return 2 if any(each.built is None for each in outcomes) else 1 if found else 0


def _produced(folders: Sequence[Path], options: BuildOptions, store: Store) -> list[Product]:
    """Builds folders in memory: one here, several each in a process.

    Raises:
        UnusableInputError: if pack, catalogue or fonts cannot be used.
    """
    if not folders:
        return []
    from generator.building.progress import display

    with display() as show:
        if len(folders) > 1:
            from generator.building.workers.local import produce_apart

            return produce_apart(folders, options, show)
        # what prints takes long to import; processes of their own import it for themselves
        from generator.building.folder import Builder

        builder = Builder.prepared(options, store)
        return [builder.build(folders[0], lambda *step: show(0, *step))]
