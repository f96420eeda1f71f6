"""LibreOffice, where it is installed: the only reader of our files that people use."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

_SOFFICE = shutil.which("soffice")
_LONGEST = 180
"""Seconds."""
needs_soffice = pytest.mark.skipif(_SOFFICE is None, reason="LibreOffice is not installed")


def converted(file: Path, extension: str, folder: Path, settings: str = "") -> Path:
    """A file as LibreOffice writes it in another format, in an empty folder for its work.

    Args:
        file: what is opened.
        extension: of the format, as in ``pdf``.
        folder: where the result goes, beside a profile that nobody else has open.
        settings: registrymodifications.xcu of that profile.
    """
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    if settings:
        (user / "registrymodifications.xcu").write_text(settings)
    subprocess.run(
        [
            str(_SOFFICE),
            f"-env:UserInstallation={user.parent.as_uri()}",
            "--headless",
            "--convert-to",
            extension,
            "--outdir",
            str(folder / "converted"),
            str(file),
        ],
        check=True,
        capture_output=True,
        timeout=_LONGEST,
    )
    return folder / "converted" / f"{file.stem}.{extension}"
