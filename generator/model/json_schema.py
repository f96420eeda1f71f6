"""The data format as a JSON Schema, with the names that a pack's vocabulary allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from generator.model.budget import AppropriationAmounts, FundAmounts, PriorYear, Project
from generator.model.disclosure import Assets, Disclosure, Reasons, Vehicles
from generator.model.form_names import FormNames
from generator.model.performance import (
    DeclaredForm,
    Indicator,
    InHalves,
    LevelFunds,
    OverallForm,
    PeriodFunds,
    PeriodTexts,
    ProjectForm,
)
from generator.model.vocabulary import Vocabulary


def json_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The schema of a data folder's sections, keys as they are written."""
    schema = Disclosure.model_json_schema(by_alias=True)
    definitions = schema["$defs"]
    _forms(schema, vocabulary)
    for model in (FundAmounts, AppropriationAmounts, LevelFunds):
        if model.__name__ not in definitions:
            continue
        names = model.names(vocabulary)
        definitions[model.__name__] = _by_name(definitions[model.__name__], names, {"default": "0"})
    for open_model in (Vehicles, Assets, PriorYear, Reasons):
        name = open_model.__name__
        definitions[name] = _by_name(definitions[name], open_model.names(vocabulary))
    own = schema["properties"]
    own["补充数字"] = _by_name(own["补充数字"], [number.name for number in vocabulary.own_numbers])
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


def _forms(schema: dict[str, Any], vocabulary: Vocabulary) -> None:
    """Gives the forms the keys that the pack declares; takes out forms that it does not have."""
    models: tuple[tuple[type[DeclaredForm], FormNames | None, str], ...] = (
        (ProjectForm, vocabulary.forms.project, "项目绩效目标表"),
        (OverallForm, vocabulary.forms.overall, "整体绩效目标表"),
    )
    definitions = schema["$defs"]
    for model, names, section in models:
        if names is None:
            del schema["properties"][section], definitions[model.__name__]
        else:
            _declared(definitions[model.__name__], names)
    halves: tuple[type[InHalves], ...] = (PeriodFunds, PeriodTexts, Indicator)
    for halve in halves:
        if vocabulary.forms.project is None:
            del definitions[halve.__name__]
            continue
        properties = definitions[halve.__name__]["properties"]
        known = halve.names(vocabulary)
        definitions[halve.__name__]["properties"] = {
            key: _without_default(value) if "$ref" in value else value
            for key, value in properties.items()
            if key in known
        }
    if vocabulary.forms.project is None:
        del definitions[LevelFunds.__name__]


def _declared(definition: dict[str, Any], names: FormNames) -> None:
    """The keys of a form: what the data format knows, and texts of the pack's own."""
    known = definition["properties"]
    definition["properties"] = {
        key: _key(key, known.get(key, {"title": key, "type": "string"}), names)
        for key in names.fields
    }
    definition["additionalProperties"] = False
    definition["required"] = list(names.required)


def _key(key: str, value: dict[str, Any], names: FormNames) -> dict[str, Any]:
    if value.get("type") != "string":
        return value
    default = {} if key in names.required else {"default": ""}
    return default | _without_default(value)


def _without_default(value: dict[str, Any]) -> dict[str, Any]:
    return {key: each for key, each in value.items() if key != "default"}


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
