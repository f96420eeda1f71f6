"""Prints how many planted mistakes `disclosure diff` finds (docs/diff-rates.md).

Run from the project's folder: .venv/bin/python scripts/diff_mutations.py --misses
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.core.resources import CATALOGUE, PACKS
from generator.load.catalogue import load_catalogue
from generator.pack.pack import load_pack
from tests.diff_mutations import Error
from tests.diff_rates import FORMATS, Subject, Trial, rates
from tests.generated import write_entity

DATA = Path(__file__).parent.parent / "data"


def main() -> None:
    """Plants mistakes, looks for them and prints the rates as a table for the documentation."""
    options = _options()
    pack = load_pack(PACKS / "yangquan")
    catalogue, _ = load_catalogue(CATALOGUE)
    if catalogue is None:
        sys.exit("目录读不出来")
    done: list[Trial] = []
    with tempfile.TemporaryDirectory() as work:
        for folder in _folders(options, Path(work)):
            subject = Subject(folder, pack, catalogue, Path(work))
            for fmt in options.formats:
                for count in options.counts:
                    for seed in options.seeds:
                        start = time.monotonic()
                        trial = subject.trial(fmt, count, seed)
                        seconds = time.monotonic() - start
                        done.append(trial)
                        _show(f"{folder.name} {fmt} {count} {seed}", trial, seconds, options)
    print(table(done, options.formats))


def _folders(options: argparse.Namespace, work: Path) -> Iterator[Path]:
    """The samples and generated entities that were asked for."""
    for name in options.samples:
        yield DATA / name
    for seed in options.entities:
        yield write_entity(work / f"虚构{seed}", seed=seed, units=3 if seed % 2 else 0)


def _show(name: str, trial: Trial, seconds: float, options: argparse.Namespace) -> None:
    found = len(trial.planted) - len(trial.missed)
    counts = f"查出 {found}/{len(trial.planted)}，误报 {len(trial.false)}"
    print(f"{name}：{counts}，{seconds:.1f} 秒", flush=True)
    if not options.misses:
        return
    for planted in trial.missed:
        print(f"    未查出 {planted}"[:200])
    for seen in trial.false:
        found_ = seen.difference
        print(f"    误报 {found_.kind} {found_.what}｜{found_.ours[:60]} → {found_.theirs[:60]}")


def table(done: Sequence[Trial], formats: Sequence[str]) -> str:
    """The rates by kind and format, in Markdown."""
    counted = rates(done)
    lines = [f"| 差错 | {' | '.join(formats)} |", f"|---|{'---|' * len(formats)}"]
    for error in Error:
        cells = [counted.get((error, fmt)) for fmt in formats]
        shown = " | ".join(f"{cell[0]}/{cell[1]}" if cell else "—" for cell in cells)
        lines.append(f"| {error} | {shown} |")
    totals = [[trial for trial in done if trial.fmt == fmt] for fmt in formats]
    sums = (
        f"{sum(len(t.planted) - len(t.missed) for t in each)}/{sum(len(t.planted) for t in each)}"
        for each in totals
    )
    false = (str(sum(len(trial.false) for trial in each)) for each in totals)
    lines.append(f"| **合计** | {' | '.join(sums)} |")
    return "\n".join([*lines, f"| **误报** | {' | '.join(false)} |"])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", nargs="*", default=["阳泉市退役军人服务中心-2024"])
    parser.add_argument("--entities", type=int, nargs="*", default=[1, 2], help="generated ones")
    parser.add_argument("--counts", type=int, nargs="+", default=[1, 5, 20, 50, 200])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=list(FORMATS))
    parser.add_argument("--misses", action="store_true", help="show what is missed and false")
    return parser.parse_args()


if __name__ == "__main__":
    main()
