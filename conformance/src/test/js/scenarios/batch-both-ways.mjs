import assert from 'node:assert/strict';
import {assertRejected, collect, connectedClient, newClient, once, roundTrip, subscribed} from '../lib/clients.mjs';
import {eventually} from '../lib/waiting.mjs';

export const description =
  'both ends batch after the handshake; needs a server with batchOnHandshake that looks at the subscriptions to batched/10 and batched/12';

const CHANNELS = 20;
const BATCHING = {batchOnHandshake: true, batchOnHandshakeDuration: 100, batchInterval: 50};

/** The data of 10 and the refusal of 12 show that the middleware sees each subscription. */
async function manySubscriptions(port) {
  const client = newClient(port, BATCHING);
  const messages = collect(client.listener('message'));
  const failures = [];
  const channels = Array.from({length: CHANNELS}, (_, i) => {
    const channel = client.subscribe(`batched/${i}`, i === 10 ? {data: {foo: 123}} : {});
    (async () => {
      for await (const {error} of channel.listener('subscribeFail')) failures.push([channel.name, error.name]);
    })();
    return channel;
  });
  const last = channels.at(-1);
  const received = collect(last);
  await last.listener('subscribe').once();
  client.transmitPublish(last.name, 'Hello!');
  await eventually(() => received.length > 0, 'the publish arrives');
  assert.deepEqual(received, ['Hello!']);
  assert.deepEqual(failures, [['batched/12', 'UnauthorizedSubscribeError']]);
  assert.equal(channels.filter(({state}) => state === 'subscribed').length, CHANNELS - 1);

  const [handshake, ...batches] = messages.map(({message}) => message).filter((message) => message !== '');
  assert.equal(JSON.parse(handshake).data.id, client.id, 'the handshake is answered at once');
  const answers = batches.flatMap((batch) => JSON.parse(batch)).filter(({rid}) => rid !== undefined);
  assert.equal(answers.length, CHANNELS, 'all subscriptions are answered');
  assert.ok(batches.length < CHANNELS / 4, `the answers come in batches: ${batches.length} messages`); // a busy server needs more than one
}

async function publishBehindSubscribe(port) {
  const client = newClient(port, {...BATCHING, autoConnect: false});
  const received = collect(client.subscribe('batched/order'));
  client.transmitPublish('batched/order', 'bar');
  await once(client, 'connect');
  await eventually(() => received.length > 0, 'the publish arrives');
  await roundTrip(client);
  assert.deepEqual(received, ['bar']);
}

async function withoutTheData(port) {
  const client = await connectedClient(port);
  await assertRejected(subscribed(client, 'batched/10'), 'UnauthorizedSubscribeError', 'subscribing without the data');
}

export async function run({port}) {
  await withoutTheData(port);
  await manySubscriptions(port);
  await publishBehindSubscribe(port);
  return `${CHANNELS} subscriptions answered in one message`;
}
