import assert from 'node:assert/strict';
import {collect, connectedClient, newClient, once, roundTrip, subscribed} from '../lib/clients.mjs';
import {RawClient} from '../lib/raw-client.mjs';
import {eventually} from '../lib/waiting.mjs';

export const description = "the client's batching: on the handshake, and from startBatch to flushBatch";

const CALLS = 50;

/** The frames the client sends from now on. */
function sentFrames(client) {
  const frames = [];
  const send = client.transport.send;
  client.transport.send = function (data) {
    frames.push(data);
    return send.call(this, data);
  };
  return frames;
}

async function batchOnHandshake(port) {
  const client = newClient(port, {batchOnHandshake: true, batchOnHandshakeDuration: 100, batchInterval: 20});
  const frames = sentFrames(client);
  const calls = Array.from({length: CALLS}, (_, i) => client.invoke('echo', i));
  const channels = Array.from({length: 5}, (_, i) => client.subscribe(`batch-${i}`));
  await once(client, 'connect');
  assert.deepEqual(await Promise.all(calls), Array.from({length: CALLS}, (_, i) => i));
  await eventually(() => channels.every(({state}) => state === 'subscribed'), 'all channels are subscribed');
  const batches = frames.filter((frame) => frame.startsWith('[')).map((frame) => JSON.parse(frame));
  const packets = batches.flat().length;
  assert.ok(packets >= CALLS, `calls went in batches: ${packets} packets in ${batches.length}`);
  return packets;
}

async function batchByHand(port) {
  const [client, witness] = await Promise.all([connectedClient(port), connectedClient(port)]);
  const received = collect(await subscribed(witness, 'batch'));
  const greetings = collect(client.receiver('greeting'));
  const frames = sentFrames(client);

  client.startBatch();
  const answers = [];
  const calls = Array.from({length: CALLS}, async (_, i) => answers.push(await client.invoke('echo', i)));
  client.transmit('greet', 'from the batch');
  const fails = client.invoke('alwaysFails').catch((error) => error.name);
  for (let i = 0; i < CALLS; i++) client.transmitPublish('batch', i);
  client.flushBatch();
  await Promise.all(calls);
  assert.equal(await fails, 'BadCustomError');
  assert.deepEqual(answers, Array.from({length: CALLS}, (_, i) => i), 'answered in order');
  await eventually(() => received.length >= CALLS, 'the publishes of the batch arrive');
  assert.deepEqual(received, answers);
  await eventually(() => greetings.length > 0, 'the transmit of the batch is answered');
  assert.equal(frames.filter((frame) => frame !== '').length, 1, 'all went in one frame');

  client.startBatch();
  client.transmitPublish('batch', 'cancelled');
  client.cancelBatch();
  await roundTrip(client);
  await roundTrip(witness);
  assert.equal(received.length, CALLS, 'a cancelled batch is not executed');
}

/** The handshake and what follows may come in one array: it is in order. */
async function batchWithHandshake(port) {
  const raw = await RawClient.connect(port);
  const answers = [1, 2, 3].map((cid) => raw.answerTo(cid));
  raw.send([
    {event: '#handshake', data: {authToken: null}, cid: 1},
    {event: '#subscribe', data: {channel: 'batch-raw'}, cid: 2},
    {event: 'echo', data: 'third', cid: 3},
  ]);
  const [handshake, subscribe, echo] = await Promise.all(answers);
  assert.equal(handshake.data.isAuthenticated, false);
  assert.equal(subscribe.error, undefined);
  assert.equal(echo.data, 'third');
}

export async function run({port}) {
  const packets = await batchOnHandshake(port);
  await batchByHand(port);
  await batchWithHandshake(port);
  return `${packets} packets batched on the handshake`;
}
