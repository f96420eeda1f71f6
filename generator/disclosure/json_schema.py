"""The data format as a JSON Schema, with the names that a pack's vocabulary allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from generator.disclosure.budget import AppropriationAmounts, FundAmounts, PriorYear, Project
from generator.disclosure.disclosure import Assets, Disclosure, Reasons, Vehicles
from generator.disclosure.vocabulary import Vocabulary


def json_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The schema of a data folder's sections, keys as they are written."""
    schema = Disclosure.model_json_schema(by_alias=True)
    definitions = schema["$defs"]
    for model in (FundAmounts, AppropriationAmounts):
        names = model.names(vocabulary)
        definitions[model.__name__] = _by_name(definitions[model.__name__], names, {"default": "0"})
    for open_model in (Vehicles, Assets, PriorYear, Reasons):
        name = open_model.__name__
        definitions[name] = _by_name(definitions[name], open_model.names(vocabulary))
    own = schema["properties"]
    own["补充数字"] = _by_name(own["补充数字"], [each.name for each in vocabulary.own_numbers])
    own["补充文字"] = _by_name(own["补充文字"], vocabulary.own_texts)
    classes = vocabulary.project_classes
    definitions[Project.__name__]["properties"]["类别"] |= {
        "default": classes.usual,
        "enum": list(classes.names),
        "type": "string",
    }
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["required"] = []  # a folder spreads the sections over several files
    return schema


def _by_name(
    definition: dict[str, Any], names: Iterable[str], more: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    """What is open to any key, open to some names alone; keys of its own come first."""
    value = definition["additionalProperties"]
    own = definition.get("properties", {})
    named = {name: {**more, **value, "title": name} for name in names if name not in own}
    return {
        **{
            key: definition[key] for key in ("default", "description", "title") if key in definition
        },
        "additionalProperties": False,
        "properties": own | named,
        "type": "object",
    }
