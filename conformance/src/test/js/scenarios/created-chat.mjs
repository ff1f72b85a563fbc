import assert from 'node:assert/strict';
import {openBrowser} from '../lib/chat-window.mjs';
import {HOST} from '../lib/clients.mjs';

export const description =
  'the page of a created application in Chromium (--chromium, /usr/bin/chromium): windows at two workers chat; prints ' +
  'KILL and the process id of one worker, which the harness kills: its window comes back, and the chat goes on';

const MOST_WINDOWS = 40;
const PATIENCE = 100_000;
const AT_A_WORKER = /^connected to worker \d+ \(process (\d+)\)$/;

const state = (page) => page.locator('#state').innerText();

async function workerOf(page) {
  await page.locator('#state', {hasText: AT_A_WORKER}).waitFor();
  return Number(AT_A_WORKER.exec(await state(page))[1]);
}

async function open(context, port) {
  const page = await context.newPage();
  await page.goto(`http://${HOST}:${port}/`);
  return {page, pid: await workerOf(page)};
}

/** The kernel decides which worker gets a window. */
async function windowsAtTwoWorkers(context, port) {
  const ann = await open(context, port);
  for (let i = 0; i < MOST_WINDOWS; i++) {
    const bob = await open(context, port);
    if (bob.pid !== ann.pid) return [ann, bob];
    await bob.page.close();
  }
  throw new Error(`all windows are at process ${ann.pid}`);
}

async function say(from, to, text) {
  await from.page.fill('#text', text);
  await from.page.press('#text', 'Enter');
  await to.page.locator('#messages .message', {hasText: text}).waitFor();
}

export async function run({port, options: {chromium = '/usr/bin/chromium'}}) {
  const context = await openBrowser(chromium);
  context.setDefaultTimeout(PATIENCE);
  const [ann, bob] = await windowsAtTwoWorkers(context, port);
  await say(ann, bob, 'Hello Bob');
  await say(bob, ann, 'Hello Ann');

  const stateOfBob = await state(bob.page);
  console.log(`KILL ${ann.pid}`);
  await ann.page.waitForFunction(
    (pid) => /worker/.test(document.getElementById('state').textContent) &&
      !document.getElementById('state').textContent.includes(`process ${pid})`),
    ann.pid,
  );
  await say(bob, ann, 'Are you there?');
  await say(ann, bob, 'Here I am');
  assert.equal(await state(bob.page), stateOfBob, 'the window at the other worker has noticed nothing');
  await ann.page.locator('#messages .message', {hasText: 'Hello Ann'}).waitFor();
  return `windows at processes ${ann.pid}, which was killed, and ${bob.pid}`;
}
