import assert from 'node:assert/strict';
import {collect, connectedClient, roundTrip} from '../lib/clients.mjs';
import {sleep} from '../lib/waiting.mjs';

export const description =
  'an idle connection stays up for --ms (3000) over several pings; --pingInterval and --pingTimeout: what the server has';

export async function run({port, options: {ms = 3000, pingInterval, pingTimeout}}) {
  const client = await connectedClient(port, {autoReconnect: false});
  const closes = collect(client.listener('close'));
  const pings = [];
  (async () => {
    for await (const {message} of client.listener('message')) {
      if (message === '') pings.push(Date.now());
    }
  })();
  if (pingTimeout !== undefined) {
    assert.equal(client.firstConnect.pingTimeout, pingTimeout);
    assert.equal(client.transport.pingTimeout, pingTimeout, 'the client goes by the time-out of the handshake');
  }

  // Being idle is the matter here: only time can show it.
  const since = Date.now();
  const before = pings.length;
  await sleep(ms);
  const seen = pings.length - before;
  const took = Date.now() - since; // more than ms, on a busy machine

  assert.deepEqual(closes, []);
  assert.equal(client.state, client.OPEN);
  if (pingInterval !== undefined) {
    const expected = took / pingInterval;
    assert.ok(seen >= Math.floor(expected / 3) && seen <= Math.ceil(expected * 1.4) + 1, `${seen} pings in ${took} ms`);
  }
  await roundTrip(client);
  return `up for ${took} ms, ${seen} pings`;
}
