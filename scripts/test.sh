#!/usr/bin/env bash
# 备好环境并运行全部检查：写法、类型、各层的依赖、测试。
# 其余参数交给 pytest，例如：bash scripts/test.sh -k 舍入
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/setup.sh requirements-dev.lock
# axe-core 检查网页的无障碍；没有 npm 或装不上时，用到它的测试自己说明并跳过
if command -v npm >/dev/null; then
  npm ci --prefix tests/npm --ignore-scripts --no-audit --no-fund --silent || true
fi
bash scripts/check.sh
.venv/bin/python -m pytest -n 2 --dist loadscope "$@"
