"""The one clock: the time written into files, so that equal input gives equal bytes."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def publication_time() -> datetime | None:
    """The time in ``SOURCE_DATE_EPOCH`` (reproducible-builds.org), or ``None``: no date."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else None
