"""Builds spoilt data and packs under limits of memory and time, and counts what comes of it.

    python scripts/fuzz_data.py --number 1000 [--kinds data,pack,template] [--seed 1]

What is spoilt is a small folder of data, a YAML file of a pack, or a template. Each input is built
(to HTML) in a process with a limit on its memory; one that outlives its time is killed. What is
right is a document or a finding; tracebacks, too much time and too much memory are counted, shown
with the seed of the input, and make the exit code 1. Ctrl-C ends it early, with the counts so far.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.spoilt_data import KINDS, outcome, spoilt, write  # noqa: E402

_MEMORY = 1536 * 2**20
_SECONDS = 20.0
"""Of processor time: how long an input takes must not depend on what else the computer does."""
_PATIENCE = 10
"""How many times longer a process may take that does not get to work."""
_RIGHT = ("built", "finding")
_LIFETIME = 2000
"""Inputs that a process builds, one after the other."""


def main() -> None:
    """Builds the inputs and prints the counts."""
    options = _options()
    kinds = options.kinds.split(",")
    counts: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    slowest = 0.0
    worker = _Worker()
    with suppress(KeyboardInterrupt):  # then it is told what came so far
        for number in range(options.number):
            kind, seed = kinds[number % len(kinds)], f"{options.seed}/{number}"
            began = time.perf_counter()
            came, details = worker.build(kind, seed)
            slowest = max(slowest, time.perf_counter() - began)
            counts[came] += 1
            if came == "finding":
                codes.update(details.split())
            elif came not in _RIGHT:
                print(f"{came}: {_keep(kind, seed)}\n{details}", flush=True)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # once is enough
    worker.end()
    print(*(f"{name}: {count}" for name, count in counts.most_common()), sep="\n")
    print("findings:", ", ".join(f"{code} {count}" for code, count in codes.most_common()))
    print(f"slowest: {slowest:.1f} s, largest process: {_largest():.0f} MB")
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


def _largest() -> float:
    """The most memory that any process has taken, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


class _Worker:
    """A process that builds one input after another; replaced if it is killed, or old."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._built = 0

    def build(self, kind: str, seed: str) -> tuple[str, str]:
        """What comes of building an input."""
        if self._built == _LIFETIME:
            self.end()
            self._start()
        self._built += 1
        try:
            self._ours.send((kind, seed))
            if self._in_time():
                came: tuple[str, str] = self._ours.recv()
                return came
            came = ("over time", f"{_SECONDS:.0f} s")
        except (EOFError, OSError):
            came = ("over memory", "the process ended")
        self.end()
        self._start()
        return came

    def _in_time(self) -> bool:
        """Waits for an answer: so long as the process is at work, or somebody else may be."""
        before, began = self._worked(), time.monotonic()
        while not self._ours.poll(0.5):
            idle = time.monotonic() - began > _PATIENCE * _SECONDS
            if idle or self._worked() - before > _SECONDS:
                return False
        return True

    def _worked(self) -> float:
        """Seconds of processor time that the process has taken."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.join()
        self._ours.close()


def _serve(theirs: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        while True:
            theirs.send(_built(Path(folder), *theirs.recv()))


def _built(folder: Path, kind: str, seed: str) -> tuple[str, str]:
    try:
        codes = outcome(folder, spoilt(kind, random.Random(seed)))  # noqa: S311 - no secret
    except MemoryError:
        return "over memory", traceback.format_exc()
    except BaseException:  # whatever it is, it is what is looked for
        return "traceback", traceback.format_exc()
    return ("finding", " ".join(codes)) if codes else ("built", "")


if __name__ == "__main__":
    main()
