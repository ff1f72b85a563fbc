import assert from 'node:assert/strict';
import {collect, connectedClient} from '../lib/clients.mjs';
import {eventually} from '../lib/waiting.mjs';

export const description = 'transmit greet X is answered by transmit greeting {hello: X}, in order';

const NAMES = ['Ada', 'Zoë 漢 👋', '', 'with "quotes"', {first: 'Grace', last: 'Hopper'}, ['a', 'list'], 42];

export async function run({port}) {
  const [client, other] = await Promise.all([connectedClient(port), connectedClient(port)]);
  const greetings = collect(client.receiver('greeting'));
  const others = collect(other.receiver('greeting'));
  for (const name of NAMES) client.transmit('greet', name);
  await eventually(() => greetings.length >= NAMES.length, () => `${NAMES.length} greetings, not ${greetings.length}`);
  assert.deepEqual(greetings, NAMES.map((hello) => ({hello})));
  other.transmit('greet', 'the other');
  await eventually(() => others.length > 0, 'the other client is greeted');
  assert.deepEqual(others, [{hello: 'the other'}]);
  return `${greetings.length} greetings`;
}
