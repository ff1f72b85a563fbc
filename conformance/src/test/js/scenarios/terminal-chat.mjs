import assert from 'node:assert/strict';
import {ChatWindow, openBrowser} from '../lib/chat-window.mjs';
import {HOST} from '../lib/clients.mjs';

export const description =
  "the demo's page in Chromium (--chromium, /usr/bin/chromium) chats with a terminal that is there as Tess; prints READY " +
  'and waits until Tess says “Hello, page”, answers “Hello, terminal”, and waits until Tess has left';

export async function run({port, options: {chromium = '/usr/bin/chromium'}}) {
  const context = await openBrowser(chromium);
  const ann = await ChatWindow.open(context, `http://${HOST}:${port}/`);
  await ann.logIn('Ann');
  await ann.joined('lobby');
  console.log('READY');
  await ann.sees('Tess', 'Hello, page');
  await ann.say('Hello, terminal');
  await ann.seesPresence('Tess left');
  assert.deepEqual(ann.problems, []);
  return 'a window and a terminal';
}
