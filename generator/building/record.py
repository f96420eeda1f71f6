"""What was built before and stands unchanged: told again instead of built again.

A record names everything that a build has read, with digests, and every file that it wrote. Only
where all of it still holds is the outcome told from the record; whatever is missing or odd means
that the folder is built as usual. Only builds that wrote their files are recorded.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from generator.building.options import BuildOptions
from generator.building.outcome import Built, Outcome, Product
from generator.building.sources import BuildInputs, absolute, as_they_are_now
from generator.building.trees import UntraceableError, file_digest, fonts_digest, program
from generator.core.files.store import Store
from generator.core.findings import Finding, Location
from generator.core.memo import memo
from generator.pack.choice import typed_folder

_FORM = 3
"""Counts up when records are written otherwise than before."""


def remembered(folder: Path, options: BuildOptions, store: Store) -> Outcome | None:
    """The outcome of a folder where building it would change nothing; otherwise ``None``."""
    if not options.cache:
        return None
    content = store.get(_key(folder, options))
    if content is None:
        return None
    try:
        record = json.loads(content)
        sources = BuildInputs(record["tools"], record["data"], record["pack"])
        if sources != as_they_are_now(sources) or record["fonts"] != fonts_digest():
            return None
        if any(file_digest(Path(file)) != known for file, known in record["written"].items()):
            return None
        return _outcome_in(record["outcome"], folder)
    except (UntraceableError, ValueError, KeyError, TypeError, AttributeError):
        return None


def remember(product: Product, outcome: Outcome, options: BuildOptions, store: Store) -> None:
    """Records an outcome whose files were just written."""
    if not (options.cache and product.sources and outcome.built):
        return
    written = dict(zip(outcome.built.files, product.files.values(), strict=True))
    try:
        record = {
            "tools": product.sources.tools,
            "data": product.sources.data,
            "pack": product.sources.pack,
            "fonts": fonts_digest(),
            "written": {
                str(file): hashlib.sha256(content).hexdigest() for file, content in written.items()
            },
            "outcome": _outcome_as_json(outcome, outcome.built),
        }
    except UntraceableError:
        return
    store.put(_key(outcome.folder, options), json.dumps(record).encode())


@memo()
def _program() -> str:
    return program()


def _key(folder: Path, options: BuildOptions) -> str:
    # as typed, because findings and the list of files repeat that, and as it is meant
    where = [str(each) for each in (folder, options.output)]
    where += [absolute(each) for each in (folder, options.output)]
    # which pack data names is known as long as the data is what it was
    where += [absolute(typed_folder(options.pack))] if options.pack is not None else []
    asked = [*sorted(options.formats), options.draft, options.allow_personal_data, options.pack]
    parts = [_FORM, _program(), where, asked]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _outcome_as_json(outcome: Outcome, built: Built) -> dict[str, Any]:
    return {
        "common": [_finding_as_json(each) for each in outcome.common],
        "findings": [_finding_as_json(finding) for finding in outcome.findings],
        "unlisted": outcome.unlisted,
        "errors": outcome.errors,
        "unchecked": outcome.unchecked,
        "note": outcome.note,
        "name": built.name,
        "year": built.year,
        "stem": built.stem,
        "summary": built.summary,
        "pages": built.pages,
        "files": [str(file) for file in built.files],
    }


def _outcome_in(record: dict[str, Any], folder: Path) -> Outcome:
    built = Built(
        name=record["name"],
        year=record["year"],
        stem=record["stem"],
        summary=record["summary"],
        pages=record["pages"],
        files=tuple(Path(file) for file in record["files"]),
        seconds=None,
    )
    return Outcome(
        folder,
        common=tuple(_finding_in(each) for each in record["common"]),
        findings=tuple(_finding_in(each) for each in record["findings"]),
        unlisted=record["unlisted"],
        errors=record["errors"],
        built=built,
        stem=built.stem,
        unchecked=tuple(record["unchecked"]),
        note=record["note"],
    )


def _finding_as_json(finding: Finding) -> dict[str, Any]:
    """What of a finding a build tells: where, what, and what to do."""
    place = finding.place
    return {
        "code": finding.code,
        "message": finding.message,
        "remedy": finding.remedy,
        "place": place and [str(place.file), place.line, place.column, place.spot],
    }


def _finding_in(record: dict[str, Any]) -> Finding:
    place = record["place"]
    return Finding(
        record["code"],
        record["message"],
        record["remedy"],
        place and Location(Path(place[0]), *place[1:]),
    )
