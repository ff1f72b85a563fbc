import assert from 'node:assert/strict';
import {connectedClient, roundTrip} from '../lib/clients.mjs';
import {RawClient} from '../lib/raw-client.mjs';
import {within} from '../lib/waiting.mjs';

export const description = 'any message before the handshake closes 4009, a handshake without a numeric cid 4008';

const BEFORE_THE_HANDSHAKE = [
  '{"event":"echo","cid":1}',
  '{"event":"greet","data":"x"}',
  '{"event":"#subscribe","data":{"channel":"x"},"cid":1}',
  '{"event":"#publish","data":{"channel":"x","data":1}}',
  '{"event":"#authenticate","data":"x","cid":1}',
  '{"event":"#removeAuthToken"}',
  '[{"event":"echo","cid":1}]',
  '{"rid":1,"data":1}',
  '{}',
  'raw text',
  '',
  '{"event":',
  'null',
  Buffer.from('{"event":"echo","cid":1}'),
];

const MALFORMED_HANDSHAKES = [
  '{"event":"#handshake","data":{"authToken":null}}',
  '{"event":"#handshake"}',
  '{"event":"#handshake","data":{},"cid":"1"}',
  '{"event":"#handshake","data":{},"cid":null}',
  '{"event":"#handshake","data":{},"cid":true}',
  '{"event":"#handshake","data":{},"cid":[1]}',
  '{"event":"#handshake","data":{},"cid":{"a":1}}',
  '[{"event":"#handshake","data":{}}]',
];

async function assertClosed(port, message, expected) {
  const raw = await RawClient.connect(port);
  raw.send(message);
  assert.equal(await within(raw.closed, `the close after ${message}`), expected, `after ${message}`);
  assert.deepEqual(raw.packets, [], `nothing is answered to ${message}`);
}

export async function run({port}) {
  const good = await connectedClient(port, {autoReconnect: false});
  for (const message of BEFORE_THE_HANDSHAKE) await assertClosed(port, message, 4009);
  for (const message of MALFORMED_HANDSHAKES) await assertClosed(port, message, 4008);
  await roundTrip(good);
  return `${BEFORE_THE_HANDSHAKE.length} messages closed with 4009, ${MALFORMED_HANDSHAKES.length} handshakes with 4008`;
}
