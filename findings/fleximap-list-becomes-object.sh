#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Versions:  fleximap 1.0.0, Node 20
# Date:      30 November 2026
# Guessed:   an element that is removed by its index is cut out, or leaves null: the value stays a list either way.
# Seen:      the list is an object from then on, also after a further add: get answers {"0":...,"2":...}. The element that is popped
#            comes as a list of one. The stores of SocketCluster 1 hand this on to their clients, whose code expects a list.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --silent fleximap@1.0.0
cat > look.cjs <<'JS'
const {FlexiMap} = require('fleximap');
const store = new FlexiMap();
store.set('jobs', ['wash', 'dry', 'fold']);
store.remove(['jobs', 1]);
const removed = JSON.stringify(store.get('jobs'));
store.add('jobs', 'iron');
const added = JSON.stringify(store.get('jobs'));
store.set('rooms', ['hall', 'attic']);
const popped = JSON.stringify(store.pop('rooms'));
console.log(`after a remove ${removed}, after an add ${added}, popped ${popped}, left ${JSON.stringify(store.get('rooms'))}`);
JS
seen=$(node look.cjs)
echo "$seen"
[ "$seen" = 'after a remove {"0":"wash","2":"fold"}, after an add {"0":"wash","2":"fold","3":"iron"}, popped ["attic"], left ["hall"]' ]
