"""One run of ``disclosure build`` over folders: told from records, or built, then written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from generator.building.options import BuildOptions
from generator.building.outcome import Product, clashes
from generator.building.output import deliver
from generator.building.record import remembered
from generator.building.spool import Spool
from generator.building.terminal import print_outcomes
from generator.core.files.store import Store
from generator.core.findings import UnusableInputError
from generator.core.process import spared_collection
from generator.reports.terminal.console import print_findings


def run_build(
    folders: Sequence[Path], options: BuildOptions, store: Store, scheduler: str | None = None
) -> int:
    """Builds folders and tells what came of it; returns the exit code.

    Args:
        folders: the data folders.
        options: the same for every folder.
        store: what is kept between runs.
        scheduler: the address of a Dask scheduler whose computers build what has changed; without
            one, this computer does.
    """
    known = {number: remembered(folder, options, store) for number, folder in enumerate(folders)}
    changed = [number for number, outcome in known.items() if outcome is None]
    with Spool(options.output, on_disk=len(changed) > 1) as spool:
        for number, outcome in known.items():
            if outcome is not None:
                spool.put(number, Product(outcome))
        try:
            to_build = [folders[number] for number in changed]
            with _produced(to_build, options, store, scheduler) as products:
                for place, product in products:
                    spool.put(changed[place], product)
        except UnusableInputError as error:
            print_findings(error.findings)
            return 2
        outcomes = [spool.look(number).outcome for number in known]
        clashing = clashes(outcomes)
        outcomes = [deliver(spool.take(number), options, store, clashing) for number in known]
    found = print_outcomes(outcomes, clashing.values(), options)
    return 2 if any(each.built is None for each in outcomes) else 1 if found else 0


@contextmanager
def _produced(
    folders: Sequence[Path], options: BuildOptions, store: Store, scheduler: str | None
) -> Iterator[Iterable[tuple[int, Product]]]:
    """Products as they are finished, each with the place of its folder: built in memory.

    On a cluster if one is named; otherwise one is built here, several each in a process.

    Raises:
        UnusableInputError: if pack, catalogue, fonts or the cluster cannot be used.
    """
    if not folders:
        yield ()
        return
    from generator.building.progress import display

    with display() as show:
        if scheduler is not None:
            from generator.building.workers.cluster import produce_on_cluster

            with closing(produce_on_cluster(scheduler, folders, options, show)) as products:
                yield products
            return
        if len(folders) > 1:
            from generator.building.workers.local import produce_apart

            with closing(produce_apart(folders, options, show)) as products:
                yield products
            return
        from generator.printing.pieces.second_printer import second_printer

        with second_printer(wanted=_prints_pages(options)) as second, spared_collection():
            # what prints takes long to import; other processes import it for themselves
            from generator.building.folder import Builder

            builder = Builder.prepared(options, store, second)
            yield [(0, builder.build(folders[0], partial(show, 0)))]


def _prints_pages(options: BuildOptions) -> bool:
    """Whether pages are laid out: the DOCX takes its page numbers from the PDF."""
    return not {"pdf", "docx"}.isdisjoint(options.formats)
