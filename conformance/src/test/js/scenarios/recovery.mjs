import assert from 'node:assert/strict';
import {connectedClient, newClient} from '../lib/clients.mjs';
import {recover} from '../../../../../client-js/index.mjs';
import {badLine, randomOf} from '../lib/bad-line.mjs';
import {eventually, sleep, within} from '../lib/waiting.mjs';

export const description =
  'with --by hand or helper: --clients (100) in --rooms (4) whose connections are cut at random bytes for --seconds (3) of --rate (100) publishes a ' +
  'second and room: each is shown every message once and in order; --seed reproduces the cuts';

const RECONNECT = {initialDelay: 1, randomness: 50, multiplier: 1, maxDelay: 51};

/** What an application does with the stock client, and nothing else. */
async function show(channel, position, shown) {
  for await (const {epoch, offset, data, gap} of channel) {
    if (epoch === position.epoch && offset <= position.offset) continue;
    Object.assign(position, {epoch, offset});
    if (gap) shown.push(`gap: ${gap}`);
    else if (data !== undefined) shown.push(data);
  }
}

/** The same with the helper. */
async function showRecovered(messages, shown) {
  for await (const message of messages) shown.push(message);
}

function reader(port, room, by) {
  const client = newClient(port, {autoReconnectOptions: RECONNECT});
  const one = {room, shown: [], failures: []};
  let channel;
  if (by === 'helper') {
    const messages = recover(client, room, {onGap: ({reason}) => one.shown.push(`gap: ${reason}`)});
    channel = messages.channel;
    showRecovered(messages, one.shown);
  } else {
    const position = {recover: true};
    channel = client.subscribe(room, {data: position});
    show(channel, position, one.shown);
  }
  one.subscribed = channel.listener('subscribe').once();
  (async () => {
    for await (const {error} of channel.listener('subscribeFail')) one.failures.push(error.message);
  })();
  return one;
}

/** The first client of a room that shows something else than every number once and in order. */
function firstWrong(readers, last) {
  return readers.find(({shown}) => shown.length !== last || shown.some((number, i) => number !== i + 1));
}

function describe({room, shown, failures}) {
  const at = shown.findIndex((number, i) => number !== i + 1);
  return `in ${room} ${shown.length} were shown, near ${at}: ${shown.slice(Math.max(0, at - 2), at + 5)}; ${failures}`;
}

export async function run({port, options: {by = 'hand', clients = 100, rooms = 4, seconds = 3, rate = 100, seed = 1, mostBytes = 20_000}}) {
  const run = Math.random().toString(36).slice(2); // two runs on one server have rooms of their own
  const line = await badLine(port, {random: randomOf(seed), mostBytes});
  const readers = Array.from({length: clients}, (_, i) => reader(line.port, `room/${run}-${i % rooms}`, by));
  await within(Promise.all(readers.map(({subscribed}) => subscribed)), 'all subscriptions');

  const writer = await connectedClient(port);
  const names = [...new Set(readers.map(({room}) => room))];
  const start = Date.now();
  let last = 0;
  while (Date.now() - start < seconds * 1000) {
    last++;
    await Promise.all(names.map((name) => writer.invokePublish(name, last)));
    await sleep(start + (last * 1000) / rate - Date.now());
  }
  line.mended = true;
  await eventually(
    () => readers.every(({shown}) => shown.length >= last),
    () => describe(firstWrong(readers, last)),
  );
  const wrong = firstWrong(readers, last);
  assert.ok(!wrong, wrong && describe(wrong));
  assert.ok(line.cuts >= clients / 4, `the connections are cut, and not only ${line.cuts} times`);
  return `${clients} clients by ${by}, ${line.cuts} cuts, ${last * names.length} messages, ${last * clients} shown once and in order (seed ${seed})`;
}
