import assert from 'node:assert/strict';
import {fileURLToPath} from 'node:url';
import {openBrowser} from '../lib/chat-window.mjs';
import {HOST} from '../lib/clients.mjs';
import {within} from '../lib/waiting.mjs';

export const description =
  'The unmodified client 0.6.3 of Socket.IO 0.6.18 in Chromium (--chromium, /usr/bin/chromium), over websocket, ' +
  'xhr-polling and jsonp-polling, from a page of the server and from one of another origin';

const TRANSPORTS = ['websocket', 'xhr-polling', 'jsonp-polling'];
const CLIENT = fileURLToPath(import.meta.resolve('socket.io-0.6.18/support/socket.io-client/socket.io.js'));

/** Each line end is one unit; forms send two. */
const MESSAGES = ['queued', '', 'hé😀€', 'line1\nline2', '~m~5~m~abcde', '</script>\u2028"\\', {a: 'é', list: [1, null]}];

/** Runs in the page. The server sends every message back. */
function inThePage({host, port, transport, messages}) {
  const options = {port, transports: [transport], rememberTransport: false, reconnect: false};
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

async function open(context, url) {
  const page = await context.newPage();
  await page.goto(url);
  await page.setContent('<!doctype html><meta charset="utf-8"><script></script><body>');
  await page.addScriptTag({path: CLIENT});
  return page;
}

export async function run({port, options: {chromium: executablePath = '/usr/bin/chromium'}}) {
  const context = await openBrowser(executablePath);
  for (const [host, of] of [[HOST, 'own'], ['localhost', 'other']]) {
    for (const transport of TRANSPORTS) {
      const page = await open(context, `http://${host}:${port}/health-check`);
      const done = page.evaluate(inThePage, {host: HOST, port, transport, messages: MESSAGES});
      const {got, transport: used} = await within(done, `${transport} from its ${of} origin`);
      assert.equal(used, transport);
      assert.deepEqual(got, [...MESSAGES, ...MESSAGES.slice(0, 3)], `${transport} from its ${of} origin`);
      await page.close();
    }
  }
  return `${TRANSPORTS.join(', ')}, from two origins`;
}
