"""Several folders on a cluster of other processes: the same bytes as here, or refused."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from distributed import LocalCluster

from generator.building.folder import Builder
from generator.building.job import take
from generator.building.options import BuildOptions
from generator.building.outcome import Product
from generator.building.progress import ShowOne
from generator.building.sources import sources_of_tools
from generator.building.workers import cluster as remote
from generator.building.workers import machine, there
from generator.building.workers.machine import Description, description, differences_of_machines
from generator.cli.main import cli
from generator.core.files.store import no_store
from generator.core.records import replace
from tests.conftest import ROOT

FORMATS = ("--format", "html", "--no-cache")
NAMES = ("甲局", "乙局", "丙局", "丁局", "戊局", "己局")


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """A scheduler in this process and two workers in processes of their own."""
    options = {"threads_per_worker": 1, "processes": True, "dashboard_address": "127.0.0.1:0"}
    with LocalCluster(n_workers=2, silence_logs=60, **options) as running:
        yield running


@pytest.fixture(scope="module")
def empty_cluster() -> Iterator[LocalCluster]:
    """A scheduler without any worker."""
    options = {"dashboard_address": "127.0.0.1:0", "silence_logs": 60}
    with LocalCluster(n_workers=0, **options) as running:
        yield running


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """Small entities with a pack that stands beside them, which their data names by its path."""
    shutil.copytree(ROOT / "tests" / "packs" / "最小", tmp_path / "最小")
    text = (ROOT / "tests" / "packs" / "最小示例-2026" / "数据.yaml").read_text(encoding="utf-8")
    for name in NAMES:
        (tmp_path / name).mkdir()
        data = text.replace("云台市钟表馆", f"云台市{name}")
        (tmp_path / name / "数据.yaml").write_text(data, encoding="utf-8")
    return [tmp_path / name for name in NAMES]


def _build(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["build", *map(str, arguments)])


def _on(cluster: LocalCluster, folders: list[Path], *arguments: object) -> Result:
    return _build(*folders, "--scheduler", cluster.scheduler_address, *arguments)


def _produced(
    cluster: LocalCluster, folders: list[Path], options: BuildOptions, show: ShowOne | None = None
) -> Iterator[tuple[int, Product]]:
    show = show or (lambda *_: None)
    return remote.produce_on_cluster(cluster.scheduler_address, folders, options, show)


def _contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def _scheduler(cluster: LocalCluster) -> Any:
    return cluster.scheduler


def _kill_one_that_builds(cluster: LocalCluster) -> int | None:
    """Kills a worker process that has a folder in hand; returns which."""
    busy = {address for address, each in _scheduler(cluster).workers.items() if each.processing}
    for worker in cluster.workers.values():
        if worker.worker_address in busy and worker.pid:
            os.kill(worker.pid, signal.SIGKILL)
            return int(worker.pid)
    return None


def test_a_worker_that_is_killed_costs_nothing_but_time(
    cluster: LocalCluster, folders: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed: list[int] = []
    told = remote._Steps.told

    def kill_then_tell(steps: Any, event: Any) -> None:
        if not killed and (pid := _kill_one_that_builds(cluster)):
            killed.append(pid)
        told(steps, event)

    monkeypatch.setattr(remote._Steps, "told", kill_then_tell)
    done = _on(cluster, folders, "-o", tmp_path / "there", *FORMATS)
    assert done.exit_code == 0, done.output
    assert killed
    assert killed[0] not in {worker.pid for worker in cluster.workers.values()}
    for folder in folders:
        assert _build(folder, "-o", tmp_path / "here", *FORMATS).exit_code == 0
    contents = _contents(tmp_path / "there")
    assert len(contents) == 2 * len(NAMES)
    assert contents == _contents(tmp_path / "here")


def test_whatever_is_wrong_is_told_as_here(
    cluster: LocalCluster, folders: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folders[0] / "数据.yaml"
    file.write_text(file.read_text("utf-8").replace("类型: 单位", "类型: 公司"), "utf-8")
    (folders[1] / "数据.yaml").write_text("单位信息: [", "utf-8")
    (folders[2] / "数据.yaml.txt").write_text("", "utf-8")
    file = folders[3] / "数据.yaml"
    file.write_text(file.read_text("utf-8") + "上年数据: ../去年\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    typed = [Path(folder.name) for folder in folders[:4]] + [Path("没有"), Path("最小")]
    options = BuildOptions(Path("out"), ("html",), cache=False)
    builder = Builder.prepared(options, no_store())
    here = {number: builder.build(folder, lambda *_: None) for number, folder in enumerate(typed)}
    found = dict(_produced(cluster, typed, options))
    assert {number: _timeless(each) for number, each in found.items()} == {
        number: _timeless(each) for number, each in here.items()
    }
    codes = [[finding.code for finding in here[number].outcome.findings] for number in range(6)]
    assert codes == [["E203"], ["E105"], ["W226"], ["E216"], ["E101"], ["E101"]]
    assert str(here[0].outcome.findings[0].place).startswith("甲局/数据.yaml:")


def _timeless(product: Product) -> Product:
    """A product without the time that it took."""
    built = product.outcome.built
    untimed = replace(built, seconds=None) if built else None
    return replace(product, outcome=replace(product.outcome, built=untimed))


def test_what_stands_unchanged_asks_no_cluster(
    cluster: LocalCluster, folders: list[Path], tmp_path: Path
) -> None:
    arguments = ("-o", tmp_path / "out", "--format", "html")
    assert _on(cluster, folders[:1], *arguments).exit_code == 0
    again = _build(*folders[:1], *arguments, "--scheduler", "tcp://127.0.0.1:1")
    assert (again.exit_code, "没有变化" in again.stdout) == (0, True)


def _refused(done: Result, output: Path) -> str:
    assert done.exit_code == 2, done.output
    assert 1 <= done.stderr.count("错误 E505") <= 2  # once, or once of every worker
    assert not output.exists()
    return done.stderr


def test_other_computers_are_refused_before_anything_is_sent(
    cluster: LocalCluster, folders: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = {**description(), "字体": "另一套", "zlib": "0.9"}
    monkeypatch.setattr(remote, "description", lambda: here)
    told = _refused(_on(cluster, folders, "-o", tmp_path / "out", *FORMATS), tmp_path / "out")
    assert f"字体（本机 另一套，那里 {description()['字体']}）" in told
    assert "zlib（本机 0.9，那里" in told


def test_a_worker_that_came_late_is_refused_by_itself(
    cluster: LocalCluster, folders: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = {**description(), "Pango": "0.1"}
    monkeypatch.setattr(remote, "_described_alike", lambda *_: here)
    told = _refused(_on(cluster, folders, "-o", tmp_path / "out", *FORMATS), tmp_path / "out")
    assert "Pango（本机 0.1，那里" in told


def test_another_pack_of_the_same_name_is_refused(
    cluster: LocalCluster, folders: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "digest_of_tools", lambda _: "as it is here")
    told = _refused(_on(cluster, folders, "-o", tmp_path / "out", *FORMATS), tmp_path / "out")
    assert "模板包“../最小”内容与本机的不同" in told


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("tcp://127.0.0.1:1", "连不上调度程序 tcp://127.0.0.1:1"),
        ("没有://1", "“没有://1”不是调度程序的地址"),
        ("tls://127.0.0.1:1", "加密连接不成"),
    ],
)
def test_a_scheduler_that_cannot_be_reached(
    address: str, says: str, folders: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "CONNECTING", 0.3)
    done = _build(*folders, "-o", tmp_path / "out", "--scheduler", address)
    told = _refused(done, tmp_path / "out")
    assert says in told
    assert "不写 --scheduler 就在本机生成" in told
    assert len(told.split("\n")) == 6  # nothing of Dask's


def test_a_scheduler_without_workers(
    empty_cluster: LocalCluster, folders: list[Path], tmp_path: Path
) -> None:
    done = _on(empty_cluster, folders, "-o", tmp_path / "out")
    assert "没有工作进程" in _refused(done, tmp_path / "out")


def test_workers_that_do_not_come_back_are_not_waited_for_without_end(
    empty_cluster: LocalCluster, folders: list[Path], tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(remote, "_described_alike", lambda *_: description())
    monkeypatch.setattr(remote, "ALONE", 0)
    monkeypatch.setattr(remote, "_LOOK", 0.1)
    done = _on(empty_cluster, folders, "-o", tmp_path / "out")
    assert "没有工作进程了" in _refused(done, tmp_path / "out")


def test_ctrl_c_takes_back_what_was_sent(cluster: LocalCluster, folders: list[Path]) -> None:
    def interrupt(_: int, name: str | None, __: str) -> None:
        if name is None:
            raise KeyboardInterrupt

    options = BuildOptions(Path("out"), ("html",), cache=False)
    with pytest.raises(KeyboardInterrupt):
        list(_produced(cluster, folders, options, interrupt))
    end = time.monotonic() + 20
    while _scheduler(cluster).tasks and time.monotonic() < end:
        time.sleep(0.05)
    assert not _scheduler(cluster).tasks


def test_no_more_is_under_way_than_the_cluster_has_threads_for(
    cluster: LocalCluster, folders: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that wait on workers, and data that was read, stay bounded."""
    most = 0
    wait = remote._ClusterRun._wait

    def counted(run: remote._ClusterRun) -> Any:
        nonlocal most
        most = max(most, len(run._under_way))
        return wait(run)

    monkeypatch.setattr(remote._ClusterRun, "_wait", counted)
    options = BuildOptions(Path("out"), ("html",), cache=False)
    products = dict(_produced(cluster, folders, options))
    assert [bool(products[number].files) for number in range(len(folders))] == [True] * len(NAMES)
    assert 0 < most <= 4


def test_a_watch_builds_here(folders: list[Path]) -> None:
    done = _build(*folders, "--watch", "--scheduler", "tcp://127.0.0.1:1")
    assert (done.exit_code, "--scheduler" in done.stderr) == (2, True)


class _HereAsThere:
    """Stands for a worker: what it is told goes nowhere."""

    address = "tcp://there"

    def log_event(self, *_: object) -> None:
        pass


def test_a_job_needs_nothing_of_its_folder(
    folders: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    options = BuildOptions(Path("out"), ("html",), cache=False)
    sent = pickle.dumps(take(folders[0], options, recorded=False))
    shutil.rmtree(folders[0])
    job = pickle.loads(sent)  # noqa: S301 - our own
    monkeypatch.setattr("distributed.get_worker", _HereAsThere)
    tools = there.digest_of_tools(sources_of_tools(job.choice))
    made = there.build_there(job, 0, tools, there.Terms(options, description(), "topic"))
    assert isinstance(made, Product)
    assert made.outcome.built
    assert [name.rpartition(".")[2] for name in made.files] == ["html", "json"]


def test_differences_are_told_with_both_sides() -> None:
    here = {"Python": "3.11.7", "字体": "a", "环境变量 FC_X": "1"}
    assert differences_of_machines(here, here) == ""
    assert (
        differences_of_machines(here, here | {"Python": "3.12.1"})
        == "Python（本机 3.11.7，那里 3.12.1）"
    )
    assert differences_of_machines(here, {}).endswith("环境变量 FC_X（本机 1，那里 没有）")
    many = {str(number): "x" for number in range(5)}
    assert differences_of_machines({}, many).endswith(" 等 5 项")


def test_the_description_tells_what_output_depends_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    described: Callable[[], Description] = description.__wrapped__
    before = described()
    assert {"程序", "Python", "zlib", "Pango", "字体", "Python 包 weasyprint"} <= set(before)
    assert not any(str(ROOT) in value for value in before.values())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    (tmp_path / "generator").mkdir()
    (tmp_path / "generator" / "new.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(machine, "_PROGRAM", tmp_path)
    changed = {name for name, value in described().items() if before.get(name) != value}
    assert changed == {"环境变量 SOURCE_DATE_EPOCH", "程序"}
