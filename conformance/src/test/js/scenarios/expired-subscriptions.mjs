import assert from 'node:assert/strict';
import {collect, connectedClient, logIn, once, roundTrip, subscribed} from '../lib/clients.mjs';
import {eventually} from '../lib/waiting.mjs';

export const description =
  'an expired token ends its subscriptions: needs loginBriefly {seconds} and frequent pings; waitForAuth comes back';

export async function run({port}) {
  const [client, other] = await Promise.all([connectedClient(port), connectedClient(port)]);
  await logIn(other, 'publisher');
  const open = collect(await subscribed(client, 'open'));
  await client.invoke('loginBriefly', {seconds: 2});
  const dropped = collect(await subscribed(client, 'private/dropped'));
  const waiting = collect(await subscribed(client, 'private/waiting', {waitForAuth: true}));

  const kickOut = await once(client, 'kickOut', 20_000);
  assert.equal(kickOut.channel, 'private/dropped');
  assert.equal(kickOut.message, 'The socket auth token has expired');
  await eventually(() => client.authState === client.UNAUTHENTICATED, 'the client is logged out');
  assert.equal(client.isSubscribed('private/dropped', true), false);
  for (const channel of ['private/dropped', 'private/waiting', 'open']) {
    await other.invokePublish(channel, 'while logged out');
  }
  await eventually(() => open.length > 0, 'the open channel goes on');
  await roundTrip(client);
  assert.deepEqual(dropped, []);
  assert.deepEqual(waiting, []);

  await logIn(client, 'ada');
  await roundTrip(client);
  await other.invokePublish('private/waiting', 'logged in again');
  await eventually(() => waiting.length > 0, 'the channel that waits for the login comes back');
  assert.deepEqual(waiting, ['logged in again']);
  assert.deepEqual(dropped, []);
  return 'one kicked out, one came back, one never went';
}
