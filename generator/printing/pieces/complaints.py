"""What the layout complains of: WeasyPrint only logs it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.core.findings import Finding, Location
from generator.core.system_errors import in_chinese

_REPORTED = ("HarfBuzz-Subset", ".notdef glyph")
"""What is told otherwise (W405, E402)."""


class Complaints(logging.Handler):
    """Collects what WeasyPrint only logs, for the time of one print."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._messages: list[str] = []
        self._logger = logging.getLogger("weasyprint")

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps the message of a record."""
        self._messages.append(record.getMessage())

    def __enter__(self) -> Complaints:
        self._logger.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._logger.removeHandler(self)

    @property
    def heard(self) -> bool:
        """Whether there was any."""
        return bool(self._messages)

    def findings(self, folder: Path) -> list[Finding]:
        """Every complaint as a finding, except those reported otherwise (W405, E402)."""
        messages = [
            message
            for message in dict.fromkeys(self._messages)
            if not any(known in message for known in _REPORTED)
        ]
        return list(complained(messages, folder))


def complained(messages: Sequence[str], folder: Path) -> Iterator[Finding]:
    """Findings (E404) for what the layout says in English.

    Args:
        messages: what it says.
        folder: the folder of the pack.
    """
    remedy = "检查模板包的 CSS 和 HTML"
    for message in messages:
        yield Finding("E404", f"排版时出现问题：{in_chinese(message)}", remedy, Location(folder))
