#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Versions:  scc-broker-client 9.2.0, Node 20
# Date:      30 November 2026
# Guessed:   the mapping "simple" hashes the MD5 digest of a channel's name with the usual 31-hash: start with 0, take every digit.
# Seen:      the hash starts with the digest itself, which is no number to JavaScript: the first step gives 0, and the first digit of
#            the digest is lost. A worker in another language that takes every digit looks for six of seven channels at the
#            wrong broker.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --silent scc-broker-client@9.2.0
cat > look.cjs <<'JS'
const crypto = require('crypto');
const Mapper = require('scc-broker-client/mappers/simple-mapper');
const sites = [...Array(7).keys()].map((i) => `ws://10.0.0.${i}:8888`);
const mapper = new Mapper();
mapper.setSites([...sites]);
const digest = (name) => crypto.createHash('md5').update(name).digest('hex');
const hash31 = (text, from) => {
  let hash = 0;
  for (let i = from; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return Math.abs(hash) % sites.length;
};
const agree = (names, from) => names.filter((name) => sites.indexOf(mapper.findSite(name)) === hash31(digest(name), from)).length;
const names = [...Array(10000).keys()].map((i) => `channel-${i}`);
console.log(`of ${names.length} names the 31-hash of all digits finds ${agree(names, 0)}, and that without the first digit ${agree(names, 1)}`);
JS
seen=$(node look.cjs)
echo "$seen"
[[ "$seen" =~ ^of\ 10000\ .*finds\ ([0-9]+),.*\ 10000$ ]] && [ "${BASH_REMATCH[1]}" -lt 5000 ]
