import assert from 'node:assert/strict';
import {assertRejected, collect, connectedClient, roundTrip, subscribed} from '../lib/clients.mjs';
import {RawClient} from '../lib/raw-client.mjs';
import {eventually} from '../lib/waiting.mjs';

export const description = 'subscribe, publish, unsubscribe, two clients, odd channel names';

const ODD_NAMES = [
  '漢字/канал/👩‍👩‍👧',
  'with "quotes", \'more\' and \\backslashes\\',
  'line\nbreak\ttab\u0000nul',
  ' ',
  '',
  '{"channel":"json"}',
  'a/b/c?d=e&f#g',
  'x'.repeat(10_000),
];

// The stock client keeps its channels in a plain object and cannot subscribe to these itself.
const OBJECT_NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

/** What reaches the client for this channel, also when the client itself would drop it. */
function deliveries(client, channel) {
  const values = [];
  (async () => {
    for await (const {message} of client.listener('message')) {
      if (!/^[[{]/.test(message)) continue;
      for (const {event, data} of [JSON.parse(message)].flat()) {
        if (event === '#publish' && data.channel === channel) values.push(data.data);
      }
    }
  })();
  return values;
}

async function publishAndReceive(ann, bob) {
  const toAnn = collect(await subscribed(ann, 'room'));
  const toBob = collect(await subscribed(bob, 'room'));
  const sent = [];
  for (let i = 0; i < 100; i++) {
    const data = {i, from: 'ann'};
    sent.push(data);
    if (i % 3 === 0) await ann.invokePublish('room', data);
    else ann.transmitPublish('room', data);
  }
  await eventually(
    () => toAnn.length >= 100 && toBob.length >= 100,
    () => `both have 100, not ${toAnn.length} and ${toBob.length}`,
  );
  assert.deepEqual(toAnn, sent, 'the publisher gets its own messages, in order');
  assert.deepEqual(toBob, sent, 'the other gets them in order');

  for (const value of [null, 0, false, '', [], {}, [1, [2]], 'ü']) {
    await bob.invokePublish('room', value);
    await eventually(() => toAnn.length > sent.length, `${JSON.stringify(value)} arrives`);
    sent.push(value);
  }
  await bob.invokePublish('room');
  await eventually(() => toAnn.length > sent.length, 'a publish without data arrives');
  assert.deepEqual(toAnn, [...sent, undefined]);
}

async function unsubscribeStops(ann, bob) {
  const raw = deliveries(bob, 'stops');
  await subscribed(bob, 'stops');
  await ann.invokePublish('stops', 'before');
  await eventually(() => raw.length === 1, 'the publish before arrives');
  bob.unsubscribe('stops');
  await roundTrip(bob);
  await ann.invokePublish('stops', 'after');
  await roundTrip(bob);
  assert.deepEqual(raw, ['before']);
  await subscribed(bob, 'stops');
  await ann.invokePublish('stops', 'again');
  await eventually(() => raw.length === 2, 'the publish after subscribing again arrives');
  assert.deepEqual(raw, ['before', 'again']);

  const error = await assertRejectedUnsubscribe(ann, 'never subscribed');
  assert.match(error.message, /not subscribed/);
  await ann.invoke('#subscribe', {channel: 'by hand'});
  await ann.invoke('#unsubscribe', 'by hand');
  await assertRejectedUnsubscribe(ann, 'by hand');
}

async function assertRejectedUnsubscribe(client, channel) {
  // The reference wraps its own InvalidActionError.
  return assertRejected(client.invoke('#unsubscribe', channel), 'BrokerError', `unsubscribing ${channel}`);
}

async function subscribingTwice(ann, bob) {
  const raw = deliveries(bob, 'twice');
  await subscribed(bob, 'twice');
  await subscribed(bob, 'twice');
  await bob.invoke('#subscribe', {channel: 'twice'});
  await ann.invokePublish('twice', 'once only');
  await roundTrip(bob);
  await eventually(() => raw.length > 0, 'the publish arrives');
  assert.deepEqual(raw, ['once only']);
  bob.unsubscribe('twice');
  await roundTrip(bob);
  await ann.invokePublish('twice', 'not any more');
  await roundTrip(bob);
  assert.deepEqual(raw, ['once only'], 'one unsubscribe is enough');
}

async function oddNames(ann, bob) {
  for (const name of ODD_NAMES) {
    const received = collect(await subscribed(bob, name));
    await ann.invokePublish(name, {name});
    const shown = JSON.stringify(name.slice(0, 40));
    await eventually(() => received.length > 0, `the publish on ${shown} arrives`);
    assert.deepEqual(received, [{name}]);
  }
}

async function objectNames(port) {
  const [publisher, subscriber] = await Promise.all([RawClient.open(port), RawClient.open(port)]);
  for (const channel of OBJECT_NAMES) {
    const delivered = () => subscriber.packets.filter(({event}) => event === '#publish').map(({data}) => data);
    const before = delivered().length;
    assert.equal((await publisher.invoke('#publish', {channel, data: 0})).error, undefined, channel);
    assert.equal((await subscriber.invoke('#subscribe', {channel})).error, undefined, channel);
    assert.equal((await publisher.invoke('#publish', {channel, data: 1})).error, undefined, channel);
    await subscriber.invoke('echo');
    assert.deepEqual(delivered().slice(before), [{channel, data: 1}], channel);
    assert.equal((await subscriber.invoke('#unsubscribe', channel)).error, undefined, channel);
    await publisher.invoke('#publish', {channel, data: 2});
    await subscriber.invoke('echo');
    assert.equal(delivered().length, before + 1, channel);
  }
}

export async function run({port}) {
  const [ann, bob] = await Promise.all([connectedClient(port), connectedClient(port)]);
  await publishAndReceive(ann, bob);
  await unsubscribeStops(ann, bob);
  await subscribingTwice(ann, bob);
  await oddNames(ann, bob);
  await objectNames(port);
  return `${ODD_NAMES.length + OBJECT_NAMES.length} odd names`;
}
