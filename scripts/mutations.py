"""Prints how many planted mistakes `disclosure check` finds (docs/check-rates.md).

Run from the project's folder: .venv/bin/python scripts/mutations.py --count 5
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.core.resources import CATALOGUE, PACKS
from generator.load.catalogue import load_catalogue
from generator.pack.pack import load_pack
from tests.mutation_rates import FORMATS, SIZES, Rate, Trial, rate, subject, trials
from tests.mutations import Kind


def main() -> None:
    """Plants mistakes, looks for them and prints the rates as a table for the documentation."""
    options = _options()
    pack = load_pack(PACKS / "yangquan")
    catalogue, _ = load_catalogue(CATALOGUE)
    if catalogue is None:
        sys.exit("目录读不出来")
    done: list[Trial] = []
    with tempfile.TemporaryDirectory() as work:
        for seed in options.seed:
            clean = subject(options.size, seed, pack, catalogue, Path(work))
            for each in options.formats:
                for finding in clean.clean(each).findings:
                    where = f"{each} {finding.code} {finding.group}"
                    print(f"误报 {seed} {where}：{finding.message}", flush=True)
                for trial in trials(clean, each, options.count, seed):
                    done.append(trial)
                    if options.misses:
                        _show(trial)
    print(table(done, options.formats))


def _show(trial: Trial) -> None:
    """A mistake that was not found, or found elsewhere."""
    beyond = f"（{trial.mutation.beyond}）" if trial.mutation.beyond else ""
    if not trial.is_found:
        print(f"未查出{beyond} {trial.fmt} {trial.mutation}", flush=True)
    elif not trial.is_placed:
        first = trial.found[0]
        print(f"位置不符 {trial.fmt} {trial.mutation}", flush=True)
        print(f"    {first.code} {first.group} {first.message}", flush=True)


def table(done: Sequence[Trial], formats: Sequence[str]) -> str:
    """The rates by kind and format, in Markdown."""
    lines = [f"| 差错 | {' | '.join(formats)} |", f"|---|{'---|' * len(formats)}"]
    for kind in Kind:
        cells = [_cell(t for t in done if t.mutation.kind is kind and t.fmt == f) for f in formats]
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    totals = [_cell(trial for trial in done if trial.fmt == each) for each in formats]
    return "\n".join([*lines, f"| **合计** | {' | '.join(totals)} |"])


def _cell(chosen: Iterable[Trial]) -> str:
    counted: Rate = rate(chosen)
    if not counted.planted:
        return "—"
    beyond = f"，不可比对 {counted.beyond}" if counted.beyond else ""
    return f"{counted.found}/{counted.planted}（位置 {counted.placed}{beyond}）"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=list(SIZES), default="medium", help="how large an entity")
    parser.add_argument("--seed", type=int, nargs="+", default=[1], help="one entity for each")
    parser.add_argument("--count", type=int, default=5, help="mistakes of each kind and format")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=list(FORMATS))
    parser.add_argument("--misses", action="store_true", help="show what was not found")
    return parser.parse_args()


if __name__ == "__main__":
    main()
