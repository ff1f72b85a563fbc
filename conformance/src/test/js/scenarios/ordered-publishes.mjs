import assert from 'node:assert/strict';
import {connectedClient, subscribed} from '../lib/clients.mjs';
import {eventually} from '../lib/waiting.mjs';

export const description =
  'all subscribers (--subscribers, 50) get all of --messages (2500) from each of --publishers (4) in one order';

const CHANNEL = 'ordered';
const ACK_EVERY = 10;

async function subscriber(port) {
  const client = await connectedClient(port);
  const channel = await subscribed(client, CHANNEL);
  const received = [];
  (async () => {
    for await (const {publisher, number} of channel) received.push(`${publisher}:${number}`);
  })();
  return received;
}

async function publish(port, publisher, messages) {
  const client = await connectedClient(port);
  for (let number = 0; number < messages; number++) {
    const data = {publisher, number};
    if (number % ACK_EVERY === 0) await client.invokePublish(CHANNEL, data);
    else client.transmitPublish(CHANNEL, data);
  }
}

export async function run({port, options: {publishers = 4, messages = 2500, subscribers = 50}}) {
  const received = await Promise.all(Array.from({length: subscribers}, () => subscriber(port)));
  const started = Date.now();
  await Promise.all(Array.from({length: publishers}, (_, i) => publish(port, i, messages)));
  const total = publishers * messages;
  const counts = () => received.map(({length}) => length);
  await eventually(() => Math.min(...counts()) >= total, () => `all have ${total}: ${counts()}`, 150_000);
  const took = Date.now() - started;

  const [first, ...others] = received;
  assert.equal(first.length, total);
  for (let i = 0; i < publishers; i++) {
    const own = first.filter((entry) => entry.startsWith(`${i}:`));
    const expected = Array.from({length: messages}, (_, number) => `${i}:${number}`);
    assert.ok(own.join() === expected.join(), `publisher ${i} out of its own order`);
  }
  const order = first.join();
  others.forEach((other, i) => assert.ok(other.join() === order, `subscriber ${i + 1} has another order`));
  return `${total} publishes to ${subscribers} subscribers in ${took} ms, one order`;
}
