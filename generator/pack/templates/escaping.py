"""Escaping of text for HTML, as templates do it.

What a document prints is put together at once; ``markupsafe.escape`` makes an object of a class of
its own of each piece, which takes twenty times as long as escaping it.
"""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import _escape_inner  # type: ignore[attr-defined]

escaped_text: Callable[[str], str] = _escape_inner
"""A text with the characters that have a meaning in HTML written otherwise."""
