import assert from 'node:assert/strict';
import {collect, newClient, once, subscribed} from '../lib/clients.mjs';
import {eventually, forEachOf, sleep, within} from '../lib/waiting.mjs';

export const description =
  'supervised workers on one port: --clients (1000) clients; prints KILL and a process id, which the harness kills: ' +
  'those of other workers lose nothing, those of this one come back; prints RELOAD: the harness replaces the workers ' +
  'one by one, and no connection attempt fails';

const CHANNEL = 'workers';
const SUBSCRIBERS = 60;

/** A client that notes the attempts to connect that failed. */
async function countedClient(port, refused) {
  const client = newClient(port);
  (async () => {
    for await (const event of client.listener('connectAbort')) refused.push(event);
  })();
  await once(client, 'connect');
  return client;
}

const workerOf = (client) => within(client.invoke('worker'), 'the worker of a client', 30_000);

/** Publishes number after number until it is told to end; each is acknowledged before the next. */
function publisher(client) {
  const state = {count: 0, isEnding: false};
  state.done = (async () => {
    while (!state.isEnding) {
      await client.invokePublish(CHANNEL, state.count);
      state.count++;
      await sleep(5);
    }
  })();
  return state;
}

const hasAll = (numbers, count) => numbers.length >= count;

function checkGaps(numbers, what) {
  assert.deepEqual(numbers, [...numbers.keys()], `${what} has a gap`);
}

async function killOne(clients, pids) {
  const killed = pids[0];
  const others = clients.filter((client, i) => pids[i] !== killed);
  const received = await Promise.all(
    others.slice(0, SUBSCRIBERS).map(async (client) => collect(await subscribed(client, CHANNEL))),
  );
  const publishing = publisher(others.at(-1));
  const closed = others.map((client) => client.listener('disconnect').once());
  const lost = clients.filter((client, i) => pids[i] === killed);
  assert.ok(lost.length > 0 && others.length > SUBSCRIBERS, `${lost.length} and ${others.length} clients`);
  const gone = lost.map((client) => once(client, 'disconnect'));
  const back = lost.map(async (client, i) => {
    await gone[i];
    await once(client, 'connect');
  });
  console.log(`KILL ${killed}`);
  await Promise.all(back);
  const after = publishing.count + 20;
  await eventually(() => publishing.count >= after, 'more publishes');
  publishing.isEnding = true;
  await publishing.done;
  await eventually(() => received.every((it) => hasAll(it, publishing.count)), 'all publishes everywhere');
  received.forEach((numbers, i) => checkGaps(numbers, `subscriber ${i}`));
  const disturbed = await Promise.race([Promise.race(closed).then(() => true), sleep(0).then(() => false)]);
  assert.equal(disturbed, false, 'a client of another worker lost its connection');
  return lost.length;
}

export async function run({port, options: {clients: count = 1000}}) {
  const refused = [];
  const clients = new Array(count);
  await forEachOf([...clients.keys()], 50, async (i) => {
    clients[i] = await countedClient(port, refused);
  });
  const pids = (await Promise.all(clients.map(workerOf))).map(({pid}) => pid);
  assert.ok(new Set(pids).size > 1, 'clients are at several workers');
  const lost = await killOne(clients, pids);

  const before = new Set((await Promise.all(clients.map(workerOf))).map(({pid}) => pid));
  assert.ok(!before.has(pids[0]), 'the killed worker is gone');
  await eventually(async () => (await workerOf(clients[0])).pid !== pids[0], 'another process');
  refused.length = 0;
  console.log('RELOAD');
  await forEachOf(clients, 50, async (client) => {
    await eventually(async () => {
      try {
        return !before.has((await client.invoke('worker')).pid);
      } catch (error) {
        await sleep(100); // its connection is closing
        return false;
      }
    }, 'a client is at a new worker', 60_000);
  });
  assert.deepEqual(refused, [], 'connection attempts that failed during the reload');
  return `${count} clients, ${lost} of them at the worker that was killed`;
}
