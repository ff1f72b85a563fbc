import assert from 'node:assert/strict';
import {create} from 'socketcluster-client';
import {collect, HOST, memoryAuthEngine, once, roundTrip, subscribed} from '../lib/clients.mjs';
import {onEnd} from '../lib/resources.mjs';
import {forEachOf, within} from '../lib/waiting.mjs';

export const description =
  'prints READY; the harness closes the server while another one listens on the same port: --clients (1000) stock ' +
  'clients, with the default times for coming back, are there at once (--mostMs, 5000), and lose nothing that was accepted';

const CHANNEL = 'drain';
const PUBLISHED_BEFORE = 20;
const SLOW_MS = 1500;
/** The stock client waits 10 s or more unless the code of the close says that it need not. */
const MOST_MS = 5000;

/** As the stock client comes: with the delays of 10 s and more that it has by default. */
async function stockClient(port) {
  const client = create({hostname: HOST, port, authEngine: memoryAuthEngine()});
  onEnd(() => client.disconnect());
  await once(client, 'connect', 30_000);
  return client;
}

/** Publishes until the connection closes; returns how many were acknowledged. */
async function publishUntilClosed(client, name, acknowledged) {
  for (let number = 0; ; number++) {
    try {
      await client.invokePublish(CHANNEL, {name, number});
    } catch (error) {
      return;
    }
    acknowledged[name] = number + 1;
  }
}

async function timeToComeBack(client) {
  const {code, reason} = await once(client, 'close', 30_000);
  const closedAt = performance.now();
  // 1005 is what a client says to itself when it sends while the connection is closing.
  if (code !== 1005) assert.deepEqual({code, reason}, {code: 4000, reason: 'Server is closing'});
  await once(client, 'connect', 40_000);
  return performance.now() - closedAt;
}

/** Of each publisher all from 0 on without a gap, at least what was acknowledged before. */
function checkReceived(received, before) {
  for (const name of Object.keys(before)) {
    const numbers = received.filter((message) => message.name === name).map(({number}) => number);
    assert.deepEqual(numbers, [...numbers.keys()], `gaps: ${name}: ${numbers}`);
    assert.ok(numbers.length >= before[name], `${numbers.length} of ${before[name]} of ${name}`);
  }
}

export async function run({port, options: {clients: count = 1000, mostMs = MOST_MS}}) {
  const clients = new Array(count);
  await forEachOf([...clients.keys()], 50, async (i) => {
    clients[i] = await stockClient(port);
  });
  const publishers = clients.slice(0, 5);
  const subscribers = clients.slice(5, 55);
  const firstIds = clients.map(({id}) => id);
  const received = await Promise.all(subscribers.map(async (client) => collect(await subscribed(client, CHANNEL))));

  const acknowledged = {};
  const publishing = publishers.map((client, i) => publishUntilClosed(client, `p${i}`, acknowledged));
  while (publishers.some((client, i) => !(acknowledged[`p${i}`] >= PUBLISHED_BEFORE))) await roundTrip(clients[60]);

  const back = clients.map(timeToComeBack);
  const slow = clients.slice(100).map((client) => client.invoke('echoLater', {ms: SLOW_MS, value: client.id}));
  await roundTrip(clients.at(-1));
  const before = {...acknowledged};
  const closed = subscribers.map((client) => once(client, 'close', 30_000));
  const kept = subscribers.map(async (client, i) => {
    await closed[i];
    return [...received[i]];
  });
  console.log('READY');

  const answers = await within(Promise.all(slow), 'the answers to the calls in flight', 30_000);
  assert.deepEqual(answers, firstIds.slice(100), 'calls in flight are answered');
  const times = (await Promise.all(back)).sort((a, b) => a - b);
  await Promise.all(publishing);
  for (const messages of await Promise.all(kept)) checkReceived(messages, before);
  assert.ok(times.at(-1) < mostMs, `the last one needed ${times.at(-1)} ms`);
  await forEachOf(clients, 50, roundTrip);
  assert.equal(clients.filter(({id}, i) => id === firstIds[i]).length, 0, 'all have a new id');
  const rounded = [times[0], times[count >> 1], times.at(-1)].map(Math.round);
  return `${count} clients back after ${rounded.join(', ')} ms (first, middle, last)`;
}
