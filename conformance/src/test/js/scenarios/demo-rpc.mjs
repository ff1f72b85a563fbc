import assert from 'node:assert/strict';
import {assertRejected, connectedClient, errorOf} from '../lib/clients.mjs';

export const description = 'echo of every JSON type, alwaysFails, an unknown procedure, login without a name';

const VALUES = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e21,
  5e-324,
  Number.MAX_VALUE,
  Number.MAX_SAFE_INTEGER,
  12345678901234567890,
  '',
  'plain',
  'äöü ß € 漢字 العربية 👩‍👩‍👧‍👦 \u0000\u001f\u007f\u2028\u2029 "quoted" back\\slash / \r\n\t',
  'a lone surrogate \ud800 in the middle',
  'x'.repeat(100_000),
  [],
  {},
  [1, 'two', null, [3, [4, [5]]], {six: 6}],
  {nested: {deeper: [{deepest: {list: [[], {}, '']}}]}, '': 'empty key', 'käy "q"': 1},
  {event: '#publish', cid: 1, rid: 1, error: 'looks like a packet'},
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}'),
];

export async function run({port}) {
  const client = await connectedClient(port);

  for (const value of VALUES) {
    assert.deepEqual(await client.invoke('echo', value), value);
  }
  assert.equal(await client.invoke('echo'), undefined);
  const together = await Promise.all(VALUES.map((value) => client.invoke('echo', value)));
  assert.deepEqual(together, VALUES);

  const custom = await assertRejected(client.invoke('alwaysFails'), 'BadCustomError', 'alwaysFails');
  assert.equal(custom.message, 'Server failed to execute the procedure');

  const started = Date.now();
  const timeout = await errorOf(client.invoke('nobodyAnswersThis', 1, {ackTimeout: 300}), 'an unknown procedure');
  assert.equal(timeout.name, 'TimeoutError', `an unknown procedure: ${timeout}`);
  assert.ok(Date.now() - started >= 290, 'the time-out came too early');

  const names = [undefined, null, {}, {username: null}, {username: ''}, {username: '  \t '}, {username: 5}, {username: true}, {username: ['ada']}];
  for (const data of names) {
    const error = await assertRejected(client.invoke('login', data), 'FailedLoginError', `login ${JSON.stringify(data)}`);
    assert.ok(error.message, 'FailedLoginError says why');
  }
  assert.equal(client.authState, client.UNAUTHENTICATED);
  assert.equal(client.state, client.OPEN);
  return `${VALUES.length} values echoed, ${names.length} logins refused`;
}
