// SPDX-License-Identifier: MIT
import { fileURLToPath } from 'node:url';
import { linkOutside } from './links.mjs';
import { pages, sidebar } from './pages.mjs';

const folders = [...new Set(pages.filter(page => page.includes('/')).map(page => page.split('/')[0]))];
const outside = pages.filter(page => !page.startsWith('docs/'));

const ownVue = fileURLToPath(new URL('../node_modules/vue', import.meta.url));

export default {
  title: 'SocketCluster for Java',
  description: 'A realtime server and client for the JVM that every SocketCluster client can talk to',
  lang: 'en',
  srcDir: '..',
  srcExclude: [
    '**/node_modules/**',
    `!(${folders.join('|')}|site)/**/*`,
    `!(${outside.filter(page => !page.includes('/')).join('|')}).md`,
    ...folders.filter(folder => folder !== 'docs').map(othersIn),
  ],
  outDir: '../target/site',
  cacheDir: '../target/site-cache',
  rewrites: { 'site/index.md': 'index.md' },
  ignoreDeadLinks: 'localhostLinks',
  vite: { resolve: { alias: [{ find: /^vue(?=\/|$)/, replacement: ownVue }] } }, // the pages lie outside of this folder
  markdown: { config: linkOutside },
  themeConfig: {
    search: { provider: 'local' },
    sidebar,
    outline: [2, 3],
    nav: [
      { text: 'Guide', link: '/docs/getting-started' },
      { text: 'Options', link: '/docs/options' },
      { text: 'Changes', link: '/CHANGELOG' },
    ],
  },
};

function othersIn(folder) {
  const named = outside.filter(page => page.startsWith(`${folder}/`)).map(page => page.slice(folder.length + 1));
  return `${folder}/!(${named.join('|')}|*/**).md`;
}
