"""Builds spoilt data and packs under limits of memory and time, and counts what comes of it.

    python scripts/fuzz_data.py --number 1000 [--kinds data,pack,template] [--seed 1]

What is spoilt is a small folder of data, a YAML file of a pack, or a template. Each input is built
(to HTML) in a process with a limit on its memory; one that outlives its time is killed. What is
right is a document or a finding; tracebacks, too much time and too much memory are counted, shown
with the seed of the input, and make the exit code 1. Ctrl-C ends it early, with the counts so far.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import suppress
from pathlib import Path

from fuzz_worker import Worker, ignore_interrupts, largest_process

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.spoilt_data import KINDS, outcome, spoilt, write  # noqa: E402

_RIGHT = ("built", "finding")


def main() -> None:
    """Builds the inputs and prints the counts."""
    options = _options()
    kinds = options.kinds.split(",")
    counts: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    slowest = 0.0
    worker = Worker(_attempt)
    with suppress(KeyboardInterrupt):  # then it is told what came so far
        for number in range(options.number):
            kind, seed = kinds[number % len(kinds)], f"{options.seed}/{number}"
            began = time.perf_counter()
            came, details = worker.try_input(kind, seed)
            slowest = max(slowest, time.perf_counter() - began)
            counts[came] += 1
            if came == "finding":
                codes.update(details.split())
            elif came not in _RIGHT:
                print(f"{came}: {_keep(kind, seed)}\n{details}", flush=True)
    ignore_interrupts()
    worker.end()
    print(*(f"{name}: {count}" for name, count in counts.most_common()), sep="\n")
    print("findings:", ", ".join(f"{code} {count}" for code, count in codes.most_common()))
    print(f"slowest: {slowest:.1f} s, largest process: {largest_process():.0f} MB")
    sys.exit(any(name not in _RIGHT for name in counts))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--number", type=int, default=1000)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _keep(kind: str, seed: str) -> Path:
    """Where an input is kept, to be looked at."""
    folder = Path(tempfile.gettempdir()) / f"spoilt-{kind}-{seed.replace('/', '-')}"
    data, pack = spoilt(kind, random.Random(seed))  # noqa: S311 - no secret
    write(folder / "data", data)
    write(folder / "pack", pack)
    return folder


def _attempt(folder: Path, kind: str, seed: str) -> tuple[str, str]:
    try:
        codes = outcome(folder, spoilt(kind, random.Random(seed)))  # noqa: S311 - no secret
    except MemoryError:
        return "over memory", traceback.format_exc()
    except BaseException:  # whatever it is, it is what is looked for
        return "traceback", traceback.format_exc()
    return ("finding", " ".join(codes)) if codes else ("built", "")


if __name__ == "__main__":
    main()
