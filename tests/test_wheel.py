"""The wheel works outside the checkout, with a data folder and a pack of the user's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.conftest import ROOT, UNIT


def test_the_wheel_publishes_a_users_own_data_with_their_own_pack(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "-q", "-w", tmp_path, ROOT], check=True, capture_output=True)
    wheel = next(tmp_path.glob("*.whl"))
    installed = tmp_path / "site"
    with zipfile.ZipFile(wheel) as package:
        package.extractall(installed)

    home = tmp_path / "home"
    shutil.copytree(ROOT / "data" / UNIT, home / "我的数据")
    pack = shutil.copytree(ROOT / "templates" / "yangquan", home / "我的版式")
    form = pack / "forms" / "项目.yaml"
    settings = form.read_text(encoding="utf-8")
    form.write_text(
        settings.replace("阳泉市市级预算部门（单位）项目支出绩效目标表", "本市项目绩效目标表"),
        encoding="utf-8",
    )
    command = (
        "from generator.cli.main import main; import generator; print(generator.__file__); main()"
    )
    for arguments, expected in (
        (["build", "我的数据", "--format", "html"], "阳泉市市级预算部门"),
        (["build", "我的数据", "--format", "html", "--pack", "我的版式"], "本市项目绩效目标表"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", command, *arguments],
            cwd=home,
            env=os.environ | {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(str(installed))
        html = next((home / "output").glob("*.html")).read_text(encoding="utf-8")
        assert expected in html
