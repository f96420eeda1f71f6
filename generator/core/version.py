"""The version of the program as installed."""

from __future__ import annotations


def installed_version() -> str | None:
    """The version of the installed package; ``None`` in a checkout that is not installed."""
    # takes longer to import than most commands need to start
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("budget-disclosure")
    except PackageNotFoundError:
        return None
