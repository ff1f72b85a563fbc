import assert from 'node:assert/strict';
import {collect, connectedClient, logIn, once, roundTrip, subscribed} from '../lib/clients.mjs';
import {eventually, within} from '../lib/waiting.mjs';

export const description =
  'prints READY; the harness restarts the server on its port and with its authKey within --restartMs (30000): ' +
  'the client is back, logged in and subscribed; --closeCode: what the server closes with when it ends in order';

export async function run({port, options: {restartMs = 30_000, closeCode}}) {
  const client = await connectedClient(port);
  await logIn(client, 'survivor');
  const channels = await Promise.all(['restart', 'private/restart'].map((name) => subscribed(client, name)));
  const received = channels.map(collect);
  const id = client.id;

  const closed = once(client, 'close', restartMs);
  const connected = once(client, 'connect', restartMs);
  const resubscribed = Promise.all(channels.map((channel) => channel.listener('subscribe').once()));
  console.log('READY');

  const {code} = await closed;
  if (closeCode !== undefined) assert.equal(code, closeCode, `closed with ${code}`);
  const connect = await connected;
  assert.equal(connect.isAuthenticated, true, `authenticated by the stored token: ${connect.authError}`);
  assert.equal(client.authToken.username, 'survivor');
  assert.notEqual(client.id, id);
  await within(resubscribed, 'being subscribed again');
  for (const channel of channels) await client.invokePublish(channel.name, 'after the restart');
  await eventually(() => received.every(({length}) => length > 0), 'the publishes arrive');
  assert.deepEqual(received, [['after the restart'], ['after the restart']]);
  await roundTrip(client);
  return `closed with ${code}, back as ${client.authToken.username}`;
}
