"""The fonts of this computer, as fontconfig lists them."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping

from generator.core.memo import memo
from generator.core.text.patterns import late_pattern

Faces = Mapping[str, frozenset[int]]
"""The weights that each family has, as fontconfig counts them: 80 is regular, 200 bold."""

_REGULAR, _BOLD = 80, 180
"""From which weight on a face counts as bold."""
_NUMBER = late_pattern(r"\d+")


def listed_faces() -> Faces | None:
    """Every family by each of its names; ``None`` without the program that lists them."""
    try:
        listing = subprocess.run(
            ["fc-list", ":", "family", "weight"],  # noqa: S607
            capture_output=True,
            encoding="utf-8",
            errors="replace",  # a name in another encoding is none that a theme asks for
            check=False,
        )
    except FileNotFoundError:
        return None
    faces: dict[str, set[int]] = {}
    for line in listing.stdout.splitlines():
        names, _, weight = line.partition(":weight=")
        weights = {int(each) for each in _NUMBER.findall(weight)} or {_REGULAR}
        for name in names.split(","):
            faces.setdefault(name.replace("\\", "").strip(), set()).update(weights)
    return {name: frozenset(weights) for name, weights in faces.items()}


@memo()
def installed_faces() -> Faces | None:
    """:func:`listed_faces`, asked for once."""
    return listed_faces()


def first_installed(families: tuple[str, ...], faces: Faces) -> str | None:
    """The first of some families that is installed."""
    return next((family for family in families if family in faces), None)


def has_bold(families: tuple[str, ...]) -> bool:
    """Whether the first of some families that is installed has a bold face of its own.

    Without one, bold would be drawn by smearing the regular face. Where nothing is known of the
    fonts, they are taken to have one.
    """
    faces = installed_faces()
    family = first_installed(families, faces) if faces is not None else None
    return family is None or faces is None or max(faces[family]) >= _BOLD
