"""The pack's own pictures, put into the page: a page that travels alone cannot load them."""

from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import unquote

from generator.printing.html.urls import cleaned

_TYPES = {
    ".png": "png",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".gif": "gif",
    ".webp": "webp",
    ".svg": "svg+xml",
}


def picture_of_pack(url: str, folder: Path) -> str | None:
    """The address that holds a picture of the pack; nothing if the pack has no such picture."""
    path = (folder / unquote(cleaned(url).partition("#")[0])).resolve()
    kind = _TYPES.get(path.suffix.lower())
    if kind is None or not path.is_relative_to(folder.resolve()) or not path.is_file():
        return None
    return f"data:image/{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
