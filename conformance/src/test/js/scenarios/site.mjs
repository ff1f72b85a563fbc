import assert from 'node:assert/strict';
import {openBrowser} from '../lib/chat-window.mjs';
import {HOST} from '../lib/clients.mjs';

export const description =
  'the documentation site in Chromium (--chromium, /usr/bin/chromium): every page on a phone, search, dark mode';

const PHONE = {width: 390, height: 844};

async function allPages(page, root) {
  await page.goto(`${root}/docs/getting-started.html`);
  const links = await page.locator('.VPSidebar a').evaluateAll((all) => all.map((a) => a.href));
  return [...new Set(links)];
}

async function fitsAPhone(page, url) {
  const response = await page.goto(url);
  assert.equal(response.status(), 200, url);
  await page.locator('h1').first().waitFor();
  const overflows = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  assert.equal(overflows, false, `${url} scrolls sideways on a phone`);
}

async function finds(page, root) {
  await page.goto(`${root}/`);
  await page.getByRole('button', {name: 'Search'}).first().click();
  await page.locator('#localsearch-input').fill('setAuthToken');
  await page.locator('#localsearch-list a[href*="/docs/authentication"]').first().click();
  await page.waitForURL(/docs\/authentication/);
}

async function turnsDark(page) {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.locator('.VPNavBar button.VPSwitchAppearance').first().click();
  await page.waitForFunction((before) => getComputedStyle(document.body).backgroundColor !== before, light);
}

export async function run({port, options: {chromium = '/usr/bin/chromium'}}) {
  const root = `http://${HOST}:${port}`;
  const context = await openBrowser(chromium);
  const problems = [];
  context.on('weberror', (event) => problems.push(String(event.error())));
  const page = await context.newPage();
  await finds(page, root);
  await turnsDark(page);

  const pages = await allPages(page, root);
  assert.ok(pages.length > 40, `${pages.length} pages are in the sidebar`);
  await page.setViewportSize(PHONE);
  for (const url of pages) {
    await fitsAPhone(page, url);
  }
  assert.deepEqual(problems, []);
  return `${pages.length} pages fit a phone`;
}
