"""Which worker of a run in parallel takes which tests."""

from __future__ import annotations

from pathlib import PurePath

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling, Scheduling

TOGETHER = dict.fromkeys(("test_check_text", "test_check_wording", "test_import"), "samples read")
"""Modules that share what takes long to make."""


def group_of(nodeid: str) -> str:
    """The tests with which one test shares a worker: those of its module, or of several."""
    module = PurePath(nodeid.partition("::")[0]).stem
    return TOGETHER.get(module, module)


class ModuleScheduling(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """Gives a module as a whole to one worker, so that its fixtures are made once."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    return ModuleScheduling(config, log)
