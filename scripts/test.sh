#!/usr/bin/env bash
# 备好环境并运行全部检查：写法、类型、各层的依赖、测试。
# 其余参数交给 pytest，例如：bash scripts/test.sh -k 舍入
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/setup.sh requirements-dev.lock
if command -v npm >/dev/null; then npm ci --ignore-scripts --no-audit --no-fund --silent; fi  # axe-core
bash scripts/check.sh
.venv/bin/python -m pytest -n 2 --dist loadgroup "$@"
