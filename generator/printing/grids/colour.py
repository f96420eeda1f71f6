"""Colours of the CSS as the PDF knows them."""

from __future__ import annotations

from typing import Any


class UnknownStyleError(Exception):
    """The CSS says something about a grid that only WeasyPrint can lay out."""


def rgb(colour: Any) -> tuple[float, ...]:
    """Red, green and blue of an opaque colour."""
    if colour.space != "srgb" or colour.alpha != 1:
        raise UnknownStyleError
    return tuple(colour.coordinates)
