import assert from 'node:assert/strict';
import {connectedClient, errorOf} from '../lib/clients.mjs';

export const description =
  'the server invokes the client: needs callMe {event, data}, which answers what the invoke of its caller gave; ' +
  '--ackTimeout: what the server has, to try a client that does not answer';

const VALUES = [null, 0, 'text ü 漢', [1, [2]], {a: {b: null}}, undefined];

export async function run({port, options: {ackTimeout}}) {
  const client = await connectedClient(port, {ackTimeout: 30_000});
  (async () => {
    for await (const request of client.procedure('mirror')) request.end(request.data);
  })();
  (async () => {
    for await (const request of client.procedure('refuse')) {
      const error = new Error(`refused ${request.data}`);
      error.name = 'ClientSideError';
      error.detail = {code: 7};
      request.error(error);
    }
  })();

  for (const data of VALUES) {
    assert.deepEqual(await client.invoke('callMe', {event: 'mirror', data}), data);
  }
  const together = Array.from({length: 100}, (_, i) => client.invoke('callMe', {event: 'mirror', data: i}));
  assert.deepEqual(await Promise.all(together), Array.from({length: 100}, (_, i) => i));

  const error = await errorOf(client.invoke('callMe', {event: 'refuse', data: 'this'}), 'callMe refuse');
  assert.equal(error.name, 'ClientSideError', String(error));
  assert.equal(error.message, 'refused this');
  assert.deepEqual(error.detail, {code: 7}, 'own properties of an error survive both ways');

  if (ackTimeout !== undefined) {
    const timeout = await errorOf(client.invoke('callMe', {event: 'nobody'}), 'callMe nobody', ackTimeout + 5000);
    assert.equal(timeout.name, 'TimeoutError', String(timeout));
  }
  return `${VALUES.length + together.length} calls and an error, both ways`;
}
