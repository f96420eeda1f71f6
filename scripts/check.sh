#!/usr/bin/env bash
# 检查写法、类型和各层的依赖，不运行测试。环境要先备好（scripts/setup.sh requirements-dev.lock）。
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/ruff check .
.venv/bin/ruff format --check .
.venv/bin/mypy
.venv/bin/lint-imports
