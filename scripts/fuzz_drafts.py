"""Reads spoilt drafts under limits of memory and time, and counts what comes of it.

    python scripts/fuzz_drafts.py --number 1000 [--kinds docx,html,txt,pdf] [--seed 1] [FILE ...]

Files are what is spoilt; without any, small ones are made. Each input is read in a process of its
own batch with a limit on its memory; one that outlives its time is killed. What is right is a
draft or a finding; tracebacks, too much time and too much memory are counted, shown with the seed
of the input, and make the exit code 1. Ctrl-C ends it early, with the counts so far.
"""

from __future__ import annotations

import argparse
import random
import re
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

from generator.core.findings import UnusableInputError  # noqa: E402
from generator.drafts.parts.split import outline  # noqa: E402
from generator.drafts.read import read_draft  # noqa: E402
from tests.spoilt_drafts import KINDS, made, spoilt  # noqa: E402

_RIGHT = ("read", "finding")
_ERROR = re.compile(r"读不出来（(\w+)）")
"""The guard's words for an error that the reader did not expect."""


def main() -> None:
    """Reads the inputs and prints the counts."""
    options = _options()
    seeds = {kind: _seeds(kind, options.files) for kind in options.kinds.split(",")}
    counts: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    slowest = 0.0
    worker = Worker(_attempt)
    with suppress(KeyboardInterrupt):  # then it is told what came so far
        for number in range(options.number):
            kind = list(seeds)[number % len(seeds)]
            seed = f"{options.seed}/{number}"
            chance = random.Random(seed)  # noqa: S311 - no secret
            content = spoilt(kind, chance.choice(seeds[kind]), chance)
            began = time.perf_counter()
            outcome, details = worker.try_input(kind, content)
            slowest = max(slowest, time.perf_counter() - began)
            counts[outcome] += 1
            if outcome == "finding":
                code, _, message = details.partition(" ")
                codes[code] += 1
                errors.update(_ERROR.findall(message))
            elif outcome not in _RIGHT:
                kept = Path(tempfile.gettempdir()) / f"spoilt-{seed.replace('/', '-')}.{kind}"
                kept.write_bytes(content)
                print(f"{outcome}: {kept}\n{details}", flush=True)
    ignore_interrupts()
    worker.end()
    print(*(f"{name}: {count}" for name, count in counts.most_common()), sep="\n")
    print("findings:", ", ".join(f"{code} {count}" for code, count in codes.most_common()))
    print("errors of libraries:", ", ".join(f"{e} {n}" for e, n in errors.most_common()))
    print(f"slowest: {slowest:.1f} s, largest process: {largest_process():.0f} MB")
    sys.exit(any(name not in _RIGHT for name in counts))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--number", type=int, default=1000)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("files", nargs="*", type=Path)
    return parser.parse_args()


def _seeds(kind: str, files: list[Path]) -> list[bytes]:
    given = [file.read_bytes() for file in files if file.suffix == f".{kind}"]
    return given or made(kind)


def _attempt(folder: Path, kind: str, content: bytes) -> tuple[str, str]:
    path = folder / f"draft.{kind}"
    path.write_bytes(content)
    try:
        outline(read_draft(path), [])
    except UnusableInputError as error:
        finding = error.findings[0]
        if "内存不够" in finding.message:
            return "over memory", finding.message
        return "finding", f"{finding.code} {finding.message}"
    except BaseException:  # whatever it is, it is what is looked for
        return "traceback", traceback.format_exc()
    return "read", ""


if __name__ == "__main__":
    main()
