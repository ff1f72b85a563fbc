import assert from 'node:assert/strict';
import {request} from 'node:http';
import {collect, connectedClient, errorOf, HOST, newClient, once, roundTrip, subscribed} from '../lib/clients.mjs';
import {eventually, within} from '../lib/waiting.mjs';

export const description =
  'middleware on all lines: needs the server of MiddlewareIT, which reads what to block from the query';

/** The code with which the connection of a client with this query is aborted. */
async function abortCode(port, query) {
  const client = newClient(port, {query, autoReconnect: false});
  return (await once(client, 'connectAbort')).code;
}

/** The HTTP status that answers an upgrade: the stock client does not tell it. */
function upgradeStatus(port, query) {
  const headers = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  return within(
    new Promise((resolve, reject) => {
      request({host: HOST, port, path: `/socketcluster/?${query}`, headers})
        .on('response', (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    }),
    'the answer to the upgrade',
  );
}

export async function run({port}) {
  assert.equal(await upgradeStatus(port, 'block=ws'), 401);
  assert.equal(await abortCode(port, {block: 'ws'}), 1006);
  assert.equal(await abortCode(port, {block: 'sc'}), 4008);
  assert.equal(await abortCode(port, {block: 'sc', code: 4503}), 4503);
  assert.equal(await abortCode(port, {block: 'silent'}), 4008);

  const [client, changed] = await Promise.all([
    connectedClient(port),
    connectedClient(port, {query: {change: 'yes'}}),
  ]);
  assert.equal(await client.invoke('echo', 'raw replace'), 'raw replaced');
  const unanswered = await errorOf(client.invoke('echo', 'raw block', {ackTimeout: 500}), 'a blocked message');
  assert.equal(unanswered.name, 'TimeoutError');

  const received = collect(await subscribed(client, 'room'));
  const receivedChanged = collect(await subscribed(changed, 'room'));
  await client.invokePublish('room', {n: 1});
  await client.invokePublish('room', {n: 2, secret: true});
  await client.invokePublish('room', {n: 3});
  await eventually(() => received.length === 2 && receivedChanged.length === 2, 'the publishes arrive');
  await roundTrip(client);
  assert.deepEqual(received, [{n: 1}, {n: 3}]);
  assert.deepEqual(receivedChanged, [{n: 1, changed: true}, {n: 3, changed: true}]);
  return 'blocked, replaced and changed on every line';
}
