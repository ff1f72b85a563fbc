import assert from 'node:assert/strict';
import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {ChatWindow, openBrowser, test} from '../lib/chat-window.mjs';
import {HOST} from '../lib/clients.mjs';

export const description =
  "the demo's page in Chromium (--chromium, /usr/bin/chromium); prints READY_FOR_RESTART, the harness restarts the " +
  'server on its port and with its authKey; --out: folder for the screenshots';

const PHONE = {width: 360, height: 640};
const RESTART_TIMEOUT = 40_000;

async function refusals(window) {
  await window.page.click(test('login'));
  await window.page.locator(test('login-error')).waitFor();
  assert.notEqual(await window.text('login-error'), '');
  await window.page.click(test('staff-shortcut'));
  await window.page.locator(test('room-error')).waitFor();
  assert.match(await window.text('room-error'), /private.*log in/i);
  assert.equal(await window.page.locator('[data-room="private/staff"]').count(), 0);
}

async function chat(ann, bob, text) {
  await ann.say(`${text}, says Ann`);
  await bob.sees('Ann', `${text}, says Ann`);
  await bob.say(`${text}, says Bob`);
  await ann.sees('Bob', `${text}, says Bob`);
}

async function privateRoom(ann, bob) {
  await ann.page.click(test('staff-shortcut'));
  await ann.joined('private/staff');
  await bob.join('private/staff');
  await bob.joined('private/staff');
  await ann.seesPresence('Bob joined');
  await chat(ann, bob, 'In private');
  for (const window of [ann, bob]) {
    await window.page.click('[data-room="lobby"] [data-test="room"]');
    await window.joined('lobby');
  }
}

async function onAPhone(context, url, screenshot) {
  for (const colorScheme of ['light', 'dark']) {
    const phone = await ChatWindow.open(context, url, {viewport: PHONE, colorScheme});
    await phone.logIn(`Phone ${colorScheme}`);
    await phone.joined('lobby');
    await phone.join('a-room-with-a-name-far-too-long-for-a-phone');
    await phone.joined('a-room-with-a-name-far-too-long-for-a-phone');
    await phone.say('x'.repeat(500));
    await phone.sees(`Phone ${colorScheme}`, 'x'.repeat(500));
    await phone.page.click('[data-room="lobby"] [data-test="room"]');
    await phone.say('Hello from the phone');
    await phone.sees(`Phone ${colorScheme}`, 'Hello from the phone');
    assert.equal(await phone.overflows(), false, 'no horizontal scrolling at 360x640');
    await screenshot(phone, `phone-${colorScheme}`);
    assert.deepEqual(phone.problems, []);
    await phone.page.close();
  }
}

export async function run({port, options: {out, chromium: executablePath = '/usr/bin/chromium'}}) {
  const url = `http://${HOST}:${port}/`;
  if (out) await mkdir(out, {recursive: true});
  const screenshot = async (window, name) => {
    if (out) await window.page.screenshot({path: join(out, `${name}.png`)});
  };
  const context = await openBrowser(executablePath);

  const ann = await ChatWindow.open(context, url);
  await refusals(ann);
  await screenshot(ann, 'desktop-refused');
  await ann.logIn('Ann');
  await ann.joined('lobby');

  let bob = await ChatWindow.open(context, url, {colorScheme: 'dark'});
  await bob.logIn('Bob');
  await ann.seesPresence('Bob joined');
  await chat(ann, bob, 'Hello');
  const markup = '<img src=x onerror="document.title=1"> & <b>bold</b>';
  await ann.say(markup);
  await bob.sees('Ann', markup);
  await privateRoom(ann, bob);
  await screenshot(ann, 'desktop-light');
  await screenshot(bob, 'desktop-dark');
  assert.deepEqual(bob.problems, []);

  await bob.page.close({runBeforeUnload: true});
  await ann.seesPresence('Bob left');
  bob = await ChatWindow.open(context, url, {colorScheme: 'dark'});
  await bob.logIn('Bob');
  await bob.joined('lobby');
  await onAPhone(context, url, screenshot);

  for (const window of [ann, bob]) window.isServerDown = true;
  for (const window of [ann, bob]) await window.watchForOffline();
  console.log('READY_FOR_RESTART');
  for (const window of [ann, bob]) {
    await window.wasOffline(RESTART_TIMEOUT);
    await window.isOnline(RESTART_TIMEOUT);
    await window.joined('lobby');
    window.isServerDown = false;
  }
  await ann.isLoggedInAs('Ann');
  await bob.isLoggedInAs('Bob');
  await chat(ann, bob, 'After the restart');
  await screenshot(ann, 'desktop-restarted');

  await ann.page.click(test('logout'));
  await bob.seesPresence('Ann left');
  await ann.page.locator(test('login-form')).waitFor();
  await ann.page.click(test('staff-shortcut'));
  await ann.page.locator(test('room-error')).waitFor();
  for (const window of [ann, bob]) assert.deepEqual(window.problems, []);
  return `two windows and two phones${out ? `, screenshots in ${out}` : ''}`;
}
