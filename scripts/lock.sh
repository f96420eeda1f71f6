#!/usr/bin/env bash
# 重新锁定 Python 包的版本（需要 uv：pip install uv）。
set -euo pipefail
cd "$(dirname "$0")/.."
export UV_CUSTOM_COMPILE_COMMAND="bash scripts/lock.sh"
options=(--quiet --universal --python-version 3.11 --generate-hashes --no-annotate --all-extras)
uv pip compile "${options[@]}" --group build pyproject.toml -o requirements.lock "$@"
uv pip compile "${options[@]}" --group dev pyproject.toml -o requirements-dev.lock "$@"
