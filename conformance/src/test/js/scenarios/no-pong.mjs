import assert from 'node:assert/strict';
import {collect, connectedClient, roundTrip} from '../lib/clients.mjs';
import {RawClient} from '../lib/raw-client.mjs';
import {within} from '../lib/waiting.mjs';

export const description = 'a client that never answers pings is closed with 4001; --pingTimeout: what the server has';

export async function run({port, options: {pingTimeout}}) {
  const good = await connectedClient(port, {autoReconnect: false});
  const closes = collect(good.listener('close'));

  const started = Date.now();
  const mute = await RawClient.connect(port, {answerPings: false});
  const status = await mute.handshake();
  if (pingTimeout !== undefined) assert.equal(status.pingTimeout, pingTimeout);
  const code = await within(mute.closed, 'the close', status.pingTimeout * 3 + 30_000);
  const took = Date.now() - started;
  assert.equal(code, 4001);
  assert.ok(took >= status.pingTimeout * 0.9, `closed after ${took} ms, before the time-out`);

  await roundTrip(good);
  assert.deepEqual(closes, [], 'a client that answers stays');
  return `closed with 4001 after ${took} ms (pingTimeout ${status.pingTimeout})`;
}
