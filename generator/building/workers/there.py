"""What runs on the computers of a cluster: one folder is built of what was read elsewhere.

The functions are called by Dask in threads of a process that stays; one builds at a time, since
what a build remembers and limits belongs to the process.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from threading import Lock

from msgspec import Struct

from generator.building.folder import Builder
from generator.building.job import Job
from generator.building.options import BuildOptions
from generator.building.outcome import Outcome, Product, at_fault
from generator.building.sources import BuildInputs, sources_of_tools
from generator.building.trees import UntraceableError
from generator.building.workers.machine import Description, description
from generator.compose.document.known_sections import forget_sections
from generator.core.files.store import open_store
from generator.core.findings import UnusableInputError
from generator.core.memo import memo
from generator.core.records import replace
from generator.pack.choice import found_here

_ALONE = Lock()


class Terms(Struct, frozen=True):
    """What must be the same on both sides, and what a build is asked for.

    Attributes:
        options: the same for every folder.
        computer: the one that asks.
        topic: under which steps are told; of this run alone.
    """

    options: BuildOptions
    computer: Description
    topic: str


class OtherComputer(Struct, frozen=True):
    """A folder was not built because this computer is another one.

    Attributes:
        worker: its address.
        computer: how it is.
        pack: how its pack is, if that is what differs.
    """

    worker: str
    computer: Description
    pack: str = ""


def describe() -> Description:
    """How this computer is; a first question to every worker, and to the scheduler."""
    return description()


def digest_of_tools(tools: BuildInputs) -> str:
    """One digest of pack and catalogue, wherever they stand."""
    return hashlib.sha256(json.dumps(list(tools.tools.values())).encode()).hexdigest()


def build_there(job: Job, number: int, tools: str, terms: Terms) -> Product | OtherComputer:
    """Builds a folder of what was read of it, if this computer makes the same of it.

    Args:
        job: the folder, its pack by name or by a path that is absolute.
        number: of the folder, as the steps tell it.
        tools: the digest of pack and catalogue where the folder was read.
        terms: what is the same for all folders.
    """
    from distributed import get_worker

    worker = get_worker()
    here = description()
    if here != terms.computer:
        return OtherComputer(worker.address, here)

    def show(name: str, step: str) -> None:
        worker.log_event(terms.topic, (number, name, step))

    with _ALONE:
        try:
            choice = found_here(job.choice)
            if digest_of_tools(sources_of_tools(choice)) != tools:
                return OtherComputer(worker.address, here, "内容与本机的不同")
        except (UnusableInputError, UntraceableError):
            return OtherComputer(worker.address, here, "那里没有，或读不出")
        return _built(replace(job, choice=choice), tools, terms.options, show)


def _built(
    job: Job, tools: str, options: BuildOptions, show: Callable[[str, str], None]
) -> Product:
    show(str(job.folder), "计算")
    try:
        product = _builder(options, tools).make(job, show)
    except UnusableInputError as error:  # of the catalogue
        return Product(Outcome(job.folder).failed(error.findings))
    except Exception as error:  # whatever it is, the other folders go on
        return at_fault(job.folder, error)
    finally:
        forget_sections()  # no other folder has them
    return product


@memo(1)
def _builder(options: BuildOptions, _: str) -> Builder:
    """A builder for a while: until something else is asked for, or pack or catalogue change."""
    store = open_store()
    store.tidy()
    return Builder.prepared(replace(options, pack=None), store)
