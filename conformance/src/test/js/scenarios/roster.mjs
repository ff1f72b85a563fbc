import assert from 'node:assert/strict';
import {connectedClient, once, subscribed} from '../lib/clients.mjs';
import {eventually} from '../lib/waiting.mjs';

export const description =
  'three servers that a broker joins, at --port, --second and --third: each client knows who is in a room; prints ' +
  'READY_FOR_OUTAGE, READY_FOR_RETURN and READY_FOR_KILL: the harness ends the broker, starts it again, and kills the third server, whose users come back elsewhere or not';

const ROOM = 'room/7';

/** A user in the room, or a guest, who keeps the roster as the documentation says. */
async function enter(port, name) {
  const client = await connectedClient(port);
  if (name !== undefined) await client.invoke('logIn', name);
  const member = {client, name, users: new Set(), sockets: 0, joined: [], left: []};
  await subscribed(client, ROOM);
  (async () => {
    client.subscribe(`#presence/${ROOM}`);
    for await (const {sockets, users, joined = [], left = []} of client.channel(`#presence/${ROOM}`)) {
      if (users) member.users = new Set(users);
      joined.forEach((user) => member.users.add(user));
      left.forEach((user) => member.users.delete(user));
      member.joined.push(...joined);
      member.left.push(...left);
      member.sockets = sockets;
    }
  })();
  return member;
}

const shown = ({name = 'a guest', sockets, users}) => `${name} sees ${sockets} sockets: ${[...users].sort()}`;

async function allSee(members, sockets, names) {
  const expected = [...names].sort().join();
  const isRight = (member) => member.sockets === sockets && [...member.users].sort().join() === expected;
  await eventually(
    () => members.every(isRight),
    () => `all see ${sockets} sockets: ${expected}; ${members.filter((each) => !isRight(each)).map(shown).join('; ')}`,
  );
}

export async function run({port, options: {second, third}}) {
  const here = await Promise.all([enter(port, 'ann'), enter(port, 'bob'), enter(port)]);
  const there = await Promise.all([enter(second, 'cid'), enter(second, 'ann')]);
  const doomed = await Promise.all([enter(third, 'dan'), enter(third, 'eve'), enter(third, 'ann')]);
  const survivors = [...here, ...there];
  const all = [...survivors, ...doomed];
  await allSee(all, 8, ['ann', 'bob', 'cid', 'dan', 'eve']);

  console.log('READY_FOR_OUTAGE');
  const isOut = async () => !(await Promise.all(all.map(({client}) => client.invoke('isReady')))).includes(true);
  await eventually(isOut, 'no server reaches the broker');
  there[0].client.unsubscribe(ROOM);
  const fay = await enter(third, 'fay');
  await allSee([doomed[0], fay], 9, ['ann', 'bob', 'cid', 'dan', 'eve', 'fay']);
  console.log('READY_FOR_RETURN');
  await allSee([...here, there[1], ...doomed, fay], 8, ['ann', 'bob', 'dan', 'eve', 'fay']);
  fay.client.disconnect();
  await subscribed(there[0].client, ROOM);
  await subscribed(there[0].client, `#presence/${ROOM}`);
  await allSee(all, 8, ['ann', 'bob', 'cid', 'dan', 'eve']);
  for (const {left} of all) left.length = 0;

  const ends = doomed.map(({client}) => once(client, 'disconnect'));
  console.log('READY_FOR_KILL');
  await Promise.all(ends);
  doomed.forEach(({client}) => client.disconnect());
  const back = await enter(second, 'dan');
  await allSee([...survivors, back], 6, ['ann', 'bob', 'cid', 'dan']);
  for (const member of survivors) {
    assert.deepEqual(member.left, ['eve'], 'who is still there, or came back, has not left');
  }

  here[1].client.disconnect();
  await allSee([here[0], here[2], ...there, back], 5, ['ann', 'cid', 'dan']);
  return 'who is there is right on three servers, after one was killed, and when somebody leaves';
}
