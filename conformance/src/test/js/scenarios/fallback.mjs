import assert from 'node:assert/strict';
import {once as onceOf} from 'node:events';
import {createServer} from 'node:net';
import {WebSocketServer} from 'ws';
import {openBrowser} from '../lib/chat-window.mjs';
import {collect, connectedClient, HOST, subscribed} from '../lib/clients.mjs';
import {Nginx, UPGRADES} from '../lib/nginx.mjs';
import {onEnd} from '../lib/resources.mjs';
import {eventually, within} from '../lib/waiting.mjs';

export const description =
  'client 20 in Chromium (--chromium, /usr/bin/chromium) with the script of the fallback, behind nginx: refused, ' +
  'swallowed and mute WebSockets, held back streams; no message is lost on the change to a WebSocket and back';

const CHANNEL = 'numbers';
const PAUSE = 5;

/** Runs in the page: loads the script, then the stock client; counts what happens. */
async function connectInThePage(settings) {
  const script = document.createElement('script');
  Object.assign(script, {src: '/socketcluster-http/fallback.js'});
  Object.assign(script.dataset, settings);
  await new Promise((resolve, reject) => {
    Object.assign(script, {onload: resolve, onerror: reject});
    document.head.append(script);
  });
  const {create} = await import('/socketcluster-client.min.js');
  const begun = performance.now();
  const socket = create({autoReconnectOptions: {initialDelay: 50, randomness: 0, maxDelay: 100}});
  const seen = {connects: 0, problems: [], errors: []};
  const count = async (event, note) => {
    for await (const value of socket.listener(event)) note(value);
  };
  count('connect', () => seen.connects++);
  for (const event of ['disconnect', 'connectAbort', 'error']) {
    count(event, (value) => seen.problems.push(`${event} ${JSON.stringify(value)}`));
  }
  Object.assign(window, {socket, seen});
  await socket.listener('connect').once();
  return Math.round(performance.now() - begun);
}

const carrierOf = (page) => page.evaluate(() => window.socket.transport.socket.carrier);

/** With this, a busy machine does not look like a broken proxy. */
const PATIENT = 60;

async function newPage(context, nginx, settings) {
  const page = await context.newPage();
  await page.goto(`http://${HOST}:${nginx.port}/health-check`); // a page without a policy of its own
  const time = await within(page.evaluate(connectInThePage, settings), 'the page to connect');
  return {page, time};
}

async function assertItWorks(page, what) {
  const data = {text: 'ä€😀 "quoted" \\n \n\r', list: [1, null, {deep: true}]};
  const echoed = await within(page.evaluate((sent) => window.socket.invoke('echo', sent), data), what);
  assert.deepEqual(echoed, data, what);
  const instance = await page.evaluate(() => window.socket.transport.socket instanceof WebSocket);
  assert.equal(instance, true);
  assert.deepEqual(await page.evaluate(() => window.seen), {connects: 1, problems: [], errors: []}, what);
}

/** A server that accepts connections and says nothing. */
async function muteServer() {
  const server = createServer((connection) => connection.on('error', () => {})).listen(0, HOST);
  await onceOf(server, 'listening');
  onEnd(() => server.close());
  return server.address().port;
}

/** A server that accepts WebSockets and says nothing. */
async function muteWebSocketServer() {
  const server = new WebSocketServer({host: HOST, port: 0});
  await onceOf(server, 'listening');
  onEnd(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  return server.address().port;
}

/** Publishes numbers until it is told to stop; returns how many. */
function startPublishing(client) {
  let count = 0;
  let isOver = false;
  const done = (async () => {
    while (!isOver) {
      await client.invokePublish(CHANNEL, {from: 'node', number: ++count});
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    return count;
  })();
  return {
    get count() {
      return count;
    },
    stop() {
      isOver = true;
      return done;
    },
  };
}

/** Runs in the page: publishes numbers, without waiting for answers, and collects those of the other. */
async function playInThePage({channel, pause}) {
  const {socket} = window;
  const play = {isOver: false, sent: 0, numbers: [], failures: []};
  window.play = play;
  const subscription = socket.subscribe(channel);
  await subscription.listener('subscribe').once();
  (async () => {
    for await (const {from, number} of subscription) if (from === 'node') play.numbers.push(number);
  })();
  const number = async () => {
    const answers = [];
    while (!play.isOver) {
      const published = socket.invokePublish(channel, {from: 'page', number: ++play.sent});
      answers.push(published.catch((error) => play.failures.push(error.message)));
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    await Promise.all(answers);
  };
  play.done = number();
}

async function changesWithoutALoss(context, port) {
  const refusing = `location / { proxy_pass http://${HOST}:${port}; }`;
  const passing = `location / { proxy_pass http://${HOST}:${port}; ${UPGRADES} }`;
  const nginx = await Nginx.start(refusing);
  const {page, time} = await newPage(context, nginx, {retry: 1, patience: PATIENT});
  await assertItWorks(page, 'over a stream');
  assert.equal(await carrierOf(page), 'event-stream');
  const id = await page.evaluate(() => window.socket.id);
  const node = await connectedClient(port);
  const heard = collect(await subscribed(node, CHANNEL));
  await page.evaluate(playInThePage, {channel: CHANNEL, pause: PAUSE});
  const publishing = startPublishing(node);
  const goOn = async (what) => {
    const enough = publishing.count + 50;
    await eventually(() => publishing.count > enough, what);
    const last = (await page.evaluate(() => window.play.sent)) + 50;
    await eventually(async () => (await page.evaluate(() => window.play.sent)) > last, what);
  };
  const isCarriedBy = (carrier) =>
    eventually(async () => (await carrierOf(page)) === carrier, `the messages are carried by ${carrier}`);

  await goOn('messages over a stream');
  await nginx.reload(passing);
  await isCarriedBy('websocket');
  await goOn('messages over the WebSocket');
  await nginx.reload(refusing); // and cuts the WebSocket
  await isCarriedBy('event-stream');
  await goOn('messages over a stream again');

  const published = await publishing.stop();
  await eventually(
    async () => (await page.evaluate(() => window.play.numbers.length)) >= published,
    'the page has all numbers',
  );
  const {numbers, failures, sent} = await page.evaluate(async () => {
    window.play.isOver = true;
    await window.play.done;
    return window.play;
  });
  assert.deepEqual(failures, []);
  assert.deepEqual(numbers, Array.from({length: published}, (_, index) => index + 1));
  const ofThePage = () => heard.filter(({from}) => from === 'page').map(({number}) => number);
  await eventually(() => ofThePage().length >= sent, 'the others have all numbers of the page');
  assert.deepEqual(ofThePage(), Array.from({length: sent}, (_, index) => index + 1));
  assert.equal(await page.evaluate(() => window.socket.id), id, 'it is the same socket');
  await assertItWorks(page, 'after the changes');
  await page.close();
  return {time, published, sent};
}

async function brokenInOtherWays(context, port) {
  const server = `location / { proxy_pass http://${HOST}:${port}; }`;
  const mute = await muteServer();
  const muteSockets = await muteWebSocketServer();
  const toTheMute = (place) => `location = /socketcluster/ { proxy_pass http://${HOST}:${place}; ${UPGRADES} } ${server}`;
  const requests = ['event-stream', 'polling'];
  const ways = {
    swallowed: {locations: toTheMute(mute), carriers: requests},
    mute: {locations: toTheMute(muteSockets), carriers: requests},
    'held back': {
      locations: `gzip on; gzip_types *; gzip_min_length 0; proxy_ignore_headers X-Accel-Buffering; ${server}`,
      carriers: ['polling'],
    },
    'not broken': {
      locations: `location / { proxy_pass http://${HOST}:${port}; ${UPGRADES} }`,
      carriers: ['websocket'],
      patience: PATIENT,
    },
  };
  const times = [];
  for (const [way, {locations, carriers, patience = 1}] of Object.entries(ways)) {
    const nginx = await Nginx.start(locations);
    const {page, time} = await newPage(context, nginx, {retry: 0, patience});
    await assertItWorks(page, way);
    assert.ok(carriers.includes(await carrierOf(page)), `${way}: ${await carrierOf(page)}`);
    times.push(`${way} ${time} ms`);
    await page.close();
  }
  return times;
}

export async function run({port, options: {chromium: executablePath = '/usr/bin/chromium'}}) {
  const context = await openBrowser(executablePath);
  const {time, published, sent} = await changesWithoutALoss(context, port);
  const times = await brokenInOtherWays(context, port);
  return `connected: refused ${time} ms, ${times.join(', ')}; ${published} and ${sent} messages over two changes`;
}
