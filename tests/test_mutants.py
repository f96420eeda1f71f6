"""The script that plants mutants says so, and fails, if it could measure nothing."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

import pytest

from scripts import mutants

MODULE = "core/numbers/rounding.py"


def _raise() -> bool:
    raise ValueError(MODULE)


def _killed() -> bool:
    os.kill(os.getpid(), signal.SIGKILL)
    return True


@pytest.mark.parametrize(
    ("measures", "code"), [(lambda: True, 0), (lambda: False, 1), (_raise, 1), (_killed, 1)]
)
def test_a_module_that_could_not_be_measured_is_told_by_the_exit_code(
    measures: Callable[[], bool],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["mutants.py", MODULE])
    monkeypatch.setattr(mutants, "_module", lambda *_: measures())
    with pytest.raises(SystemExit) as ended:
        mutants.main()
    assert ended.value.code == code
    assert (f"{MODULE}: not measured" in capfd.readouterr().err) == bool(code)


def test_a_module_without_tests_of_its_own_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["mutants.py", "core/rounding.py"])
    with pytest.raises(SystemExit) as ended:
        mutants.main()
    assert ended.value.code == 2
    assert "core/rounding.py" in capsys.readouterr().err


def test_the_tests_of_a_module_run_as_the_script_runs_them() -> None:
    """Without workers: what tests/conftest.py does must not need them."""
    (ledger,) = mutants.TARGETS["compute/ledger/entries.py"].quick
    assert mutants.survives(None, (ledger, "-k", "an_entry"))


def test_what_the_tests_import_has_the_fault_in_it() -> None:
    """Also where another module has taken the function from the faulty one."""
    planted = mutants.mutants_of(MODULE)
    (fault,) = (each for each in planted if each.new == "ROUND_HALF_EVEN")
    tests = (mutants.PLAIN, "tests/test_number_format.py", "-k", "written_by_its_pattern")
    child = os.fork()
    if not child:
        mutants.import_what_tests_use(MODULE, tests)
        found = mutants.survives(None, tests) and not mutants.survives(fault, tests)
        os._exit(0 if found else 1)
    assert os.waitpid(child, 0)[1] == 0
