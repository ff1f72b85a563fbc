import assert from 'node:assert/strict';
import {once as onceEvent} from 'node:events';
import tls from 'node:tls';
import {collect, connectedClient, HOST, roundTrip, subscribed} from '../lib/clients.mjs';
import {eventually, within} from '../lib/waiting.mjs';

export const description =
  'over wss; prints READY, upon which the harness gives the server another certificate: the old connection lives on';

async function fingerprint(port) {
  const socket = tls.connect({host: HOST, port, rejectUnauthorized: false});
  await within(onceEvent(socket, 'secureConnect'), 'the TLS handshake');
  const {fingerprint256} = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}

function secureClient(port) {
  return connectedClient(port, {secure: true, wsOptions: {rejectUnauthorized: false}});
}

async function expectToWork(client, others) {
  const received = await Promise.all(others.map(async (other) => collect(await subscribed(other, 'tls'))));
  const value = 'x'.repeat(50_000);
  await client.invokePublish('tls', value);
  await eventually(() => received.every((values) => values.length === 1), 'the publish arrives');
  for (const values of received) assert.deepEqual(values, [value]);
  await roundTrip(client);
}

export async function run({port}) {
  const old = await secureClient(port);
  const {id} = old;
  await expectToWork(old, [old]);
  const before = await fingerprint(port);
  console.log('READY');
  await eventually(async () => (await fingerprint(port)) !== before, 'the certificate is another one');
  await expectToWork(await secureClient(port), await Promise.all([1, 2, 3].map(() => secureClient(port))));
  await roundTrip(old);
  assert.equal(old.id, id);
  return 'over wss, before and after a reload';
}
