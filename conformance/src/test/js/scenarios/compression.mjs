import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {chromium} from 'playwright-core';
import WebSocket from 'ws';
import {collect, connectedClient, HOST, roundTrip, subscribed} from '../lib/clients.mjs';
import {onEnd} from '../lib/resources.mjs';
import {eventually, within} from '../lib/waiting.mjs';

export const description =
  'a server with perMessageDeflate: ws, the stock client and Chromium (--chromium, /usr/bin/chromium) compress, others ' +
  'in the same channel do not; pings from 20 to 20 ms';

const LONG = 'many words, all of them alike; '.repeat(2000);
const PUBLISHES = 20;

const socketOf = (client) => client.transport.socket;

/** What came through the socket since the client was looked at before. */
function bytesRead(client) {
  return socketOf(client)._socket.bytesRead;
}

async function inOneRoom(port) {
  const compressing = await connectedClient(port, {wsOptions: {perMessageDeflate: true}});
  const always = await connectedClient(port, {wsOptions: {perMessageDeflate: {threshold: 0}}});
  const plain = await connectedClient(port, {wsOptions: {perMessageDeflate: false}});
  const all = [compressing, always, plain];
  assert.deepEqual(
    all.map((client) => socketOf(client).extensions),
    ['permessage-deflate', 'permessage-deflate', ''],
  );
  const received = await Promise.all(all.map(async (client) => collect(await subscribed(client, 'room'))));
  const before = all.map(bytesRead);

  const expected = [];
  for (let i = 0; i < PUBLISHES; i++) {
    const value = i % 2 === 0 ? `${i} ${LONG}` : `short ${i}`;
    expected.push(value);
    await all[i % all.length].invokePublish('room', value);
  }

  await eventually(() => received.every((values) => values.length === PUBLISHES), 'all publishes arrive');
  for (const values of received) assert.deepEqual(values, expected);
  const [first, second, uncompressed] = all.map((client, i) => bytesRead(client) - before[i]);
  assert.ok(uncompressed > (LONG.length * PUBLISHES) / 2, `${uncompressed} bytes without compression`);
  for (const bytes of [first, second]) assert.ok(bytes < uncompressed / 10, `${bytes} of ${uncompressed} bytes`);
  for (const client of all) await roundTrip(client);
  return all;
}

async function refused(port, message, code) {
  const socket = new WebSocket(`ws://${HOST}:${port}/socketcluster/`, {perMessageDeflate: {threshold: 0}});
  onEnd(() => socket.terminate());
  await within(new Promise((resolve) => socket.once('open', resolve)), 'the upgrade');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.send(message);
  assert.equal(await within(closed, `the close of ${message.length} bytes`), code);
}

/** Runs in the page: Chromium compresses whatever it sends, were it empty. */
async function talk({address, long}) {
  const socket = new WebSocket(address);
  const messages = [];
  let pings = 0;
  let wake = () => {};
  socket.onmessage = ({data}) => {
    if (data === '') {
      pings++;
      socket.send('');
    } else {
      messages.push(JSON.parse(data));
    }
    wake();
  };
  const closed = new Promise((_, reject) => {
    socket.onclose = ({code}) => reject(new Error(`closed with ${code}`));
  });
  const until = async (condition) => {
    while (!condition()) await Promise.race([closed, new Promise((resolve) => (wake = resolve))]);
  };
  await Promise.race([closed, new Promise((resolve) => (socket.onopen = resolve))]);
  socket.send(JSON.stringify({event: '#handshake', data: {}, cid: 1}));
  socket.send(JSON.stringify({event: 'echo', data: long, cid: 2}));
  socket.send(JSON.stringify({event: 'echo', data: 'short', cid: 3}));
  await until(() => messages.length >= 3 && pings >= 20);
  socket.onclose = null;
  socket.close();
  const echoed = (cid) => messages.find(({rid}) => rid === cid)?.data;
  return {extensions: socket.extensions, long: echoed(2) === long, short: echoed(3)};
}

async function inChromium(port, executablePath) {
  const profile = await mkdtemp(join(tmpdir(), 'compression-'));
  onEnd(() => rm(profile, {recursive: true, force: true}));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  onEnd(() => context.close());
  const page = await context.newPage();
  await page.goto(`http://${HOST}:${port}/`);
  const address = `ws://${HOST}:${port}/socketcluster/`;
  const {extensions, long, short} = await within(page.evaluate(talk, {address, long: LONG}), 'Chromium', 30_000);
  assert.match(extensions, /^permessage-deflate/);
  assert.ok(long, 'the long message came back');
  assert.equal(short, 'short');

  await page.waitForSelector('[data-test="status"][data-state="online"]');
  await page.fill('[data-test="username"]', 'Ann');
  await page.click('[data-test="login"]');
  await page.locator('[data-test="room-state"]').getByText('joined').waitFor();
  await page.fill('[data-test="message"]', 'Hello, compressed '.repeat(20).trim());
  await page.press('[data-test="message"]', 'Enter');
  await page.locator('[data-test="text"]').getByText('Hello, compressed').first().waitFor();
}

export async function run({port, options: {chromium: executablePath = '/usr/bin/chromium'}}) {
  const clients = await inOneRoom(port);
  await refused(port, 'x'.repeat(20_000_000), 1009);
  await inChromium(port, executablePath);
  for (const client of clients) {
    assert.equal(client.state, client.OPEN, 'alive with pings that come all the time');
    await roundTrip(client);
  }
  return `${PUBLISHES} publishes to clients that compress and to one that does not, and Chromium`;
}
