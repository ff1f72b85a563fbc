import assert from 'node:assert/strict';
import {ChatWindow, openBrowser, test} from '../lib/chat-window.mjs';
import {connectedClient, HOST, subscribed} from '../lib/clients.mjs';
import {trainLink} from '../lib/tunnels.mjs';
import {eventually, sleep} from '../lib/waiting.mjs';

export const description =
  "the demo's page in Chromium (--chromium, /usr/bin/chromium) on a train whose link drops --every (20) s for --away (5) s, " +
  'for --seconds (600): it shows every message of --writers (3) once and in order, each with --rate (2) a second, and who is there';

/** Notes what the page adds to a room, which shows the newest entries only. */
function noteAll(window) {
  return window.page.evaluate(
    ([log, entry, text, gap]) => {
      window.noted = [];
      new MutationObserver((changes) => {
        for (const node of changes.flatMap(({addedNodes}) => [...addedNodes])) {
          if (node.matches(entry)) window.noted.push(node.querySelector(text).textContent);
          if (node.matches(gap)) window.noted.push('gap');
        }
      }).observe(document.querySelector(`${log}:not([hidden])`), {childList: true});
    },
    ['log', 'message-entry', 'text', 'gap-entry'].map(test),
  );
}

async function newWriter(port, room, name) {
  const client = await connectedClient(port);
  await client.invoke('login', {username: name});
  await subscribed(client, room);
  return {name, sent: 0, say: (text) => client.invokePublish(room, {type: 'message', text})};
}

async function write(writer, rate, until) {
  const start = Date.now();
  while (Date.now() < until) {
    await writer.say(`${writer.name} ${++writer.sent}`);
    await sleep(start + (writer.sent * 1000) / rate - Date.now());
  }
}

/** Returns how the messages of a speaker differ from 1, 2, 3 and so on, or null. */
function firstWrong(shown, {name, sent}) {
  const numbers = shown.filter((text) => text.startsWith(`${name} `)).map((text) => Number(text.slice(name.length + 1)));
  const at = numbers.findIndex((number, i) => number !== i + 1);
  if (at >= 0) return `of ${name} came ${numbers.slice(Math.max(0, at - 2), at + 3)}`;
  return numbers.length === sent ? null : `of ${name} came ${numbers.length} instead of ${sent}`;
}

const roster = (names) => new RegExp(`joined · ${names.length} windows: ${names.join(', ')}$`);

export async function run({
  port,
  options: {seconds = 600, every = 20, away = 5, writers: count = 3, rate = 2, chromium = '/usr/bin/chromium'},
}) {
  const link = await trainLink(port, {every: every * 1000, away: away * 1000});
  const room = `train-${Math.random().toString(36).slice(2)}`;
  const context = await openBrowser(chromium);
  const page = await ChatWindow.open(context, `http://${HOST}:${link.port}/`);
  page.isServerDown = true; // Chromium says so in its console
  await page.logIn('Ann');
  await page.join(room);
  await page.joined(room);
  await noteAll(page);
  await page.watchForOffline();
  const writers = await Promise.all(Array.from({length: count}, (_, i) => newWriter(port, room, `Writer${i}`)));
  const names = ['Ann', ...writers.map(({name}) => name)];

  const travelled = link.travel();
  const until = Date.now() + seconds * 1000;
  await Promise.all(writers.map((writer) => write(writer, rate, until)));
  link.arrive();
  await travelled;

  await page.wasOffline();
  const total = writers.reduce((sum, {sent}) => sum + sent, 0);
  const shown = () => page.page.evaluate(() => window.noted);
  await eventually(async () => (await shown()).length >= total, 'all messages are shown');
  const noted = await shown();
  assert.deepEqual(writers.map((writer) => firstWrong(noted, writer)).filter((wrong) => wrong !== null), []);
  assert.equal(noted.length, total, `nothing else is shown: ${noted.filter((text) => text === 'gap').length} gaps`);
  await eventually(
    async () => roster(names).test(await page.text('room-state')),
    () => `all are shown: ${names}`,
  );
  assert.deepEqual(page.problems, []);
  return `${link.tunnels} tunnels, ${total} messages shown once and in order, and ${names.length} windows`;
}
