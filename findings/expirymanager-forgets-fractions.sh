#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Versions:  expirymanager 0.9.4, Node 20
# Date:      30 November 2026
# Guessed:   a key that expires in half a second is among the expired keys a second later, whatever other keys there are.
# Seen:      it is, while it is alone. As long as any key with a later whole second exists, it is not: moments are the names of an
#            object's members, which JavaScript lists with whole numbers first and all others behind them, and the search stops at
#            the first moment that has not come. A store of SocketCluster 1 whose expiries are fractions of seconds keeps growing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --silent expirymanager@0.9.4
cat > look.cjs <<'JS'
const {ExpiryManager} = require('expirymanager');
const START = 1_800_000_000;
function expiredAfterASecond(...expiries) {
  const manager = new ExpiryManager();
  manager.now = () => START;
  expiries.forEach(([key, seconds]) => manager.expire([key], seconds));
  return JSON.stringify(manager.getExpiredKeys(START + 1));
}
const alone = expiredAfterASecond(['half', 0.5]);
const whole = expiredAfterASecond(['one', 1], ['minute', 60]);
const beside = expiredAfterASecond(['half', 0.5], ['minute', 60]);
console.log(`expired after a second: half a second alone ${alone}; a whole second beside a minute ${whole}; half a second beside a minute ${beside}`);
JS
seen=$(node look.cjs)
echo "$seen"
[ "$seen" = 'expired after a second: half a second alone ["half"]; a whole second beside a minute ["one"]; half a second beside a minute []' ]
