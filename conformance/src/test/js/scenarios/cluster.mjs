import assert from 'node:assert/strict';
import {assertRejected, connectedClient, once, subscribed} from '../lib/clients.mjs';

export const description =
  'agServer.cluster(): needs a second server at --other, and the procedures of ClusterCallsIT at both';

export async function run({port, options: {other}}) {
  const [admin, here, there] = await Promise.all([port, port, other].map((each) => connectedClient(each)));
  for (const client of [here, there]) {
    await client.invoke('logIn', 'alice');
    await subscribed(client, 'news');
  }
  await Promise.all([connectedClient(other)].map(async (bob) => subscribed(await bob, 'news')));

  const subscribers = await admin.invoke('subscribersCount', 'news');
  assert.equal(subscribers.count, 3);
  assert.equal(subscribers.servers, 2);
  assert.equal(subscribers.missing, 0);
  assert.equal((await admin.invoke('clientsCount')).count, 4);

  const kicked = [here, there].map((client) => once(client, 'kickOut'));
  assert.equal((await admin.invoke('kickOut', 'alice')).count, 2);
  for (const event of await Promise.all(kicked)) assert.equal(event.message, 'Out of all');
  assert.equal((await admin.invoke('subscribersCount', 'news')).count, 1);

  const deauthenticated = [here, there].map((client) => once(client, 'deauthenticate'));
  assert.equal((await admin.invoke('deauthenticate', 'alice')).count, 2);
  await Promise.all(deauthenticated);
  assert.equal((await admin.invoke('disconnect', 'alice')).count, 0);

  for (const client of [here, there]) await client.invoke('logIn', 'alice');
  const disconnected = [here, there].map((client) => once(client, 'disconnect'));
  assert.equal((await admin.invoke('disconnect', 'alice')).count, 2);
  for (const event of await Promise.all(disconnected)) assert.equal(event.code, 4501);

  await assertRejected(subscribed(admin, '#cluster'), 'InvalidActionError', 'subscribing to the servers');
  await assertRejected(admin.invokePublish('#cluster', {}), 'InvalidActionError', 'publishing to the servers');
  return 'counts, kick-out, deauthentication and disconnection on both servers';
}
