import assert from 'node:assert/strict';
import minBin from 'sc-codec-min-bin';
import {deltas, recover} from '../../../../../client-js/index.mjs';
import {badLine, randomOf} from '../lib/bad-line.mjs';
import {checkMisfits} from '../lib/delta-misfits.mjs';
import {collect, connectedClient, newClient} from '../lib/clients.mjs';
import {eventually, sleep, within} from '../lib/waiting.mjs';

export const description =
  'clients of one --channel (book/1) with and without differences show the values that were published, while --clients (8) of each kind are cut at ' +
  'random bytes for --values (300); --seed reproduces values and cuts';

const RECONNECT = {initialDelay: 1, randomness: 50, multiplier: 1, maxDelay: 51};
const NAMES = ['bids', 'a/b', '~', '', '__proto__', 'note'];

/** Values as JSON has them: a name such as `__proto__` is a member as any other. */
const member = (target, name, value) => Object.defineProperty(target, name, {value, writable: true, enumerable: true, configurable: true});

/** Changes a value a little, as an order book changes, and now and then much. */
function changed(before, number, random) {
  const value = structuredCloneOf(before);
  value.number = number;
  const level = Math.floor(random() * (value.levels.length + 1));
  if (random() < 0.3) value.levels.splice(level, 1);
  else if (random() < 0.5 && value.levels.length < 40) value.levels.splice(level, 0, [number, String(random())]);
  else if (value.levels[level]) value.levels[level][1] = random() < 0.2 ? null : String(random());
  const name = NAMES[Math.floor(random() * NAMES.length)];
  if (random() < 0.3) delete value.extra[name];
  else member(value.extra, name, random() < 0.3 ? null : {at: number, deep: [{[name]: random()}]});
  if (random() < 0.05) value.text = String(random()).repeat(40);
  return value;
}

const structuredCloneOf = (value) => JSON.parse(JSON.stringify(value));

/** As the codec min-bin of the stock client gives it to the application: it has no member of that name. */
const withoutProto = (value) => JSON.parse(JSON.stringify(value), (_, part) => (part && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).filter(([name]) => name !== '__proto__')) : part));

async function show(messages, shown) {
  for await (const message of messages) {
    shown.push(structuredCloneOf(message));
    if (message.levels) message.levels.length = 0; // the application may do with it what it likes
  }
}

const KINDS = {
  stock: (client, name) => client.subscribe(name),
  helper: (client, name) => deltas(client, name),
  recovering: (client, name) => recover(client, name, {deltas: true, onGap: () => assert.fail('a gap')}),
};

function reader(port, kind, channel, options = {}) {
  const client = newClient(port, {autoReconnectOptions: RECONNECT, ...options});
  const messages = KINDS[kind](client, channel);
  const one = {kind, expected: options.codecEngine ? withoutProto : (value) => value, shown: [], raw: [], channel: messages.channel ?? messages};
  show(messages, one.shown);
  if (messages.channel) one.raw = collect(messages.channel);
  one.subscribed = one.channel.listener('subscribe').once();
  return one;
}

function check(one, published) {
  for (const value of one.shown) assert.deepEqual(value, one.expected(published[value.number]), `${one.kind} shows what was published`);
  const numbers = one.shown.map(({number}) => number);
  assert.deepEqual(numbers, [...numbers].sort((a, b) => a - b), `${one.kind} shows it in order`);
  if (one.kind === 'recovering') assert.equal(one.shown.length, published.length, 'a recovering client is shown everything once');
}

const isDifference = (message) => (message?.data ?? message)?.patch !== undefined;

export async function run({port, options: {channel = 'book/1', clients = 8, values = 300, seed = 1, mostBytes = 40_000}}) {
  await checkMisfits();
  const random = randomOf(seed);
  const line = await badLine(port, {random: randomOf(seed + 1), mostBytes});
  const kinds = Object.keys(KINDS).flatMap((kind) => [{kind}, {kind, options: {codecEngine: minBin, path: '/min-bin/'}}]);
  const readers = Array.from({length: clients}, () => kinds)
    .flat()
    .map(({kind, options}) => reader(line.port, kind, channel, options));
  await within(Promise.all(readers.map(({subscribed}) => subscribed)), 'all subscriptions');

  const writer = await connectedClient(port);
  const published = [];
  let value = {number: 0, levels: Array.from({length: 20}, (_, i) => [i, String(random())]), extra: {}, text: 'x'.repeat(500)};
  const publish = async () => {
    value = changed(value, published.length, random);
    published.push(structuredCloneOf(value));
    await writer.invokePublish(channel, value);
  };
  for (let i = 0; i < values; i++) {
    await publish();
    await sleep(5);
  }
  line.mended = true;
  await eventually(() => readers.every((one) => one.channel.state === 'subscribed'), () => 'a client is not back');
  for (let i = 0; i < 10; i++) await publish();

  const last = published.length - 1;
  await eventually(
    () => readers.every(({shown}) => shown.at(-1)?.number === last),
    () => `last are ${readers.map(({kind, shown}) => `${kind} ${shown.at(-1)?.number}`)} of ${last}`,
  );
  readers.forEach((one) => check(one, published));
  const sent = readers.flatMap(({raw}) => raw);
  const differences = sent.filter(isDifference).length;
  assert.ok(differences > sent.length / 4, `${differences} of ${sent.length} messages are differences`);
  assert.ok(line.cuts >= clients, `the connections are cut, and not only ${line.cuts} times`);
  return `${readers.length} clients, ${line.cuts} cuts, ${published.length} values, ${differences} of ${sent.length} messages are differences (seed ${seed})`;
}
