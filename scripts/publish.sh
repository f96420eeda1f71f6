#!/usr/bin/env bash
# 备好环境并生成 data/ 下的全部预算公开文本，写到 output/。
# 其余参数交给 disclosure build，例如：bash scripts/publish.sh --draft
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/setup.sh
.venv/bin/disclosure build data/*-20[0-9][0-9] "$@"
