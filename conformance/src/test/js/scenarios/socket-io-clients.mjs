import assert from 'node:assert/strict';
import http from 'node:http';
import {fileURLToPath} from 'node:url';
import {openBrowser} from '../lib/chat-window.mjs';
import {HOST} from '../lib/clients.mjs';
import {onEnd} from '../lib/resources.mjs';
import {within} from '../lib/waiting.mjs';

export const description =
  'The unmodified client 0.6.3 of Socket.IO 0.6.18 in Chromium (--chromium, /usr/bin/chromium), over websocket, ' +
  'xhr-polling and jsonp-polling, and the client that the server serves, over server-events, too: from a page of the ' +
  'server and from one of another origin, and behind a proxy that refuses upgrades';

const OLD_TRANSPORTS = ['websocket', 'xhr-polling', 'jsonp-polling'];
const TRANSPORTS = [...OLD_TRANSPORTS, 'server-events'];
const OLD_CLIENT = {path: fileURLToPath(import.meta.resolve('socket.io-0.6.18/support/socket.io-client/socket.io.js'))};

/** Each line end is one unit; forms send two. */
const MESSAGES = ['queued', '', 'hé😀€', 'line1\nline2', '~m~5~m~abcde', '</script>\u2028"\\', {a: 'é', list: [1, null]}];

/** Runs in the page. The server sends every message back. Without a transport, the client chooses. */
function inThePage({host, port, transport, messages}) {
  const options = {port, rememberTransport: false, reconnect: false};
  if (transport) options.transports = [transport];
  const socket = new window.io.Socket(host, options);
  const got = [];
  return new Promise((resolve, reject) => {
    socket.on('connect_failed', () => reject(new Error('connect_failed')));
    socket.on('disconnect', () => resolve({got, transport: socket.transport.type}));
    socket.on('message', (message) => {
      got.push(message);
      if (got.length === messages.length) {
        for (const each of messages.slice(0, 3)) socket.send(each);
      } else if (got.length === messages.length + 3) {
        socket.disconnect();
      }
    });
    for (const each of messages) socket.send(each); // queued, and sent in one packet
    socket.connect();
  });
}

async function open(context, url, client) {
  const page = await context.newPage();
  await page.goto(url);
  await page.setContent('<!doctype html><meta charset="utf-8"><script></script><body>');
  await page.addScriptTag(client);
  return page;
}

/** Sends and receives everything over each transport, from a page of each origin. */
async function useAll(context, port, client, name, transports) {
  for (const [host, of] of [[HOST, 'own'], ['localhost', 'other']]) {
    for (const transport of transports) {
      const what = `${name}, ${transport} from its ${of} origin`;
      const page = await open(context, `http://${host}:${port}/health-check`, client);
      const done = page.evaluate(inThePage, {host: HOST, port, transport, messages: MESSAGES});
      const {got, transport: used} = await within(done, what);
      assert.equal(used, transport, what);
      assert.deepEqual(got, [...MESSAGES, ...MESSAGES.slice(0, 3)], what);
      await page.close();
    }
  }
}

/** A proxy that knows nothing of upgrades. */
async function refusingProxy(port) {
  const proxy = http.createServer((request, response) => {
    const {method, url, headers} = request;
    const onward = http.request({host: HOST, port, method, path: url, headers}, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      response.flushHeaders();
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  proxy.on('upgrade', (request, socket) => socket.end('HTTP/1.1 501 Not Implemented\r\nConnection: close\r\n\r\n'));
  await new Promise((resolve) => proxy.listen(0, HOST, resolve));
  onEnd(() => proxy.close());
  onEnd(() => proxy.closeAllConnections());
  return proxy.address().port;
}

/** Both fall over to a transport that works; the old one drops what was sent before that. */
async function behindAProxy(context, port) {
  const proxied = await refusingProxy(port);
  const origin = `http://${HOST}:${proxied}`;
  const own = await open(context, `${origin}/health-check`, {url: `${origin}/socket.io/socket.io.js`});
  const done = own.evaluate(inThePage, {host: HOST, port: proxied, messages: MESSAGES});
  const {got, transport} = await within(done, 'our own client behind a proxy');
  assert.equal(transport, 'server-events');
  assert.deepEqual(got, [...MESSAGES, ...MESSAGES.slice(0, 3)], 'our own client behind a proxy');
  const old = await open(context, `${origin}/health-check`, OLD_CLIENT);
  const type = old.evaluate(
    ([host, on]) =>
      new Promise((resolve) => {
        const socket = new window.io.Socket(host, {port: on, rememberTransport: false, reconnect: false});
        socket.on('connect', () => socket.send('hi'));
        socket.on('message', () => {
          resolve(socket.transport.type);
          socket.disconnect();
        });
        socket.connect();
      }),
    [HOST, proxied],
  );
  assert.equal(await within(type, 'client 0.6.3 behind a proxy'), 'xhr-polling');
  await Promise.all([own.close(), old.close()]);
}

export async function run({port, options: {chromium: executablePath = '/usr/bin/chromium'}}) {
  const context = await openBrowser(executablePath);
  await useAll(context, port, OLD_CLIENT, 'client 0.6.3', OLD_TRANSPORTS);
  await useAll(context, port, {url: `http://${HOST}:${port}/socket.io/socket.io.js`}, 'own client', TRANSPORTS);
  await behindAProxy(context, port);
  return `client 0.6.3 over ${OLD_TRANSPORTS.join(', ')}, our own over ${TRANSPORTS.join(', ')}, from two origins`;
}
