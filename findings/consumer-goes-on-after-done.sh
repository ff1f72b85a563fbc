#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Versions:  writable-consumable-stream 4.2.0, Node 20
# Date:      30 November 2026
# Guessed:   a consumer that has answered {done: true} is done for good, as iterators are; a consumer that was killed has forgotten
#            what it had not read.
# Seen:      after close(), the call of next() behind {done: true} gives what was written later; so one consumer can be read across
#            the ends of its stream. After killConsumer(), the first next() says {done: true}, and the second gives the first of the
#            items that were waiting before the kill. `for await` stops at the first end and shows neither.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --silent writable-consumable-stream@4.2.0
cat > look.cjs <<'JS'
const WritableConsumableStream = require('writable-consumable-stream');
async function read(consumer, count) {
  const results = [];
  while (results.length < count) {
    const {value, done} = await consumer.next();
    results.push(done ? `end ${value}` : value);
  }
  return results.join(', ');
}
(async () => {
  const stream = new WritableConsumableStream();
  const closed = stream.createConsumer();
  stream.write('before');
  stream.close('closed');
  stream.write('after');
  console.log(`closed: ${await read(closed, 3)}`);

  const other = new WritableConsumableStream();
  const killed = other.createConsumer();
  other.write('unread');
  other.killConsumer(killed.id, 'killed');
  console.log(`killed: ${await read(killed, 2)}`);
})();
JS
seen=$(timeout 20 node look.cjs)
echo "$seen"
[ "$seen" = "$(printf 'closed: before, end closed, after\nkilled: end killed, unread')" ]
