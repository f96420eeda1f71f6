"""``disclosure build --watch``: builds, then builds again whatever is changed."""

from __future__ import annotations

import gc
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event

import click
from msgspec import Struct, field

from generator.building.folder import Builder, Show
from generator.building.options import BuildOptions
from generator.building.outcome import Outcome, Product, at_fault, clashes
from generator.building.output import deliver
from generator.building.progress import ShowOne, display
from generator.building.terminal import not_built, print_outcomes, print_unlisted
from generator.building.watched import (
    Stamps,
    changed_files,
    folders_of_data,
    pack_of,
    stamps_of_data,
    stamps_of_tools,
    wake_ups,
)
from generator.core.files.store import Store
from generator.core.findings import Finding, UnusableInputError
from generator.core.process import spared_collection
from generator.core.records import replace
from generator.core.resources import CATALOGUE
from generator.reports.terminal.console import print_findings

_PROMPT = "正在等待数据和模板的变化，一有变化就重新生成。按 Ctrl-C 结束。"
_NAMED = 3
"""How many changed files are named."""


def watch(folders: Sequence[Path], options: BuildOptions, store: Store) -> None:
    """Builds folders, and again what is concerned by a change, until Ctrl-C."""
    bench = _WatchedFolders(
        [_Entry(folder, folder.name or str(folder)) for folder in folders], options, store
    )
    with suppress(KeyboardInterrupt):
        bench.first()
        click.echo(_PROMPT)
        with _told_to_end() as ended:
            _settle()
            for _ in wake_ups(bench.watched, ended):
                with spared_collection():
                    built = bench.again(time.perf_counter())
                if built:
                    store.tidy()
                    _settle()
    click.echo("\n已结束。")


@contextmanager
def _told_to_end() -> Iterator[Event]:
    """An event that is set by the first Ctrl-C, so that a build is finished; the second interrupts.

    Besides, an interruption can be lost: Python drops what is raised while garbage is collected.
    """
    ended = Event()

    def end(*_: object) -> None:
        if ended.is_set():
            raise KeyboardInterrupt
        ended.set()

    before = signal.signal(signal.SIGINT, end)
    try:
        yield ended
    finally:
        signal.signal(signal.SIGINT, before)


class _Entry(Struct, eq=False):
    """A folder, its files as they were when it was built last, and what came of that.

    Attributes:
        title: the entity and its year, once known.
        stamps: the files of the data.
        pack: the folder of its pack.
        of_tools: the files of its pack and of the catalogue.
    """

    folder: Path
    title: str
    stamps: Stamps = field(default_factory=dict)
    pack: Path = Path()
    of_tools: Stamps = field(default_factory=dict)
    outcome: Outcome | None = None


class _WatchedFolders(Struct):
    """All folders, and what they are built with; without a builder nothing can be."""

    entries: list[_Entry]
    options: BuildOptions
    store: Store
    builder: Builder | None = None

    def watched(self) -> list[Path]:
        """The folders in which a change matters."""
        data = [each for entry in self.entries for each in folders_of_data(entry.folder)]
        return [*data, *dict.fromkeys(entry.pack for entry in self.entries), CATALOGUE]

    def first(self) -> None:
        """Builds everything and tells as any build does."""
        if (builder := self._prepare()) is None:
            return
        with display() as show:
            clashing = self._build(self.entries, builder, show)
        outcomes = [entry.outcome for entry in self.entries if entry.outcome]
        print_outcomes(outcomes, clashing, self.options)
        self._forget_sources()

    def again(self, seen: float) -> bool:
        """Builds what is concerned by changes seen at a time; returns whether anything is."""
        of_tools = [
            changed_files(entry.of_tools, stamps_of_tools(entry.pack)) for entry in self.entries
        ]
        if any(of_tools):
            self._prepare()
            self._forget_sources()
        if self.builder is None:
            return False
        changed = {
            number: [*files, *changed_files(entry.stamps, stamps_of_data(entry.folder))]
            for number, (entry, files) in enumerate(zip(self.entries, of_tools, strict=True))
        }
        concerned = {self.entries[number]: files for number, files in changed.items() if files}
        clashing = self._build(list(concerned), self.builder, lambda *_: None)
        seconds = time.perf_counter() - seen
        for entry, files in concerned.items():
            _tell(entry, files, seconds)
        print_findings(clashing)
        return bool(concerned)

    def _prepare(self) -> Builder | None:
        for entry in self.entries:
            self._look_at_tools(entry)
        try:
            self.builder = Builder.prepared(self.options, self.store)
        except UnusableInputError as error:
            self.builder = None
            print_findings(error.findings)
        return self.builder

    def _look_at_tools(self, entry: _Entry) -> None:
        """Remembers the files of an entry's pack; of one it did not have before, none are kept."""
        pack = pack_of(entry.folder, self.options.pack)
        if pack != entry.pack and self.builder:
            self.builder.kits.pop(pack, None)
        entry.pack, entry.of_tools = pack, stamps_of_tools(pack)

    def _forget_sources(self) -> None:
        """No more is recorded: to take digests of everything costs time at every change."""
        if self.builder:
            self.builder = replace(self.builder, recording=False)

    def _build(self, entries: Sequence[_Entry], builder: Builder, show: ShowOne) -> list[Finding]:
        """Builds entries and writes what does not clash with another; returns the clashes."""
        products = []
        for number, entry in enumerate(entries):
            entry.stamps = stamps_of_data(entry.folder)  # as they are before they are read
            self._look_at_tools(entry)
            products.append(self._produced(entry, builder, partial(show, number)))
            show(number, None, "")
        standing = [each.outcome for each in self.entries if each.outcome and each not in entries]
        clashing = clashes([*standing, *(product.outcome for product in products)])
        for entry, product in zip(entries, products, strict=True):
            entry.outcome = deliver(product, self.options, self.store, clashing)
            if built := entry.outcome.built:
                entry.title = f"{built.name}{built.year}"
        return list(clashing.values())

    def _produced(self, entry: _Entry, builder: Builder, show: Show) -> Product:
        try:
            return builder.build(entry.folder, show)
        except Exception as error:  # whatever it is, the next change may mend it
            return at_fault(entry.folder, error)


def _tell(entry: _Entry, files: Sequence[Path], seconds: float) -> None:
    """One line for a build, then its findings."""
    outcome = entry.outcome
    if outcome is None:
        return
    names = "、".join(file.name for file in files[:_NAMED])
    names += f" 等 {len(files)} 个文件" if len(files) > _NAMED else ""
    parts = [f"{datetime.now():%H:%M:%S}", entry.title, f"改了 {names}"]
    if outcome.built is None:
        parts.append(f"{not_built(outcome)}，原有的文件没有动")
    elif outcome.built.pages is not None:
        parts.append(f"{outcome.built.pages} 页")
    click.echo("  ".join([*parts, f"{seconds:.2f} 秒"]))
    print_findings(outcome.findings)
    print_unlisted(outcome)


def _settle() -> None:
    """Collects garbage while nobody waits; what is left need not be looked through by a build."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
