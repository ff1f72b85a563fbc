// SPDX-License-Identifier: MIT
// The pages of the site, in the order in which a reader meets them. A page that no group names, and
// a name without a page, fail the build.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const groups = {
  'First steps': ['docs/getting-started', 'docs/command', 'docs/basic-usage', 'docs/client', 'docs/typed-data', 'docs/testing', 'docs/examples'],
  'Log in and authorize': ['docs/authentication', 'docs/middleware-and-authorization'],
  'Messages': ['docs/delivery', 'docs/history', 'docs/deltas', 'docs/store', 'docs/sessions', 'docs/promises', 'docs/streams-on-virtual-threads', 'docs/errors-and-logging'],
  'Run it': [
    'docs/tls', 'docs/behind-a-proxy', 'docs/http-fallback', 'docs/http-api', 'docs/webhooks', 'docs/plain-http', 'docs/limits', 'docs/closing', 'docs/metrics',
    'docs/workers', 'docs/performance', 'docs/troubleshooting',
  ],
  'Many machines': ['docs/cluster', 'docs/scaling'],
  'Spring Boot': ['docs/spring-boot'],
  'Move to it': ['docs/moving-from-node', 'docs/moving-from-netty-socketio', 'docs/moving-from-stomp', 'docs/old-clients', 'docs/socketio', 'docs/compatibility'],
  'Look it up': ['docs/options', 'docs/client-options', 'docs/api-coverage', 'CHANGELOG'],
  'Behind the scenes': [
    'ARCHITECTURE', 'CONCURRENCY', 'CONTRIBUTING', 'SECURITY', 'conformance/README', 'conformance/COVERAGE',
    'conformance/CLIENTS', 'conformance/REPORTS', 'benchmarks/README',
  ],
};

const decisions = readdirSync(`${root}docs/adr`).sort().map(file => `docs/adr/${file.slice(0, -'.md'.length)}`);

export const pages = [...Object.values(groups).flat(), ...decisions];

const missing = readdirSync(`${root}docs`)
  .filter(file => file.endsWith('.md'))
  .map(file => `docs/${file.slice(0, -'.md'.length)}`)
  .filter(page => !pages.includes(page));
if (missing.length > 0) {
  throw new Error(`site/.vitepress/pages.mjs has no group for ${missing.join(', ')}`);
}

const item = page => ({ text: titleOf(page), link: `/${page}` });

function titleOf(page) {
  const title = /^# (.+)$/m.exec(readFileSync(`${root}${page}.md`, 'utf8'));
  if (!title) {
    throw new Error(`${page}.md has no title`);
  }
  return title[1].replaceAll('`', '');
}

export const sidebar = [
  ...Object.entries(groups).map(([text, names]) => ({ text, items: names.map(item), collapsed: false })),
  { text: 'Decisions', items: decisions.map(item), collapsed: true },
];
