#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Versions:  sc-codec-min-bin 3.0.0, sc-formatter 4.0.0, Node 20
# Date:      30 November 2026
# Guessed:   data arrives alike with both codecs of SocketCluster: a Date as its ISO text, an object with a toJSON as what that returns.
# Seen:      so it is with the JSON codec. min-bin sends a Date as an empty object, a boxed Boolean too, and never calls toJSON. A
#            client that moves to min-bin to save bytes publishes {} for its dates, without an error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --silent sc-codec-min-bin@3.0.0 sc-formatter@4.0.0
cat > look.cjs <<'JS'
const codecs = {json: require('sc-formatter'), minBin: require('sc-codec-min-bin')};
const values = {date: new Date(0), toJSON: {cents: 5, toJSON: () => '0.05'}, boxed: new Boolean(true)};
for (const [name, codec] of Object.entries(codecs)) {
  const seen = Object.entries(values).map(([kind, data]) => {
    const packet = codec.decode(codec.encode({event: 'sold', data}));
    return `${kind} ${JSON.stringify(packet.data)}`;
  });
  console.log(`${name}: ${seen.join(', ')}`);
}
JS
seen=$(node look.cjs)
echo "$seen"
[ "$seen" = "$(printf 'json: date "1970-01-01T00:00:00.000Z", toJSON "0.05", boxed true\nminBin: date {}, toJSON {"cents":5,"toJSON":null}, boxed {}')" ]
