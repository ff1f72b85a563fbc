#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Versions:  socketcluster-server 20.0.1, ws 8.18.3, Node 20
# Date:      30 November 2026
# Guessed:   every packet that carries a call id (cid) is answered, also those of the protocol itself.
# Seen:      a #removeAuthToken with a cid logs the socket out and is never answered; a #publish after it is. A client
#            that waits for the answer before it goes on waits until its own time-out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund socketcluster-server@20.0.1 ws@8.18.3
cat > look.mjs <<'JS'
import http from 'node:http';
import {createRequire} from 'node:module';
import WebSocket from 'ws';
const module = await import('socketcluster-server');
const attach = module.attach ?? module.default.attach;
const server = http.createServer();
const agServer = attach(server);
(async () => { for await (const {error} of agServer.listener('error')) console.log('server error:', error.message); })();
server.listen(0, '127.0.0.1', () => {
  const socket = new WebSocket(`ws://127.0.0.1:${server.address().port}/socketcluster/`);
  const answered = new Set();
  socket.on('open', () => socket.send('{"event":"#handshake","data":{},"cid":1}'));
  socket.on('message', (data) => {
    if (String(data) === '') return;
    const packet = JSON.parse(data);
    answered.add(packet.rid);
    if (packet.rid === 1) {
      socket.send('{"event":"#removeAuthToken","cid":2}');
      socket.send('{"event":"#publish","data":{"channel":"a","data":1},"cid":3}');
    }
    if (packet.rid === 3) setTimeout(() => {
      console.log(`answered: handshake (1) ${answered.has(1)}, #removeAuthToken (2) ${answered.has(2)}, #publish (3) ${answered.has(3)}`);
      process.exit(answered.has(2) ? 1 : 0);
    }, 3000);
  });
});
JS
timeout 60 node look.mjs
