"""Web pages that need nothing else: one file, no network, no script but their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.core.web.scripts import source_hash
from generator.reports.excerpts import harmless_excerpt

_FOLDER = Path(__file__).parent


def page(
    template: str,
    styles: Sequence[str],
    script: str | None,
    content: Mapping[str, object],
    helpers: Mapping[str, Callable[..., object]],
) -> bytes:
    """Fills a template, with style sheets and a script, if it has one, put into the page.

    The policy of the page lets nothing be fetched and names its style and script by hash, so
    nothing that stands in a draft can run or load anything.
    """
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["harmless"] = harmless_excerpt
    environment.globals.update(helpers)
    style, code = _assets(styles), _assets([script] if script else [])
    allowed = source_hash(code) if script else "'none'"
    policy = f"default-src 'none'; style-src {source_hash(style)}; script-src {allowed}"
    filled = environment.get_template(template).render(
        style=style, script=code, policy=f"{policy}; base-uri 'none'; form-action 'none'", **content
    )
    return filled.encode("utf-8", "replace")


def _assets(names: Sequence[str]) -> Markup:
    """Files of the project's own, put into the page as they stand."""
    return Markup("".join((_FOLDER / name).read_text(encoding="utf-8") for name in names))  # noqa: S704
