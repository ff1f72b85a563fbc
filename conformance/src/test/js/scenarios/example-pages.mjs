import assert from 'node:assert/strict';
import {openBrowser} from '../lib/chat-window.mjs';
import {HOST} from '../lib/clients.mjs';

export const description =
  'the pages of the examples in Chromium (--chromium, --prices PORT, --game PORT, --upload PORT): presence, prices, a game, an upload';

const UPLOAD = 1_000_000;

async function open(context, port, name) {
  const page = await context.newPage();
  await page.goto(`http://${HOST}:${port}/${name}/`);
  return page;
}

async function textIs(page, id, wanted) {
  await page.waitForFunction(([of, text]) => document.getElementById(of).textContent.includes(text), [id, wanted]);
}

async function join(context, port, name) {
  const page = await open(context, port, 'presence');
  await page.fill('[name=username]', name);
  await page.click('button');
  return page;
}

async function presence(context, port) {
  const ada = await join(context, port, 'ada');
  await textIs(ada, 'people', 'ada');
  const bob = await join(context, port, 'bob');
  await textIs(ada, 'people', 'bob');
  await textIs(bob, 'people', 'ada');
  await bob.close();
  await ada.waitForFunction(() => document.getElementById('people').textContent === 'ada');
}

async function prices(context, port) {
  const page = await open(context, port, 'prices');
  const rows = page.locator('#prices tr');
  await page.waitForFunction(() => document.querySelectorAll('#prices .up, #prices .down').length === 6);
  assert.equal(await rows.count(), 6);
}

async function game(context, port) {
  const page = await open(context, port, 'game');
  await textIs(page, 'players', '1 on the field');
  const isPainted = (wanted) => {
    const [, , , alpha] = document.getElementById('field').getContext('2d').getImageData(400, 200, 1, 1).data;
    return (alpha > 0) === wanted;
  };
  await page.waitForFunction(isPainted, true);
  await page.keyboard.down('ArrowLeft');
  await page.waitForFunction(isPainted, false);
  await page.keyboard.up('ArrowLeft');
}

async function upload(context, port) {
  const sender = await open(context, port, 'upload');
  await sender.setInputFiles('[name=file]', {name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.alloc(UPLOAD, 'x')});
  await sender.click('button');
  await textIs(sender, 'state', `notes.txt: ${UPLOAD} of ${UPLOAD} bytes`);
  const watcher = await context.newPage();
  await watcher.goto(await sender.locator('#watch').evaluate((link) => link.href));
  await textIs(watcher, 'state', `${UPLOAD} of ${UPLOAD}`);
}

export async function run({port, options: {chromium = '/usr/bin/chromium', ...ports}}) {
  const context = await openBrowser(chromium);
  const problems = [];
  context.on('weberror', (event) => problems.push(String(event.error())));
  await presence(context, port);
  await prices(context, ports.prices);
  await game(context, ports.game);
  await upload(context, ports.upload);
  assert.deepEqual(problems, []);
  return 'presence, prices, game, upload';
}
