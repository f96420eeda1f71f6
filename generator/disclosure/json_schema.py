"""The data format as a JSON Schema, with the names that a pack's vocabulary allows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.disclosure.budget import AppropriationAmounts, FundAmounts, Project
from generator.disclosure.disclosure import Disclosure
from generator.disclosure.vocabulary import Vocabulary


def json_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The schema of a data folder's sections, keys as they are written."""
    schema = Disclosure.model_json_schema(by_alias=True)
    definitions = schema["$defs"]
    for model in (FundAmounts, AppropriationAmounts):
        names = model.names(vocabulary)
        definitions[model.__name__] = _amounts_by_name(definitions[model.__name__], names)
    classes = vocabulary.project_classes
    definitions[Project.__name__]["properties"]["类别"] |= {
        "default": classes.usual,
        "enum": list(classes.names),
        "type": "string",
    }
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["required"] = []  # a folder spreads the sections over several files
    return schema


def _amounts_by_name(definition: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    amount = definition["additionalProperties"]
    return {
        "additionalProperties": False,
        "description": definition["description"],
        "properties": {name: {"default": "0", **amount, "title": name} for name in names},
        "title": definition["title"],
        "type": "object",
    }
