import assert from 'node:assert/strict';
import {fileURLToPath} from 'node:url';
import {classicClient} from '../lib/ages/classic.mjs';
import {firstClient} from '../lib/ages/first.mjs';
import {modernClient} from '../lib/ages/modern.mjs';
import {openBrowser} from '../lib/chat-window.mjs';
import {HOST} from '../lib/clients.mjs';
import {eventually, within} from '../lib/waiting.mjs';

export const description =
  'The clients without a handshake do all they can, in Node and in Chromium (--chromium, /usr/bin/chromium): 1.3.11 ' +
  'by polls, by WebSocket and with the upgrade, 2.2.9 and 2.2.23; they share a room with clients 14 and 20';

const PATH = '/socketcluster-1/';
const ROOM = 'the room of the first clients';
const DATA = {text: 'ä€😀 "quoted" \\n \n', list: [1, null, {deep: true}]};
const BUNDLE = fileURLToPath(import.meta.resolve('client-1.3.11/socketcluster.js'));

const WAYS = {
  polling: {transports: ['polling'], transport: 'polling'},
  websocket: {transports: ['websocket'], transport: 'websocket'},
  upgraded: {transports: ['polling', 'websocket'], transport: 'websocket'},
};

function newClients(port) {
  const options = {hostname: HOST, port, path: PATH};
  const clients = Object.entries(WAYS).map(([way, {transports}]) =>
    Object.assign(firstClient('1.3.11', `1.3.11 ${way}`, {...options, transports}), {way}),
  );
  for (const version of ['2.2.9', '2.2.23']) clients.push(firstClient(version, version, options));
  return clients;
}

async function useAll(client) {
  const status = await client.connected();
  assert.equal(status.isAuthenticated, false, client.name);
  assert.equal(status.id.length, 20, client.name);
  if (client.way) {
    const {transport} = WAYS[client.way];
    await eventually(() => client.transport() === transport, `${client.name} is on ${transport}`);
  }
  assert.deepEqual(await client.call('echo', DATA), DATA, client.name);
  const error = await client.call('alwaysFails', null).then(
    () => assert.fail(`${client.name}: no error`),
    (failure) => failure,
  );
  assert.equal(error, 'BadCustomError: Server failed to execute the procedure', client.name);
  const greeting = new Promise((resolve) => client.on('greeting', resolve));
  client.emit('greet', client.name);
  assert.deepEqual(await within(greeting, `${client.name}: the greeting`), {hello: client.name});
  await assert.rejects(
    within(client.publish('private/staff', 1), 'the refusal'),
    (refusal) => /^ForbiddenError: /.test(refusal),
  );
}

/** Each publishes several times, and everybody has all in the order of the publisher. */
async function shareARoom(clients) {
  const rooms = await Promise.all(clients.map((client) => client.subscribe(ROOM)));
  await Promise.all(
    clients.map(async (client) => {
      for (let i = 0; i < 20; i++) await client.publish(ROOM, {from: client.name, i, ...DATA});
    }),
  );
  const expected = clients.length * 20;
  for (const [index, room] of rooms.entries()) {
    const {name} = clients[index];
    await eventually(() => room.length >= expected, () => `${name} has ${expected} messages, not ${room.length}`);
    for (const {name: from} of clients) {
      const own = room.filter((message) => message.from === from);
      assert.deepEqual(own.map(({i}) => i), [...Array(20).keys()], `${name} from ${from}`);
      assert.deepEqual(own[0], {from, i: 0, ...DATA});
    }
  }
}

async function disconnectedByTheServer(port) {
  for (const [way, {transports}] of Object.entries(WAYS)) {
    const client = firstClient('1.3.11', `1.3.11 ${way}`, {
      hostname: HOST, port, path: PATH, transports, autoReconnect: true, autoReconnectOptions: {initialDelay: 10, randomness: 0},
    });
    await client.connected();
    client.emit('disconnectMe', {code: 1000, reason: ''});
    await client.closed;
    assert.equal(client.socket.state, 'closed', `${client.name} stays away`);
  }
}

/** Runs in the page, with the client's own bundle. */
function inThePage({options, data, room}) {
  const socket = window.socketCluster.connect({autoReconnect: false, path: '/socketcluster-1/', ...options});
  socket.on('error', () => {});
  const promised = (start) =>
    new Promise((resolve, reject) => start((error, value) => (error ? reject(new Error(error)) : resolve(value))));
  return new Promise((resolve, reject) => {
    socket.on('status', async (status) => {
      try {
        const messages = [];
        const channel = socket.subscribe(room);
        channel.watch((message) => messages.push(message));
        await new Promise((done) => channel.on('subscribe', done));
        const echoed = await promised((done) => socket.emit('echo', data, done));
        await promised((done) => socket.publish(room, data, done));
        if (!status.isAuthenticated) await promised((done) => socket.emit('login', {username: `V${Date.now()}`}, done));
        while (messages.length === 0) await new Promise((done) => setTimeout(done, 5));
        const wanted = options.transports?.at(-1) ?? 'polling';
        while (socket.socket.transport.name !== wanted) await new Promise((done) => setTimeout(done, 5));
        resolve({echoed, message: messages[0], isAuthenticated: status.isAuthenticated, cookie: document.cookie});
      } catch (error) {
        reject(error);
      } finally {
        socket.disconnect();
      }
    });
  });
}

async function inChromium(port, executablePath) {
  const context = await openBrowser(executablePath);
  const ways = {...WAYS, jsonp: {transports: ['polling'], forceJSONP: true}};
  for (const [way, {transport, ...options}] of Object.entries(ways)) {
    await context.clearCookies();
    const page = await context.newPage();
    await page.goto(`http://${HOST}:${port}/health-check`); // a page of the server without a policy of its own
    await page.addScriptTag({path: BUNDLE});
    const argument = {options, data: DATA, room: `${ROOM} ${way}`};
    const first = await within(page.evaluate(inThePage, argument), `Chromium, ${way}`);
    assert.deepEqual(first.echoed, DATA, way);
    assert.deepEqual(first.message, DATA, way);
    assert.equal(first.isAuthenticated, false, way);
    assert.match(first.cookie, /n\/demo\/auth=/, way);
    assert.doesNotMatch(first.cookie, /n\/demo\/io/, 'the session id is for no script');
    const second = await within(page.evaluate(inThePage, argument), `Chromium, ${way}, again`);
    assert.equal(second.isAuthenticated, true, `${way}: the token of the cookie`);
    await page.close();
  }
}

export async function run({port, options: {chromium: executablePath = '/usr/bin/chromium'}}) {
  const first = newClients(port);
  await Promise.all(first.map(useAll));
  const others = [
    classicClient('14.3.2', '14.3.2', {hostname: HOST, port}),
    modernClient('20.0.2', '20.0.2', {hostname: HOST, port}),
  ];
  await Promise.all(others.map((client) => client.connected()));
  await shareARoom([...first, ...others]);
  await disconnectedByTheServer(port);
  await inChromium(port, executablePath);
  return `${first.length} clients without a handshake in a room with 14 and 20, and four ways in Chromium`;
}
