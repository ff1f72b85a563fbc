#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Versions:  socketcluster 20.0.2 (the program that "socketcluster create" makes), socketcluster-client 20.0.2, Node 20
# Date:      30 November 2026
# Guessed:   SOCKETCLUSTER_SOCKET_CHANNEL_LIMIT=2 lets a client have two channels: the program reads the variable.
# Seen:      the program puts it into a constant that nothing uses. SOCKETCLUSTER_OPTIONS is the way to set the limit.
set -euo pipefail
folder=$(mktemp -d)
server=""
trap 'if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; fi; rm -rf "$folder"' EXIT
cd "$folder"
npm pack --silent socketcluster@20.0.2 >/dev/null
tar xzf socketcluster-20.0.2.tgz
cd package/app
# Its dependencies, at versions that were tried. scc-broker-client is imported, but not used without a cluster: an
# empty module takes its place, as not every registry has its dependencies.
npm pkg delete dependencies
npm install --silent --no-audit --no-fund eetase@7.0.1 express@4.21.2 morgan@1.10.0 serve-static@1.16.2 uuid@9.0.1 \
  socketcluster-server@20.0.1 socketcluster-client@20.0.2
mkdir node_modules/scc-broker-client
echo '{"name": "scc-broker-client", "version": "0.0.0", "type": "module", "main": "index.js"}' > node_modules/scc-broker-client/package.json
echo 'export default {};' > node_modules/scc-broker-client/index.js
port=$(node -e 'const s = require("net").createServer().listen(0, () => { console.log(s.address().port); s.close(); })')
ENV=prod SOCKETCLUSTER_PORT=$port SOCKETCLUSTER_SOCKET_CHANNEL_LIMIT=2 node server.js &
server=$!
until (exec 3<> "/dev/tcp/127.0.0.1/$port") 2>/dev/null; do kill -0 "$server"; sleep 0.2; done
cat > look.mjs <<'JS'
import {create} from 'socketcluster-client';
const socket = create({hostname: '127.0.0.1', port: Number(process.argv[2]), autoReconnectOptions: {initialDelay: 200, randomness: 0}});
await socket.listener('connect').once();
const results = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(async (name) => {
  const channel = socket.subscribe(name);
  return Promise.race([
    channel.listener('subscribe').once().then(() => 'subscribed'),
    channel.listener('subscribeFail').once().then(({error}) => error.name),
  ]);
}));
console.log(`with SOCKETCLUSTER_SOCKET_CHANNEL_LIMIT=2, five channels: ${results.join(', ')}`);
process.exit(results.every((result) => result === 'subscribed') ? 0 : 1);
JS
node look.mjs "$port"
