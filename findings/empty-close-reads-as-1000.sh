#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Versions:  ws 1.1.5 (the WebSocket of socketcluster-client 2 to 10 in Node), ws 8.18.3, Node 20
# Date:      30 November 2026
# Guessed:   a close frame without a code is told as 1005, which RFC 6455 (7.1.5) reserves for it.
# Seen:      ws 1.1.5 tells it as 1000. A client that comes back after every code but 1000 stays away for ever.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund old@npm:ws@1.1.5 new@npm:ws@8.18.3
cat > look.js <<'JS'
const http = require('http');
const crypto = require('crypto');
// A server by hand: an upgrade, then a close frame with no payload.
const server = http.createServer();
server.on('upgrade', (request, socket) => {
  const accept = crypto.createHash('sha1')
    .update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  setTimeout(() => socket.write(Buffer.from([0x88, 0x00])), 100);
  socket.on('data', () => socket.end());
  socket.on('error', () => {});
});
const codeOf = (name) => new Promise((resolve) => {
  const socket = new (require(name))(`ws://127.0.0.1:${server.address().port}/`);
  socket.on('close', (code) => resolve(code));
});
server.listen(0, '127.0.0.1', async () => {
  const old = await codeOf('old');
  const recent = await codeOf('new');
  console.log(`a close frame without a code: ws 1.1.5 tells ${old}, ws 8.18.3 tells ${recent}`);
  process.exit(old === 1000 && recent === 1005 ? 0 : 1);
});
JS
node look.js
