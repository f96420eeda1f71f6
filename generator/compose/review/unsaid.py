"""What the document prints and the data does not say: 无 must be said, it is not assumed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.core.figures import FigureBook
from generator.core.findings import Finding
from generator.core.numbers.format import MoneyUnit
from generator.load.entity_folder import LoadedDisclosure
from generator.load.yaml.changes import path_text
from generator.load.yaml.tree import Path_
from generator.model.disclosure import Disclosure
from generator.model.vocabulary import SaidSection, Vocabulary
from generator.pack.pack import YearComparison

PROCUREMENT = ("政府采购",)
SERVICES = ("其他说明", "政府购买服务指导性目录")
ASSETS = ("国有资产",)
VEHICLES = (*ASSETS, "实有车辆")
_SECTIONS: dict[SaidSection, tuple[str, ...]] = {
    SaidSection.PROCUREMENT: PROCUREMENT,
    SaidSection.ASSETS: ASSETS,
    SaidSection.SERVICES: SERVICES,
}
"""Where in the data it is said what a document must speak of, in the order of documents."""
_SILENT = {"三公经费": "official_expenses", "机关运行经费": "operating_funds"}
"""Sections, by the fields of their models, whose silence is believed unless last year had any."""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Something that the data does not say: the path of its key, and how to say it."""

    path: Path_
    remedy: str

    @property
    def name(self) -> str:
        """The path as people read it."""
        return path_text(self.path)


def asked(vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    """The paths of what the data of a place must say, in the order of the document."""
    return [path for what, path in _SECTIONS.items() if what in vocabulary.to_be_said]


def unsaid(disclosure: Disclosure, vocabulary: Vocabulary) -> Iterator[Unsaid]:
    """What is always printed and not said, in the order of the document."""
    paths = asked(vocabulary)
    if PROCUREMENT in paths and not says_procurement(disclosure):
        remedy = "填写货物、工程、服务的预算（元）；没有的写“政府采购: 无”"
        yield Unsaid(PROCUREMENT, remedy)
    if ASSETS not in paths:
        pass
    elif not disclosure.assets.model_fields_set:
        day = vocabulary.asset_days[0]
        yield Unsaid(ASSETS, f"填写截至上年{day}的车辆、房屋和设备；没有的写“国有资产: 无”")
    else:
        yield from _unsaid_assets(disclosure, vocabulary)
    silent = "service_purchase" not in disclosure.other_notes.model_fields_set
    if SERVICES in paths and silent:
        yield Unsaid(SERVICES, "写明政府购买服务的情况；没有的写“政府购买服务指导性目录: 无”")


def _unsaid_assets(disclosure: Disclosure, vocabulary: Vocabulary) -> Iterator[Unsaid]:
    if not says_vehicles(disclosure):
        yield Unsaid(VEHICLES, "分类填写实有的辆数；没有车辆的写“实有车辆: 无”")
    for asset in vocabulary.assets:
        if not says_asset(disclosure, asset.name):
            yield Unsaid((*ASSETS, asset.name), f"填写数目；没有的写“{asset.name}: 0”")


def says_procurement(disclosure: Disclosure) -> bool:
    """Whether the data says what is to be procured; an item left out beside others is zero."""
    return bool(disclosure.procurement.model_fields_set)


def says_vehicles(disclosure: Disclosure) -> bool:
    """Whether the data says what vehicles there are; a kind left out beside others is zero."""
    return bool(disclosure.assets.vehicles.root)


def says_asset(disclosure: Disclosure, name: str) -> bool:
    """Whether the data says how many there are of one kind of assets, by its key."""
    return name in disclosure.assets.numbers


def unsaid_findings(
    loaded: LoadedDisclosure,
    figures: FigureBook,
    comparisons: Mapping[str, YearComparison],
    unit: MoneyUnit,
) -> Iterator[Finding]:
    """Yields E221 for whatever is unsaid.

    Args:
        loaded: the data.
        figures: its figures, with those of last year as far as they are known.
        comparisons: what the document compares with last year.
        unit: the unit of amounts in the text.
    """
    for each in unsaid(loaded.disclosure, loaded.vocabulary):
        yield _finding(loaded, each, "文中会印成“待填”")
    for section, field in _SILENT.items():
        prior = comparisons[section].prior if section in comparisons else ""
        if field in loaded.disclosure.model_fields_set or prior not in figures:
            continue
        if figures[prior].value:
            remedy = f"填写本年的；本年没有的写“{section}: 无”"
            told = f"上年有{figures[prior].text}{unit}，文中会印成本年没有"
            yield _finding(loaded, Unsaid((section,), remedy), told)


def _finding(loaded: LoadedDisclosure, what: Unsaid, told: str) -> Finding:
    return Finding(
        "E221",
        f"没有写“{what.name}”，{told}",
        what.remedy,
        loaded.source.place(what.path),
        subjects=(what.name,),
    )
