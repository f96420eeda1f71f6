"""``disclosure completion``: one command, and the shell completes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.main import cli


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SHELL", "/bin/bash")
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["completion", *arguments])


def test_bash_completes_a_command_after_one_command(home: Path) -> None:
    rc = home / ".bashrc"
    rc.write_text("alias ll='ls -l'", encoding="utf-8")
    assert _run().exit_code == 0
    assert _run().exit_code == 0
    assert rc.read_text(encoding="utf-8").count("completion.bash ] &&") == 1
    assert rc.read_text(encoding="utf-8").startswith("alias ll='ls -l'\n")
    command = home / "disclosure"
    command.write_text(
        f"#!{sys.executable}\nfrom generator.cli.main import main\nmain()\n", encoding="utf-8"
    )
    command.chmod(0o755)
    asked = (
        f". {rc}; COMP_WORDS=(disclosure worksh); COMP_CWORD=1; "
        f"_disclosure_completion {command}; echo ${{COMPREPLY[@]}}"
    )
    bash = shutil.which("bash") or "bash"
    done = subprocess.run(
        [bash, "-c", asked], capture_output=True, text=True, env=dict(os.environ), check=False
    )
    assert done.stdout.strip() == "worksheet", done.stderr


def test_other_shells_have_it_where_they_look(home: Path) -> None:
    assert _run("zsh").exit_code == 0
    assert (home / ".local/share/disclosure/completion.zsh").is_file()
    assert "completion.zsh" in (home / ".zshrc").read_text(encoding="utf-8")
    script = (home / ".local/share/disclosure/completion.zsh").read_text(encoding="utf-8")
    assert script.startswith("#compdef disclosure\n"), "zsh looks for it in the first line"
    assert script.index("autoload -Uz compinit") < script.index("compdef _disclosure_completion")
    assert _run("fish").exit_code == 0
    assert (home / ".config/fish/completions/disclosure.fish").is_file()


def test_a_script_can_be_printed_alone(home: Path) -> None:
    assert "_DISCLOSURE_COMPLETE=zsh_complete" in _run("zsh", "--print").output
    assert list(home.iterdir()) == []


@pytest.mark.usefixtures("home")
def test_an_unknown_shell_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    done = _run()
    assert (done.exit_code, "bash、zsh、fish" in done.output) == (2, True)


def test_a_file_that_cannot_be_written_is_told(home: Path) -> None:
    (home / ".bashrc").mkdir()
    done = _run()
    assert (done.exit_code, "E501" in done.stderr) == (2, True)
    assert "自己在末尾加上这一行" in done.stderr.replace("\n", "").replace(" ", "")
