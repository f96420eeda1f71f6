"""Scripts of a page: which of them may run, and values that are put into the page for them."""

from __future__ import annotations

import base64
import hashlib
import json


def source_hash(content: str) -> str:
    """How the policy of a page (CSP) names the text of a script or a style that it may have."""
    digest = hashlib.sha256(content.encode("utf-8", "replace")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def script_json(value: object) -> str:
    """A value as JSON in a script element, which nothing in it can end."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")
