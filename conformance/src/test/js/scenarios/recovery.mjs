import assert from 'node:assert/strict';
import {connectedClient, newClient} from '../lib/clients.mjs';
import {badLine, randomOf} from '../lib/bad-line.mjs';
import {eventually, sleep, within} from '../lib/waiting.mjs';

export const description =
  '--clients (100) in --rooms (4) whose connections are cut at random bytes for --seconds (3) of --rate (100) publishes a ' +
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

function reader(port, room) {
  const client = newClient(port, {autoReconnectOptions: RECONNECT});
  const position = {recover: true};
  const channel = client.subscribe(room, {data: position});
  const one = {room, shown: [], subscribed: channel.listener('subscribe').once(), failures: []};
  show(channel, position, one.shown);
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

export async function run({port, options: {clients = 100, rooms = 4, seconds = 3, rate = 100, seed = 1, mostBytes = 20_000}}) {
  const run = Math.random().toString(36).slice(2); // two runs on one server have rooms of their own
  const line = await badLine(port, {random: randomOf(seed), mostBytes});
  const readers = Array.from({length: clients}, (_, i) => reader(line.port, `room/${run}-${i % rooms}`));
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
  return `${clients} clients, ${line.cuts} cuts, ${last * names.length} messages, ${last * clients} shown once and in order (seed ${seed})`;
}
