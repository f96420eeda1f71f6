"""A unit of the work: one disclosure to be built, with all that was read of it.

Whoever has a job can build it, in this process, another one or on another computer: nothing of the
data folder is looked at again.
"""

from __future__ import annotations

import time
from pathlib import Path

from msgspec import Struct

from generator.building.options import BuildOptions
from generator.building.outcome import Product
from generator.building.sources import BuildInputs, Trees, certain, sources_of_data, traced
from generator.core.records import replace
from generator.load.entity_folder import EntityFiles, read_entity
from generator.pack.choice import ChosenPack, pack_of_data


class Job(Struct, frozen=True):
    """One folder to be built.

    Attributes:
        files: what was read of it and of last year's folder.
        choice: the pack that is meant for it.
        digests: of the data folder, from before it was read, where they matter.
        started: when reading began, in nanoseconds since the epoch.
    """

    folder: Path
    files: EntityFiles
    choice: ChosenPack
    digests: Trees | None
    started: int

    def recorded(self, product: Product, tools: BuildInputs | None) -> Product:
        """What came of the job, with all that was read, if that is certain.

        Args:
            product: what was built.
            tools: digests of pack and catalogue from before they were loaded, where they matter.
        """
        if product.outcome.built is None or tools is None or self.digests is None:
            return product
        before = replace(tools, data=self.digests)
        prior = self.files.prior.folder if self.files.prior else None
        return replace(product, sources=certain(before, prior, self.started))


def take(folder: Path, options: BuildOptions, *, recorded: bool) -> Job:
    """Reads a folder and chooses its pack.

    Args:
        folder: the data folder.
        options: of the build.
        recorded: whether it matters later what was read.

    Raises:
        UnusableInputError: if the pack that the data names cannot be.
    """
    started = time.time_ns()
    digests = traced(lambda: sources_of_data(folder)) if recorded else None
    choice = pack_of_data(folder, options.pack)
    return Job(folder, read_entity(folder), choice, digests, started)
