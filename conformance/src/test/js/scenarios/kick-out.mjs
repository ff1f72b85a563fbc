import assert from 'node:assert/strict';
import {collect, connectedClient, once, roundTrip, subscribed} from '../lib/clients.mjs';
import {eventually, within} from '../lib/waiting.mjs';

export const description = 'kickOut: needs the procedure kickMe {channel}, which kicks its caller out of the channel';

export async function run({port}) {
  const [client, other] = await Promise.all([connectedClient(port), connectedClient(port)]);
  const kicked = await subscribed(client, 'kick');
  const received = collect(kicked);
  const kept = collect(await subscribed(client, 'kept'));
  const others = collect(await subscribed(other, 'kick'));

  const kickOut = once(client, 'kickOut');
  const channelKickOut = within(kicked.listener('kickOut').once(), 'kickOut on the channel');
  const unsubscribe = once(client, 'unsubscribe');
  await client.invoke('kickMe', {channel: 'kick'});

  const event = await kickOut;
  assert.equal(event.channel, 'kick');
  assert.equal(typeof event.message, 'string');
  assert.notEqual(event.message, '');
  assert.equal((await channelKickOut).message, event.message);
  assert.equal((await unsubscribe).channel, 'kick');
  assert.equal(client.isSubscribed('kick', true), false);

  await other.invokePublish('kick', 'without the client');
  await other.invokePublish('kept', 'with the client');
  await eventually(() => kept.length > 0 && others.length > 0, 'the publishes arrive');
  await roundTrip(client);
  assert.deepEqual(received, []);
  assert.equal(others.length, 1);

  await subscribed(client, 'kick');
  await other.invokePublish('kick', 'back');
  await eventually(() => received.length > 0, 'the publish after coming back arrives');
  assert.deepEqual(received, ['back']);
  return `kicked out with "${event.message}"`;
}
