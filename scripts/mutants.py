"""Plants small faults in the code that counts money and guards people; lists those no test sees.

A mutant is a module with one comparison, sign, number or pattern changed. The tests named for the
module run with it; a mutant with which they all pass has survived: a test is missing, or the
change changes nothing (docs/mutants.md says which). Nothing is written to the source files.

    .venv/bin/python scripts/mutants.py --list              how many mutants each module has
    .venv/bin/python scripts/mutants.py core/numbers/rounding.py    one module
    .venv/bin/python scripts/mutants.py --sample 20         twenty of each module
    .venv/bin/python scripts/mutants.py --quick             without the slow tests of each module
"""

from __future__ import annotations

import argparse
import ast
import gc
import importlib
import importlib.machinery
import os
import random
import re
import signal
import sys
import time
import traceback
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import CodeType
from typing import NamedTuple

import grimp

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # half of the time of a short run

PLAIN = "--noconftest"
"""For tests that need no fixtures: loading what makes them takes longer than such a test."""


class Tests(NamedTuple):
    """Which tests cover a module: the quick ones run first, the slow ones with what survives."""

    quick: tuple[str, ...]
    slow: tuple[str, ...] = ()


_STATEMENTS = ("tests/test_statements.py",)
_CHANGES = ("tests/test_change_moves.py", "tests/test_change_levels.py")
TARGETS: dict[str, Tests] = {
    "core/numbers/rounding.py": Tests(
        ("tests/test_rounding.py",), (PLAIN, "tests/test_drivers.py")
    ),
    "core/numbers/format.py": Tests((PLAIN, "tests/test_number_format.py")),
    "core/numbers/numerals.py": Tests((PLAIN, "tests/test_numerals.py")),
    "drafts/words/amounts.py": Tests((PLAIN, "tests/test_amounts.py")),
    "compute/ledger/entries.py": Tests(("tests/test_ledger.py",), _STATEMENTS),
    "compute/ledger/posting.py": Tests(("tests/test_ledger.py",), _STATEMENTS),
    "compute/statements/evaluate.py": Tests(("tests/test_evaluate.py",), _STATEMENTS),
    "checks/relations/relations.py": Tests(
        (PLAIN, "tests/test_relations.py"), ("tests/test_check_statements.py",)
    ),
    "changes/drivers.py": Tests((PLAIN, "tests/test_drivers.py"), _CHANGES),
    "changes/matching.py": Tests((PLAIN, "tests/test_matching.py"), _CHANGES),
    "load/personal_data.py": Tests(
        (PLAIN, "tests/test_personal_data.py"), ("tests/test_findings.py", "-k", "215")
    ),
    "drafts/safety/limits.py": Tests(
        (PLAIN, "tests/test_limits.py"), ("tests/test_draft_packages.py",)
    ),
}
"""The modules of which every line matters."""

_OPERATORS: dict[type[ast.AST], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
}
_NAMES = {
    "max": "min",
    "min": "max",
    "any": "all",
    "all": "any",
    "ROUND_HALF_UP": "ROUND_HALF_EVEN",
}
_NUMBER_IN_PATTERN = re.compile(r"(?<!\\)\d+")
_LOOKS_LIKE_PATTERN = re.compile(r"\\d|\[.*\]|\(\?")
_ASKED_OF_PYTHON = ("frozen", "slots", "strict", "maxsize")
_MEMORIES = ("memo", "Memory")
"""Their arguments say how much is remembered: no result depends on it."""
_SURVIVED = 0
_AT_LEAST, _TIMES = 5, 6
"""Seconds that a mutant may run, and times as long as the tests take without one."""


class Mutant(NamedTuple):
    """One fault: the piece of a line that is replaced, and what replaces it."""

    module: str
    line: int
    start: int
    old: str
    new: str

    def source(self, text: str) -> str:
        """The module's source with the fault in it."""
        lines = text.splitlines(keepends=True)
        line = lines[self.line - 1]
        lines[self.line - 1] = line[: self.start] + self.new + line[self.start + len(self.old) :]
        return "".join(lines)


class _Planter:
    """Finds the places of one module where a fault can be planted."""

    def __init__(self, module: str, text: str) -> None:
        self.module = module
        self.lines = text.splitlines()

    def mutants(self, tree: ast.Module) -> Iterator[Mutant]:
        """Every mutant, in the order of the source."""
        told = _told(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare):
                yield from self._compared(node)
            elif isinstance(node, ast.BinOp):
                yield from self._between(type(node.op), node.left, node.right)
            elif isinstance(node, ast.BoolOp):
                for left, right in zip(node.values, node.values[1:], strict=False):
                    yield from self._between(type(node.op), left, right)
            elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
                yield self._at(node.lineno, node.col_offset, "not ", "")
            elif isinstance(node, ast.Name) and node.id in _NAMES:
                if isinstance(node.ctx, ast.Load):
                    yield self._at(node.lineno, node.col_offset, node.id, _NAMES[node.id])
            elif isinstance(node, ast.Constant) and id(node) not in told:
                yield from self._constant(node)

    def _compared(self, node: ast.Compare) -> Iterator[Mutant]:
        operands = [node.left, *node.comparators]
        for operator, left, right in zip(node.ops, operands, operands[1:], strict=False):
            yield from self._between(type(operator), left, right)

    def _between(self, kind: type[ast.AST], left: ast.expr, right: ast.expr) -> Iterator[Mutant]:
        """The operator that stands between two operands of one line."""
        old, new = _OPERATORS.get(kind, ("", ""))
        end = left.end_col_offset or 0
        for number in range(left.end_lineno or 0, right.lineno + 1):
            first = self._column(number, end) if number == left.end_lineno else 0
            found = re.search(rf"(?<!\w){re.escape(old)}(?!\w)", self.lines[number - 1][first:])
            if old and found:
                yield Mutant(self.module, number, first + found.start(), old, new)
                return

    def _constant(self, node: ast.Constant) -> Iterator[Mutant]:
        written = self._text(node)
        if isinstance(node.value, bool):
            yield self._at(node.lineno, node.col_offset, written, str(not node.value))
        elif isinstance(node.value, int):
            yield self._at(node.lineno, node.col_offset, written, str(node.value + 1))
            if node.value > 1:
                yield self._at(node.lineno, node.col_offset, written, str(node.value * 3))
        elif isinstance(node.value, str) and re.fullmatch(r"[\d.]+", node.value):
            yield self._at(node.lineno, node.col_offset, written, repr("3" + node.value[1:]))
        elif isinstance(node.value, str) and _LOOKS_LIKE_PATTERN.search(node.value):
            start = self._column(node.lineno, node.col_offset)
            for found in _NUMBER_IN_PATTERN.finditer(written):
                other = str(int(found[0]) - 1 if int(found[0]) else 1)
                yield Mutant(self.module, node.lineno, start + found.start(), found[0], other)

    def _text(self, node: ast.Constant) -> str:
        if node.lineno != node.end_lineno or node.end_col_offset is None:
            return ""
        start = self._column(node.lineno, node.col_offset)
        end = self._column(node.lineno, node.end_col_offset)
        return self.lines[node.lineno - 1][start:end]

    def _at(self, line: int, column: int, old: str, new: str) -> Mutant:
        return Mutant(self.module, line, self._column(line, column), old, new)

    def _column(self, line: int, column: int) -> int:
        """The parser counts bytes; Python's texts have characters."""
        return len(self.lines[line - 1].encode()[:column].decode())


def _told(tree: ast.Module) -> set[int]:
    """The constants that change no result: what people are told, and how Python is asked."""
    told: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            told.update(id(part) for part in ast.walk(node))
        elif isinstance(node, ast.Expr) or (
            isinstance(node, ast.keyword) and node.arg in _ASKED_OF_PYTHON
        ):
            told.add(id(node.value))
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in _MEMORIES:
            told.update(id(part) for size in node.args for part in ast.walk(size))
    return told


def mutants_of(module: str) -> list[Mutant]:
    """Every mutant of a module (a path below ``generator/``) that can still be compiled."""
    text = (ROOT / "generator" / module).read_text("utf-8")
    planted = _Planter(module, text).mutants(ast.parse(text))
    return sorted({mutant for mutant in planted if mutant.old and _compiles(mutant.source(text))})


def _compiles(source: str) -> bool:
    try:
        compile(source, "mutant", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


def survives(mutant: Mutant | None, tests: Sequence[str], seconds: float = 600) -> bool:
    """Whether the tests pass with a mutant (``None``: with the code as it is), in a fork.

    One that does not end in time counts as found: a loop without end is noticed.
    """
    child = os.fork()
    if not child:
        os._exit(_run(mutant, tests))
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) == _SURVIVED
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _run(mutant: Mutant | None, tests: Sequence[str]) -> int:
    os.setsid()
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    if mutant is not None:
        _plant(mutant)
    import pytest

    quiet = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # of the libraries imported
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *quiet]
    return int(pytest.main([*options, *tests]))


def _plant(mutant: Mutant) -> None:
    """Lets Python import the mutant in place of the module."""
    path = ROOT / "generator" / mutant.module
    name = _name(mutant.module)
    source = mutant.source(path.read_text("utf-8"))
    usual = importlib.machinery.SourceFileLoader.get_code

    def get_code(loader: importlib.machinery.SourceFileLoader, fullname: str) -> CodeType | None:
        return compile(source, str(path), "exec") if fullname == name else usual(loader, fullname)

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[assignment, method-assign]


def import_what_tests_use(module: str, tests: Sequence[str]) -> None:
    """Imports what the tests use, but for the module itself and whatever uses it.

    So a fork imports anew only what a mutant may change.
    """
    names = [name.removesuffix(".py").replace("/", ".") for name in tests if name.endswith(".py")]
    for name in ("tests.conftest", *names):  # conftest also says how many examples are drawn
        importlib.import_module(name)
    users = grimp.build_graph("generator", cache_dir=None).find_downstream_modules(_name(module))
    for name in [*sys.modules]:
        if name == _name(module) or name in users or name.startswith("tests."):
            _forget(name)
    gc.collect()
    gc.freeze()


def _forget(name: str) -> None:
    """Lets a module be imported again."""
    del sys.modules[name]
    package, _, own = name.rpartition(".")
    if own in vars(sys.modules.get(package, object)):
        delattr(sys.modules[package], own)


def _name(module: str) -> str:
    return f"generator.{module.removesuffix('.py').replace('/', '.')}"


def main() -> None:
    """Runs the mutants and prints the survivors, a line each, with a count for each module.

    Exit code 1 if a module could not be measured; survivors are for a reader to judge.
    """
    options = _options()
    if options.list:
        for module in options.modules:
            print(f"{len(mutants_of(module)):4} {module}")
        return
    failed = [module for module in options.modules if not _measured(module, options)]
    for module in failed:
        print(f"{module}: not measured", file=sys.stderr)
    sys.exit(1 if failed else 0)


def _measured(module: str, options: argparse.Namespace) -> bool:
    """Runs a module's mutants in a fork, as what one module imports may depend on the next."""
    sys.stdout.flush()  # or the child would print again what waits to be printed
    child = os.fork()
    if not child:
        status = 1  # of whatever is raised
        try:
            status = 0 if _module(module, options) else 1
        except Exception:  # told here, as nothing above the fork sees it
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    _, ended = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(ended) == 0


def _module(module: str, options: argparse.Namespace) -> bool:
    """Whether the mutants of a module could be run: the tests pass without any of them."""
    tests = TARGETS[module][: 1 if options.quick else None]
    import_what_tests_use(module, [name for each in tests for name in each])
    planted = mutants_of(module)
    chosen = left = list(_chosen(planted, options.sample, options.seed))
    for each in filter(None, tests):
        started = time.monotonic()
        if not survives(None, each):
            print(f"{module}: the tests fail without any mutant")
            return False
        seconds = _AT_LEAST + _TIMES * (time.monotonic() - started)
        left = [mutant for mutant in left if survives(mutant, each, seconds)]
    print(f"{module}: {len(chosen)} of {len(planted)} planted, {len(left)} survived", flush=True)
    lines = (ROOT / "generator" / module).read_text("utf-8").splitlines()
    for mutant in left:
        told = lines[mutant.line - 1].strip()
        print(f"  {mutant.line}: {mutant.old!r} → {mutant.new!r}   {told}", flush=True)
    return True


def _chosen(planted: Sequence[Mutant], sample: int, seed: int) -> Iterable[Mutant]:
    if not sample or sample >= len(planted):
        return list(planted)
    return sorted(random.Random(seed).sample(planted, sample))  # noqa: S311


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("modules", nargs="*", default=list(TARGETS), help="below generator/")
    parser.add_argument("--sample", type=int, default=0, help="so many of each module")
    parser.add_argument("--seed", type=int, default=1, help="which ones a sample takes")
    parser.add_argument("--quick", action="store_true", help="without the slow tests")
    parser.add_argument("--list", action="store_true", help="count the mutants, run nothing")
    options = parser.parse_args()
    unknown = [module for module in options.modules if module not in TARGETS]
    if unknown:
        parser.error(f"no tests are named for {', '.join(unknown)}; known: {', '.join(TARGETS)}")
    return options


if __name__ == "__main__":
    main()
