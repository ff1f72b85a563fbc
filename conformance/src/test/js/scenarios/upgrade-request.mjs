import assert from 'node:assert/strict';
import {connectedClient} from '../lib/clients.mjs';

export const description =
  'the server sees query, headers and cookies of a client, and its address behind a proxy; needs whoAmI, which tells them, and trust in this machine';

async function described(port, options) {
  const client = await connectedClient(port, options);
  return client.invoke('whoAmI');
}

export async function run({port}) {
  const direct = await described(port);
  assert.deepEqual(direct.query, {});
  assert.deepEqual(direct.cookies, {});
  assert.ok(['127.0.0.1', '0:0:0:0:0:0:0:1'].includes(direct.peer), direct.peer);
  assert.equal(direct.family, direct.peer.includes(':') ? 'IPv6' : 'IPv4');
  assert.ok(direct.port > 0);
  assert.equal(direct.forwardedFor, '');

  const full = await described(port, {
    query: {room: 'a b&c=ü', tag: ['x', 'y']},
    wsOptions: {
      headers: {
        'X-Own': 'mine',
        'Cookie': 'session=abc; theme="dark"; session=other',
        'X-Forwarded-For': '6.6.6.6, 203.0.113.9',
      },
    },
  });
  assert.deepEqual(full.query, {room: ['a b&c=ü'], tag: ['x', 'y']});
  assert.deepEqual(full.cookies, {session: 'abc', theme: 'dark'});
  assert.equal(full.own, 'mine');
  assert.equal(full.peer, direct.peer);
  assert.equal(full.forwardedFor, '203.0.113.9');

  const standard = await described(port, {
    wsOptions: {headers: {Forwarded: 'for=6.6.6.6, for="[2001:db8::1]:4711";proto=https'}},
  });
  assert.equal(standard.forwardedFor, '2001:db8:0:0:0:0:0:1');
  return 'query, headers, cookies and addresses are told';
}
