#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Versions:  socketcluster-client 18.3.0 as npm resolves it (stream-demux 9.0.2, writable-consumable-stream 4.1.0), Node 20
# Date:      30 November 2026
# Guessed:   two consumers of one stream each get every item, as in all other versions.
# Seen:      stream-demux counts consumers with a field that writable-consumable-stream 4.1.0 renamed, so every
#            consumer has the id NaN, and each new one takes the place of the one before in the stream's map.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund socketcluster-client@18.3.0 stream-demux@9.0.2 writable-consumable-stream@4.1.0
node -p '"resolved: " + ["socketcluster-client", "stream-demux", "writable-consumable-stream"].map((n) => n + " " + require(n + "/package.json").version).join(", ")'
cat > look.js <<'JS'
const {create} = require('socketcluster-client');
const socket = create({port: 1, autoConnect: false, autoReconnect: false});
const seen = [0, 0];
[0, 1].forEach(async (i) => {
  for await (const event of socket.listener('greeting')) seen[i]++;
});
setTimeout(() => {
  for (let i = 0; i < 3; i++) socket.emit('greeting', {i});
  setTimeout(() => {
    const ids = socket.getListenerConsumerStatsList('greeting').map((stats) => String(stats.id));
    console.log('ids of the consumers that the stream knows:', JSON.stringify(ids));
    console.log('items that consumer 1 and 2 got, of 3 each:', JSON.stringify(seen));
    process.exit(ids.length === 2 && seen[0] === 3 && seen[1] === 3 ? 1 : 0);
  }, 500);
}, 200);
JS
node look.js
