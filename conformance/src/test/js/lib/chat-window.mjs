import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {chromium} from 'playwright-core';
import {onEnd} from './resources.mjs';

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const DESKTOP = {width: 1280, height: 800};

export const test = (name) => `[data-test="${name}"]`;

export async function openBrowser(executablePath) {
  const profile = await mkdtemp(join(tmpdir(), 'browser-chat-'));
  onEnd(() => rm(profile, {recursive: true, force: true}));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: ARGUMENTS,
    viewport: DESKTOP,
  });
  onEnd(() => context.close());
  context.setDefaultTimeout(30_000);
  return context;
}

/** One window with the page, and what a user does and sees there. */
export class ChatWindow {
  isServerDown = false;
  problems = [];

  static async open(context, url, {viewport = DESKTOP, colorScheme = 'light'} = {}) {
    const window = new ChatWindow(await context.newPage());
    await window.page.setViewportSize(viewport);
    await window.page.emulateMedia({colorScheme});
    await window.page.goto(url);
    await window.isOnline();
    return window;
  }

  constructor(page) {
    this.page = page;
    page.on('pageerror', (error) => this.problems.push(`uncaught: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      if (this.isServerDown && /WebSocket connection to .* failed|Failed to load resource/.test(message.text())) return;
      this.problems.push(`${message.type()}: ${message.text()}`);
    });
  }

  /** A page may be back before anybody has looked. */
  watchForOffline() {
    return this.page.evaluate((selector) => {
      const status = document.querySelector(selector);
      new MutationObserver(() => {
        if (status.dataset.state !== 'online') window.hasBeenOffline = true;
      }).observe(status, {attributes: true, attributeFilter: ['data-state']});
    }, test('status'));
  }

  wasOffline(timeout) {
    return this.page.waitForFunction(() => window.hasBeenOffline, null, {timeout});
  }

  isOnline(timeout) {
    return this.page.waitForSelector(`${test('status')}[data-state="online"]`, {timeout});
  }

  async logIn(name) {
    await this.page.fill(test('username'), name);
    await this.page.click(test('login'));
    await this.isLoggedInAs(name);
  }

  isLoggedInAs(name) {
    return this.page.locator(test('account-name')).and(this.page.getByText(name, {exact: true})).waitFor();
  }

  /** The heading is there but not to be seen on a phone. */
  async joined(room) {
    const isAttached = {state: 'attached'};
    await this.page.locator(test('room-title')).and(this.page.getByText(room, {exact: true})).waitFor(isAttached);
    await this.page.locator(test('room-state')).and(this.page.getByText('joined')).waitFor(isAttached);
  }

  async join(room) {
    await this.page.fill(test('room-name'), room);
    await this.page.press(test('room-name'), 'Enter');
  }

  async say(text) {
    await this.page.fill(test('message'), text);
    await this.page.press(test('message'), 'Enter');
  }

  sees(author, text) {
    return this.page
      .locator(test('message-entry'))
      .filter({has: this.page.locator(test('author')).getByText(author, {exact: true})})
      .filter({has: this.page.locator(test('text')).getByText(text, {exact: true})})
      .filter({visible: true})
      .first()
      .waitFor();
  }

  seesPresence(text) {
    return this.page
      .locator(test('presence-entry'))
      .getByText(text, {exact: true})
      .filter({visible: true})
      .first()
      .waitFor();
  }

  text(name) {
    return this.page.locator(test(name)).innerText();
  }

  async overflows() {
    return this.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  }
}
