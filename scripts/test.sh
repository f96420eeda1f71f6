#!/usr/bin/env bash
# 备好环境并运行全部检查：格式、类型、测试。
# 其余参数交给 pytest，例如：bash scripts/test.sh -k 舍入
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/setup.sh requirements-dev.lock
.venv/bin/ruff check .
.venv/bin/ruff format --check .
.venv/bin/mypy
.venv/bin/python -m pytest -n 2 --dist loadgroup "$@"
