import assert from 'node:assert/strict';
import {firstClient} from '../lib/ages/first.mjs';
import {modernClient} from '../lib/ages/modern.mjs';
import {openBrowser, test} from '../lib/chat-window.mjs';
import {HOST} from '../lib/clients.mjs';
import {eventually} from '../lib/waiting.mjs';

export const description =
  "the demo's page by the client of Socket.IO 0.6 in Chromium (--chromium, /usr/bin/chromium) chats over each transport " +
  'with clients of SocketCluster 1 and 20';

const TRANSPORTS = ['websocket', 'server-events', 'xhr-polling', 'jsonp-polling'];
const ROOM = 'lobby';

async function joined(page, transport) {
  await page.locator('#status[data-state="online"]', {hasText: `by ${transport}`}).waitFor();
  await page.locator(test('room-state'), {hasText: 'joined'}).waitFor();
}

async function chat(page, transport, others, rooms) {
  const text = `ä€😀 </script> by ${transport}`;
  await page.fill(test('message'), text);
  await page.click(test('send'));
  await page.locator(test('log'), {hasText: text}).waitFor();
  for (const [i, room] of rooms.entries()) {
    await eventually(() => room.some((message) => message.text === text), `${others[i].name} has "${text}"`);
  }
  for (const other of others) {
    const answer = `${other.name} has heard ${transport}`;
    await other.publish(ROOM, {type: 'message', text: answer});
    await page.locator(test('log'), {hasText: answer}).waitFor();
  }
}

export async function run({port, options: {chromium: executablePath = '/usr/bin/chromium'}}) {
  const first = firstClient('1.3.11', '1.3.11', {hostname: HOST, port, path: '/socketcluster-1/'});
  const others = [first, modernClient('20.0.2', '20.0.2', {hostname: HOST, port})];
  await Promise.all(others.map((client) => client.connected()));
  const rooms = await Promise.all(others.map((client) => client.subscribe(ROOM)));

  const context = await openBrowser(executablePath);
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(`http://${HOST}:${port}/legacy.html`);
  for (const transport of TRANSPORTS) {
    await page.selectOption(test('transport'), transport);
    await joined(page, transport);
    await chat(page, transport, others, rooms);
  }
  await page.fill(test('username'), 'Old Ann');
  await page.click(test('login'));
  await page.locator(test('account-name'), {hasText: 'Old Ann'}).waitFor();
  await page.fill(test('message'), 'with a name');
  await page.click(test('send'));
  await eventually(() => rooms[1].some(({text, name}) => text === 'with a name' && name === 'Old Ann'), 'the name is there');
  assert.deepEqual(problems, []);
  await page.close();
  return `${TRANSPORTS.join(', ')} with 1.3.11 and 20.0.2 in one room`;
}
