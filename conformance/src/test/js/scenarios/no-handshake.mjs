import assert from 'node:assert/strict';
import {RawClient} from '../lib/raw-client.mjs';
import {within} from '../lib/waiting.mjs';

export const description =
  'a connection without a handshake is closed with 4005; --handshakeTimeout: what the server has, below its pingTimeout';

export async function run({port, options: {handshakeTimeout = 10_000}}) {
  const inTime = await RawClient.open(port);
  const started = Date.now();
  const silent = await RawClient.connect(port);
  const code = await within(silent.closed, 'the close', handshakeTimeout * 3 + 30_000);
  const took = Date.now() - started;
  assert.equal(code, 4005);
  assert.ok(took >= handshakeTimeout * 0.9, `closed after ${took} ms, before the time-out`);
  assert.equal((await inTime.invoke('echo', 'still here')).data, 'still here', 'who did the handshake stays');
  return `closed with 4005 after ${took} ms`;
}
