import assert from 'node:assert/strict';
import {connectedClient, newClient} from '../lib/clients.mjs';
import {recover} from '../../../../../client-js/index.mjs';
import {badLine, randomOf} from '../lib/bad-line.mjs';
import {eventually, sleep, within} from '../lib/waiting.mjs';

export const description =
  'with --by hand or helper: --clients (100) in --rooms (4) whose connections are cut at random bytes for --seconds (3) of --rate (100) publishes a ' +
  'second and room, or for the traffic of --hours at that rate, --speed (1) times as fast: each is shown every message once and in order; --seed reproduces the cuts';

const RECONNECT = {initialDelay: 1, randomness: 50, multiplier: 1, maxDelay: 51};

const HOUR = 3600;
const MINUTE_MILLIS = 60_000;

/** Counts what a client shows, and notes the first messages that are not the next ones: an hour has too many to keep. */
function counted(one, message) {
  if (message !== one.shown + 1 && one.wrong.length < 5) one.wrong.push(`${message} behind ${one.last}`);
  one.last = message;
  one.shown++;
}

/** What an application does with the stock client, and nothing else. */
async function show(channel, position, one) {
  for await (const {epoch, offset, data, gap} of channel) {
    if (epoch === position.epoch && offset <= position.offset) continue;
    Object.assign(position, {epoch, offset});
    if (gap) counted(one, `gap: ${gap}`);
    else if (data !== undefined) counted(one, data);
  }
}

/** The same with the helper. */
async function showRecovered(messages, one) {
  for await (const message of messages) counted(one, message);
}

function reader(port, room, by) {
  const client = newClient(port, {autoReconnectOptions: RECONNECT});
  const one = {room, shown: 0, last: 0, wrong: [], failures: []};
  let channel;
  if (by === 'helper') {
    const messages = recover(client, room, {onGap: ({reason}) => counted(one, `gap: ${reason}`)});
    channel = messages.channel;
    showRecovered(messages, one);
  } else {
    const position = {recover: true};
    channel = client.subscribe(room, {data: position});
    show(channel, position, one);
  }
  one.subscribed = channel.listener('subscribe').once();
  (async () => {
    for await (const {error} of channel.listener('subscribeFail')) one.failures.push(error.message);
  })();
  return one;
}

/** The first client that shows something else than every number once and in order. */
function firstWrong(readers, last) {
  return readers.find(({shown, wrong}) => shown !== last || wrong.length > 0);
}

function describe({room, shown, wrong, failures}) {
  return `in ${room} ${shown} were shown, of them wrong: ${wrong}; ${failures}`;
}

function sumsOf(readers, line, messages) {
  const shown = readers.reduce((sum, one) => sum + one.shown, 0);
  const wrong = readers.reduce((sum, one) => sum + one.wrong.length, 0);
  return `${readers.length} clients, ${line.cuts} cuts, ${messages} messages, ${shown} shown, ${wrong} wrong`;
}

/** Publishes numbers to all rooms; returns how many to each. */
async function publishAll(writer, names, {count, interval, progress}) {
  const start = Date.now();
  let told = start;
  for (let number = 1; number <= count; number++) {
    await Promise.all(names.map((name) => writer.invokePublish(name, number)));
    if (Date.now() - told > MINUTE_MILLIS) {
      told = Date.now();
      console.error(`${Math.round((told - start) / 1000)} s: ${progress(number)}`);
    }
    await sleep(start + number * interval - Date.now());
  }
  return count;
}

export async function run({port, options: {by = 'hand', clients = 100, rooms = 4, seconds = 3, hours = 0, speed = 1, rate = 100, seed = 1, mostBytes = 20_000}}) {
  const run = Math.random().toString(36).slice(2); // two runs on one server have rooms of their own
  const line = await badLine(port, {random: randomOf(seed), mostBytes});
  const readers = Array.from({length: clients}, (_, i) => reader(line.port, `room/${run}-${i % rooms}`, by));
  await within(Promise.all(readers.map(({subscribed}) => subscribed)), 'all subscriptions');

  const writer = await connectedClient(port);
  const names = [...new Set(readers.map(({room}) => room))];
  const count = Math.ceil((hours > 0 ? hours * HOUR : seconds) * rate);
  const begin = Date.now();
  const last = await publishAll(writer, names, {
    count,
    interval: 1000 / rate / speed,
    progress: (number) => sumsOf(readers, line, number * names.length),
  });
  line.mended = true;
  await eventually(
    () => readers.every(({shown}) => shown >= last),
    () => describe(firstWrong(readers, last)),
  );
  const wrong = firstWrong(readers, last);
  assert.ok(!wrong, wrong && describe(wrong));
  assert.ok(line.cuts >= clients / 4, `the connections are cut, and not only ${line.cuts} times`);
  const traffic = hours > 0 ? `the traffic of ${hours} hours at ${rate} a second and room` : `${rate} a second and room`;
  return `by ${by}, ${traffic}, in ${Math.round((Date.now() - begin) / 1000)} s: ${sumsOf(readers, line, last * names.length)}, all once and in order (seed ${seed})`;
}
