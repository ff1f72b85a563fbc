// SPDX-License-Identifier: MIT
// Links of the guides to files of the repository that are no page of the site: they lead to where
// the sources are published (SITE_SOURCES), or are text when that is not said.
import { posix } from 'node:path';
import { pages } from './pages.mjs';

const sources = process.env.SITE_SOURCES?.replace(/\/$/, '');

function targetOf(href, page) {
  const path = href.split('#')[0];
  return posix.normalize(posix.join(posix.dirname(page), path)).replace(/\.md$/, '');
}

function isOutside(href, page) {
  return !/^([a-z]+:|#|\/)/.test(href) && !pages.includes(targetOf(href, page));
}

export function linkOutside(md) {
  md.core.ruler.push('links_to_sources', state => {
    for (const block of state.tokens.filter(token => token.type === 'inline')) {
      let dropped = false;
      block.children = block.children.filter(token => {
        if (token.type === 'link_close' && dropped) {
          dropped = false;
          return false;
        }
        if (token.type !== 'link_open') {
          return true;
        }
        const href = token.attrGet('href');
        if (isOutside(href, state.env.relativePath)) {
          dropped = !sources;
          token.attrSet('href', `${sources}/${posix.normalize(posix.join(posix.dirname(state.env.relativePath), href))}`);
        }
        return !dropped;
      });
    }
  });
}
