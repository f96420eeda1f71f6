"""Times builds of growing size: departments of more units, and more disclosures in one call.

The data is invented (tests/generated.py): units with ten projects each, every project with its
performance form. Each run is a fresh process with nothing kept; what it takes for one form, and for
one disclosure, tells whether time grows with the work alone. Memory is that of the largest process:
of a city as many processes work as the machine has cores. How to read it: docs/performance.md.

    .venv/bin/python -m scripts.benchmark_scale --units 5 50 200 --disclosures 5 20 50
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from generator.core.numbers.numerals import chinese_numeral
from scripts.benchmark_runs import Run, run_measured
from tests.generated import CITIES, write_entity

_PROJECTS = 10


def main() -> None:
    """Builds everything once, the smallest twice: its first run warms the disk."""
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        departments = {number: _department(folder, number) for number in options.units}
        _show(
            "units", "form", ((each, each * _PROJECTS, [departments[each]]) for each in departments)
        )
        cities = {number: _city(folder, number) for number in options.disclosures}
        _show("disclosures", "one", ((each, each, cities[each]) for each in cities))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--units", type=int, nargs="*", default=[5, 50, 200])
    parser.add_argument("--disclosures", type=int, nargs="*", default=[5, 20, 50])
    return parser.parse_args()


def _department(folder: Path, units: int) -> Path:
    """The data of a department with so many units."""
    return write_entity(folder / f"units-{units}", units=units, projects=_PROJECTS)


def _city(folder: Path, disclosures: int) -> list[Path]:
    """The data of so many units that publish for themselves, each in a town of its own name."""
    written = []
    for number in range(1, disclosures + 1):
        data = write_entity(
            folder / f"city-{disclosures}" / f"{number:03}", seed=number, projects=4
        )
        town = CITIES[number % len(CITIES)]
        for file in data.iterdir():
            text = file.read_text("utf-8").replace(town, f"{chinese_numeral(number)}{town}")
            file.write_text(text, "utf-8")
        written.append(data)
    return written


def _show(what: str, of: str, sizes: Iterable[tuple[int, int, list[Path]]]) -> None:
    print(f"\n{what:>12} wall s   CPU s  ms/{of:5} MiB")
    for position, (size, parts, folders) in enumerate(sizes):
        if not position:
            _built(folders)
        run = _built(folders)
        each = 1000 * run.cpu / parts
        print(f"{size:12}{run.seconds:7.2f}{run.cpu:8.2f}{each:9.1f}{run.memory:6.0f}", flush=True)


def _built(folders: list[Path]) -> Run:
    with tempfile.TemporaryDirectory() as target:
        build = [sys.executable, "-m", "generator", "build", "--format", "pdf", "--no-cache", "-o"]
        return run_measured([*build, target, *map(str, folders)])


if __name__ == "__main__":
    main()
