import assert from 'node:assert/strict';
import {collect, newClient, once, roundTrip} from '../lib/clients.mjs';
import {eventually} from '../lib/waiting.mjs';

export const description =
  'a middleware refuses handshakes or lets them wait; needs a server that does what the query says: refuse, code, line, delay';

const DELAY = 600;

async function refused(port, query, expectedCode) {
  const client = newClient(port, {query, autoReconnect: false});
  const errors = collect(client.listener('error'));
  const {code, reason} = await once(client, 'connectAbort');
  assert.equal(code, expectedCode);
  assert.equal(reason, 'TooLazyHandshakeError: The server was too lazy');
  await eventually(() => errors.length === 2, () => `two errors are told, not ${errors.length}`);
  const [ofMiddleware, ofClose] = errors.map(({error}) => error);
  assert.equal(ofMiddleware.name, 'TooLazyHandshakeError');
  assert.equal(ofMiddleware.message, 'The server was too lazy');
  assert.equal(ofMiddleware.statusCode, expectedCode);
  assert.equal(ofClose.name, 'SocketProtocolError');
  assert.equal(ofClose.code, expectedCode);
}

async function delayed(port, line) {
  const order = [];
  const started = Date.now();
  const slow = newClient(port, {query: {delay: DELAY, line}});
  const slowConnect = once(slow, 'connect').then(() => order.push('slow'));
  const quick = newClient(port);
  await once(quick, 'connect');
  order.push('quick');
  await roundTrip(quick);
  await slowConnect;
  assert.deepEqual(order, ['quick', 'slow']);
  assert.ok(Date.now() - started >= DELAY * 0.9, `${line} waits`);
  await roundTrip(slow);
}

export async function run({port}) {
  await refused(port, {refuse: 'yes'}, 4008);
  await refused(port, {refuse: 'yes', code: 4501}, 4501);
  await delayed(port, 'handshakeWS');
  await delayed(port, 'handshakeSC');
  return 'refused with 4008 and 4501, delayed before and after the upgrade';
}
