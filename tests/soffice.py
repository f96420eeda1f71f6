"""LibreOffice, where it is installed: the only reader of our files that people use."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cache
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
        folder: where the result goes.
        settings: registrymodifications.xcu of the profile that it works with.
    """
    profile = Path(_profile(settings).name)
    subprocess.run(
        [
            str(_SOFFICE),
            f"-env:UserInstallation={profile.as_uri()}",
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


@cache
def _profile(settings: str) -> tempfile.TemporaryDirectory[str]:
    """A profile that no other process has open: filling a new one takes a third of a run."""
    folder = tempfile.TemporaryDirectory(prefix="soffice-")
    user = Path(folder.name) / "user"
    user.mkdir()
    if settings:
        (user / "registrymodifications.xcu").write_text(settings)
    return folder
