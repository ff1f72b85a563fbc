import assert from 'node:assert/strict';
import {collect, connectedClient, newClient, roundTrip} from '../lib/clients.mjs';
import {eventually} from '../lib/waiting.mjs';

export const description = 'what a client does before it connects is done in that order: subscribe, then publish';

const BATCHING = {batchOnHandshake: true, batchOnHandshakeDuration: 100, batchInterval: 50};

async function subscribeAndPublish(port, channel, options) {
  const client = newClient(port, {autoConnect: false, ...options});
  assert.equal(client.state, client.CLOSED);
  const received = collect(client.subscribe(channel));
  const published = client.invokePublish(channel, 'acknowledged');
  client.transmitPublish(channel, 'transmitted');
  await published;
  assert.equal(client.state, client.OPEN);
  await eventually(() => received.length >= 2, 'both publishes arrive');
  await roundTrip(client);
  assert.deepEqual(received, ['acknowledged', 'transmitted']);
}

async function subscribeAndPublishAtOnce(port) {
  const client = await connectedClient(port);
  const received = collect(client.subscribe('offline/connected'));
  await client.invokePublish('offline/connected', 123);
  await eventually(() => received.length > 0, 'the publish arrives');
  await roundTrip(client);
  assert.deepEqual(received, [123]);
}

export async function run({port}) {
  await subscribeAndPublishAtOnce(port);
  await subscribeAndPublish(port, 'offline/plain', {});
  await subscribeAndPublish(port, 'offline/batched', BATCHING);
  return 'connected, not yet connected, and batching';
}
