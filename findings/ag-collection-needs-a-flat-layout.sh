#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Versions:  ag-collection 5.4.0, npm 10, Node 20
# Date:      30 November 2026
# Guessed:   a published module finds its own dependencies in every layout of node_modules that npm offers.
# Seen:      it imports them by relative paths (../ag-model/...), so that it loads only where npm has laid them beside
#            it: with --install-strategy=nested it cannot be loaded, with the default it can.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
load() { # installs it with the strategy $1, and says whether it can be loaded
  mkdir "$folder/$1"
  cd "$folder/$1"
  npm init -y >/dev/null
  npm install --silent --no-audit --no-fund "--install-strategy=$1" ag-collection@5.4.0
  local main
  main=$(node -p 'require("./node_modules/ag-collection/package.json").main || "index.js"')
  echo "import('./node_modules/ag-collection/$main').then(() => console.log('loads'), (e) => console.log('does not load (' + e.code + ')'))" > look.mjs
  node look.mjs 2>/dev/null
}
flat=$(load hoisted) nested=$(load nested)
echo "ag-collection 5.4.0: hoisted $flat; nested $nested"
[ "$flat" = loads ] && [ "$nested" != loads ]
