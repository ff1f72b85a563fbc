#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Versions:  sc-codec-min-bin 3.0.0, sc-formatter 4.0.0, Node 20
# Date:      30 November 2026
# Guessed:   the binary codec of SocketCluster sends a Buffer as bytes, in less than the JSON codec needs, and it arrives as a Buffer.
# Seen:      the JSON codec sends base64. min-bin sends an object with a key for each byte: 1,000 bytes take 5,905, more than four times
#            as many as JSON's 1,388, and arrive as {"0":200,"1":200,...}. An application that moves to min-bin for its pictures
#            makes them larger.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --silent sc-codec-min-bin@3.0.0 sc-formatter@4.0.0
cat > look.cjs <<'JS'
const codecs = {json: require('sc-formatter'), minBin: require('sc-codec-min-bin')};
for (const [name, codec] of Object.entries(codecs)) {
  const sent = codec.encode({event: 'picture', data: Buffer.alloc(1000, 200)});
  const {data} = codec.decode(sent);
  console.log(`${name}: ${sent.length || sent.byteLength} bytes, ${Object.keys(data).slice(0, 2)}, Buffer: ${Buffer.isBuffer(data)}`);
}
JS
seen=$(node look.cjs)
echo "$seen"
[ "$seen" = "$(printf 'json: 1388 bytes, base64,data, Buffer: false\nminBin: 5905 bytes, 0,1, Buffer: false')" ]
