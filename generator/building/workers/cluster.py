"""Builds several folders on the computers of a Dask cluster; see several-machines.md.

This computer reads the folders, sends what it has read, and takes back the files as bytes: it
alone writes. A computer where the same would come out otherwise is refused, never used.
"""

from __future__ import annotations

import logging
import ssl
import uuid
import warnings
from collections import defaultdict, deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock
from time import monotonic
from typing import Any

from distributed import Client, Future, KilledWorker

from generator.building.job import Job, take
from generator.building.options import BuildOptions
from generator.building.outcome import Outcome, Product, at_fault, broken
from generator.building.progress import ShowOne
from generator.building.sources import BuildInputs, sources_of_tools, traced
from generator.building.trees import UntraceableError
from generator.building.workers.machine import Description, description, differences_of_machines
from generator.building.workers.there import (
    OtherComputer,
    Terms,
    build_there,
    describe,
    digest_of_tools,
)
from generator.core.files.error_log import log_error
from generator.core.findings import Finding, UnusableInputError
from generator.core.records import replace
from generator.pack.choice import ChosenPack, typed_pack

CONNECTING = 10.0
"""Seconds in which the scheduler must answer."""
ALONE = 60.0
"""Seconds for which a cluster may be without any worker, as while they are started again."""
_LOOK = 2.0
"""Seconds after which it is looked whether the cluster still lives."""
_AHEAD = 2
"""Folders that are under way for every thread of the cluster: what waits there is in memory."""
_SHOWN = 3
"""Workers that are named."""
_HERE = "不写 --scheduler 就在本机生成"
_ALIKE = (
    "各台电脑装同一版本的程序、同一份 requirements.lock 和同样的字体，设同样的语言环境，"
    f"再重新启动工作进程；{_HERE}"
)


def produce_on_cluster(
    address: str, folders: Sequence[Path], options: BuildOptions, show: ShowOne
) -> Generator[tuple[int, Product]]:
    """Builds folders in memory, on whatever computers a scheduler has.

    Args:
        address: of the scheduler, such as ``tcp://10.0.0.5:8786`` or ``tls://…``.
        folders: the data folders, on this computer.
        options: the same for every folder.
        show: is told the steps.

    Returns:
        Products as they come, each with the place of its folder in ``folders``.

    Raises:
        UnusableInputError: E505 if the cluster cannot be used, E301 of a pack that was typed.
    """
    if options.pack is not None:
        typed_pack(options.pack)  # told once, not for every folder
    with _connected(address) as client:
        here = _described_alike(client, address)
        run = _ClusterRun(client, Terms(options, here, f"disclosure-{uuid.uuid4().hex}"), show)
        try:
            yield from run.products(folders)
        finally:
            run.end()


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    """A connection to a scheduler; encrypted and certified as Dask's own settings say.

    Raises:
        UnusableInputError: E505 if there is none.
    """
    with _quiet():
        try:
            client = Client(address, timeout=CONNECTING, set_as_default=False)
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            log_error(error)
            raise UnusableInputError([_unreachable(address, error)]) from error
        try:
            yield client
        finally:
            client.close(timeout=CONNECTING)


@contextmanager
def _quiet() -> Iterator[None]:
    """What Dask says in English is not shown; what matters of it is told as a finding."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def _unreachable(address: str, error: Exception) -> Finding:
    chain: list[BaseException] = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) and cause not in chain:
        chain.append(cause)
    if any(isinstance(each, ssl.SSLError) for each in chain) or isinstance(error, TypeError):
        message = f"和调度程序 {address} 的加密连接不成"
        remedy = "检查 Dask 设置里 distributed.comm.tls 的证书、私钥和 CA，两边用同一个 CA"
    elif isinstance(error, ValueError):
        message = f"“{address}”不是调度程序的地址"
        remedy = "写成 tcp://主机:8786 或 tls://主机:8786"
    else:
        message = f"连不上调度程序 {address}"
        remedy = "检查地址和端口、dask scheduler 是否在运行、防火墙是否放行"
    return Finding("E505", message, f"{remedy}；{_HERE}")


def _described_alike(client: Client, address: str) -> Description:
    """How this computer is, and so is every worker.

    Raises:
        UnusableInputError: E505 for those that are not, or if there are none.
    """
    try:
        here = description()
    except UntraceableError as error:
        message = f"本机有什么字体查不出来（{error}），不能和集群比较"
        raise UnusableInputError([Finding("E505", message, f"装上 fontconfig；{_HERE}")]) from error
    try:
        client.run_on_scheduler(describe)
        there: dict[str, Any] = client.run(describe, on_error="return")
    except Exception as error:  # whatever it says, it cannot run the program
        log_error(error)
        told = f"调度程序 {address} 上运行不了本软件（{type(error).__name__}）"
        raise UnusableInputError([Finding("E505", told, _ALIKE)]) from error
    if not there:
        message = f"调度程序 {address} 没有工作进程"
        remedy = f"在各台电脑上运行 dask worker {address}；{_HERE}"
        raise UnusableInputError([Finding("E505", message, remedy)])
    strange = defaultdict(list)
    for worker, described in there.items():
        if why := _difference(here, described):
            strange[why].append(worker)
    if strange:
        raise UnusableInputError(_strangers(names, why) for why, names in strange.items())
    return here


def _difference(here: Description, there: Description | BaseException) -> str:
    if isinstance(there, ModuleNotFoundError):
        return "那里没有安装本软件"
    if isinstance(there, BaseException):
        return f"那里查不出程序和字体（{type(there).__name__}）"
    return differences_of_machines(here, there)


def _strangers(workers: Sequence[str], why: str) -> Finding:
    named = "、".join(workers[:_SHOWN])
    more = f" 等 {len(workers)} 个" if len(workers) > _SHOWN else ""
    message = f"工作进程 {named}{more} 和本机不同，印出的可能不一样：{why}"
    return Finding("E505", message, _ALIKE)


class _LostError(Exception):
    """The cluster has gone away; says how."""


class _ClusterRun:
    """The folders of one run on a cluster: those under way, and what came of them."""

    def __init__(self, client: Client, terms: Terms, show: ShowOne) -> None:
        self._client = client
        self._terms = terms
        self._under_way: dict[str, tuple[int, Job, Future[Any]]] = {}
        self._finished: SimpleQueue[Future[Any]] = SimpleQueue()
        self._tools: dict[ChosenPack, BuildInputs | None] = {}
        self._steps = _Steps(show)
        client.subscribe_topic(terms.topic, self._steps.told)

    def products(self, folders: Sequence[Path]) -> Iterator[tuple[int, Product]]:
        """Builds folders; products come in any order, each with the number of its folder."""
        waiting = deque(enumerate(folders))
        try:
            while waiting or self._under_way:
                room = self._room()
                while waiting and len(self._under_way) < room:
                    number, folder = waiting.popleft()
                    if refused := self._sent(number, folder):
                        yield number, refused
                if self._under_way:
                    yield self._next()
        except _LostError as lost:
            left = [(number, job.folder) for number, job, _ in self._under_way.values()]
            for number, folder in (*left, *waiting):
                yield number, _common(folder, Finding("E505", str(lost), f"重新运行；{_HERE}"))

    def end(self) -> None:
        """Takes back what is still under way; a folder that is being built there is in vain."""
        left = [future for _, _, future in self._under_way.values()]
        with suppress(Exception):  # the cluster may have gone
            self._client.cancel(left)
            self._client.unsubscribe_topic(self._terms.topic)

    def _room(self) -> int:
        """How many folders may be under way."""
        threads = sum(self._threads().values())
        return max(_AHEAD, _AHEAD * threads)

    def _threads(self) -> dict[str, int]:
        """The threads of every worker there is; none, if nobody answers."""
        try:
            return dict(self._client.nthreads())
        except (OSError, RuntimeError, CancelledError):
            return {}

    def _sent(self, number: int, folder: Path) -> Product | None:
        """Reads a folder and sends it; what came of it, if that is known already."""
        options = self._terms.options
        try:
            job = take(folder, options, recorded=options.cache)
            tools = self._tools_of(job.choice)
        except UnusableInputError as error:
            return Product(Outcome(folder).failed(error.findings))
        except Exception as error:  # whatever it is, the other folders go on
            return at_fault(folder, error)
        if tools is None:
            message = f"模板包“{job.choice.name}”的内容查不全，不能和集群比较"
            return _common(folder, Finding("E505", message, f"移走包里的链接和设备；{_HERE}"))
        away = replace(job, choice=replace(job.choice, folder=job.choice.folder.absolute()))
        future = self._client.submit(
            build_there,
            away,
            number,
            digest_of_tools(tools),
            self._terms,
            key=f"{self._terms.topic}-{number}",
            pure=False,
        )
        self._under_way[str(future.key)] = number, job, future
        future.add_done_callback(self._finished.put)
        return None

    def _tools_of(self, choice: ChosenPack) -> BuildInputs | None:
        if choice not in self._tools:
            self._tools[choice] = traced(lambda: sources_of_tools(choice))
        return self._tools[choice]

    def _next(self) -> tuple[int, Product]:
        """Waits for a folder that is finished.

        Raises:
            _LostError: if none can be any more.
        """
        future = self._wait()
        number, job, _ = self._under_way[str(future.key)]
        product = self._product(job, future)
        del self._under_way[str(future.key)]  # the workers keep it no longer
        self._steps.finish(number)
        return number, product

    def _wait(self) -> Future[Any]:
        seen = monotonic()
        while True:
            with suppress(Empty):
                return self._finished.get(timeout=_LOOK)
            if self._threads():
                seen = monotonic()
            elif monotonic() - seen > ALONE:
                raise _LostError(f"集群里没有工作进程了，等了 {ALONE:.0f} 秒也没有回来")

    def _product(self, job: Job, future: Future[Any]) -> Product:
        """What a finished future holds, whatever happened to it."""
        try:
            answer = future.result()
        except KilledWorker as error:
            times = error.allowed_failures + 1
            return broken(job.folder, f"{times} 个工作进程先后在它上面中止，可能是内存不够")
        except CancelledError as error:
            raise _LostError("和调度程序的连接断了") from error
        except Exception as error:  # of Dask itself
            return at_fault(job.folder, error)
        if isinstance(answer, OtherComputer):
            why = differences_of_machines(self._terms.computer, answer.computer)
            if answer.pack:
                why = f"模板包“{job.choice.name}”{answer.pack}"
            return _common(job.folder, _strangers([answer.worker], why))
        return job.recorded(answer, self._tools_of(job.choice))


def _common(folder: Path, finding: Finding) -> Product:
    """A folder not built for a reason that others share; it is told once."""
    return Product(replace(Outcome(folder), common=(finding,), errors=1))


class _Steps:
    """Shows steps that workers tell; one that comes late is not shown."""

    def __init__(self, show: ShowOne) -> None:
        self._show = show
        self._finished: set[int] = set()
        self._lock = Lock()  # they are told in a thread of Dask's

    def told(self, event: tuple[float, tuple[int, str, str]]) -> None:
        """An event of the run."""
        number, name, step = event[1]
        with self._lock:
            if number not in self._finished:
                self._show(number, name, step)

    def finish(self, number: int) -> None:
        """A folder is finished."""
        with self._lock:
            self._finished.add(number)
            self._show(number, None, "")
