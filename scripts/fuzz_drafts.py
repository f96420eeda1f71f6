"""Reads spoilt drafts under limits of memory and time, and counts what comes of it.

    python scripts/fuzz_drafts.py --number 1000 [--kinds docx,html,txt,pdf] [--seed 1] [FILE ...]

Files are what is spoilt; without any, small ones are made. Each input is read in a process of its
own batch with a limit on its memory; one that outlives its time is killed. What is right is a
draft or a finding; tracebacks, too much time and too much memory are counted, shown with the seed
of the input, and make the exit code 1. Ctrl-C ends it early, with the counts so far.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import re
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

from generator.drafts.read import read_draft  # noqa: E402
from generator.drafts.split import outline  # noqa: E402
from generator.findings import UnusableInputError  # noqa: E402
from tests.spoilt_drafts import KINDS, made, spoilt  # noqa: E402

_MEMORY = 1536 * 2**20
_SECONDS = 20.0
"""Of processor time: how long an input takes must not depend on what else the computer does."""
_PATIENCE = 10
"""How many times longer a process may take that does not get to work."""
_LIFETIME = 2000
"""Inputs that a process reads, one after the other."""
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
    worker = _Worker()
    with suppress(KeyboardInterrupt):  # then it is told what came so far
        for number in range(options.number):
            kind = list(seeds)[number % len(seeds)]
            seed = f"{options.seed}/{number}"
            chance = random.Random(seed)  # noqa: S311 - no secret
            content = spoilt(kind, chance.choice(seeds[kind]), chance)
            began = time.perf_counter()
            outcome, details = worker.read(kind, content)
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
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # once is enough
    worker.end()
    print(*(f"{name}: {count}" for name, count in counts.most_common()), sep="\n")
    print("findings:", ", ".join(f"{code} {count}" for code, count in codes.most_common()))
    print("errors of libraries:", ", ".join(f"{e} {n}" for e, n in errors.most_common()))
    print(f"slowest: {slowest:.1f} s, largest process: {_largest():.0f} MB")
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


def _largest() -> float:
    """The most memory that any process has taken, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


class _Worker:
    """A process that reads one input after another; replaced if it is killed, or old."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._read = 0

    def read(self, kind: str, content: bytes) -> tuple[str, str]:
        """What comes of reading an input."""
        if self._read == _LIFETIME:
            self.end()
            self._start()
        self._read += 1
        try:
            self._ours.send((kind, content))
            if self._in_time():
                outcome: tuple[str, str] = self._ours.recv()
                return outcome
            outcome = ("over time", f"{_SECONDS:.0f} s")
        except (EOFError, OSError):
            outcome = ("over memory", "the process ended")
        self.end()
        self._start()
        return outcome

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
            kind, content = theirs.recv()
            path = Path(folder) / f"draft.{kind}"
            path.write_bytes(content)
            theirs.send(_outcome(path))


def _outcome(path: Path) -> tuple[str, str]:
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
