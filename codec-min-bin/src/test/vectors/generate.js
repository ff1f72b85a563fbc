// SPDX-License-Identifier: MIT
// Writes one vector on each line: a packet, the bytes of sc-codec-min-bin for it, and what it reads from them.
// Bytes are {"base64":true,"data":".."} in JSON, as SocketCluster has it.
'use strict';

const codec = require('sc-codec-min-bin');

let seed = 20;
function random(bound) {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return Math.floor((seed / 0x80000000) * bound);
}

function forJson(value) {
  if (value instanceof ArrayBuffer) {
    return {base64: true, data: Buffer.from(value).toString('base64')};
  }
  if (Array.isArray(value)) {
    return value.map(forJson);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, forJson(member)]));
}

function vector(packet) {
  const json = forJson(packet); // first: the codec changes the batches it is given
  const bytes = codec.encode(packet);
  const decoded = forJson(codec.decode(bytes));
  console.log(JSON.stringify({packet: json, hex: Buffer.from(bytes).toString('hex'), decoded}));
}

const bytesOf = (length) => Uint8Array.from({length}, (_, index) => index & 0xff).buffer;

const numbers = [0, -0, 1, 0.5, -0.25, 1.1, 1e-300, 1e300, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
for (const edge of [0x20, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 2 ** 53]) {
  numbers.push(edge - 1, edge, edge + 1, 1 - edge, -edge, -edge - 1);
}
const strings = ['', '\u0000', '"\\\n', 'é', '€uro', '😀', '#1', 'a'.repeat(31), 'a'.repeat(32), 'é'.repeat(16),
  'a'.repeat(255), 'a'.repeat(256), '😀'.repeat(80)];
const collections = [[], {}, [[]], [{}], {a: []}, {'': ''}, Array(15).fill(0), Array(16).fill(null), Array(300).fill(true),
  Object.fromEntries(Array.from({length: 15}, (_, i) => ['k' + i, i])),
  Object.fromEntries(Array.from({length: 16}, (_, i) => ['k' + i, i])),
  Object.fromEntries(Array.from({length: 300}, (_, i) => ['k' + i, -i]))];
const binaries = [0, 1, 2, 255, 256, 300].map(bytesOf);
const values = [null, true, false, ...numbers, ...strings, ...collections, ...binaries, {in: {side: [bytesOf(3)]}}];

vector({event: '#handshake', data: {authToken: null}, cid: 1});
vector({rid: 1, data: {id: 'abc', pingTimeout: 20000, isAuthenticated: false}});
vector({event: '#subscribe', data: {channel: 'foo'}, cid: 3});
vector({event: '#unsubscribe', data: 'foo'});
vector({event: 'hi'});
vector({event: 'hi', cid: 2});
vector({event: '#publish'});
vector({event: '#publish', data: null, cid: 9});
vector({event: '#publish', data: {channel: 'foo'}});
vector({event: '#publish', data: {}, cid: 1});
vector({event: '#publish', data: 'no object'});
vector({event: '#publish', data: {channel: 5, data: 6}, cid: 7});
vector({rid: 3});
vector({rid: 4, error: {message: 'No', name: 'Error'}});
vector({rid: 0x100000000, data: 1});
for (const value of values) {
  vector({event: 'e', data: value});
  vector({event: '#publish', data: {channel: 'ch', data: value}, cid: 70000});
  vector({rid: 200, data: value});
}
vector([]);
vector([{event: 'one', data: 1}, {event: '#publish', data: {channel: 'c', data: 2}, cid: 3}, {rid: 4}]);

function randomValue(depth) {
  switch (random(depth > 0 ? 8 : 6)) {
    case 0: return [null, true, false][random(3)];
    case 1: return random(1000) - 500;
    case 2: return (random(2000000000) - 1000000000) * (random(2) + 1.5);
    case 3: return numbers[random(numbers.length)];
    case 4: return strings[random(strings.length)].slice(0, 40);
    case 5: return bytesOf(random(5));
    case 6: return Array.from({length: random(20)}, () => randomValue(depth - 1));
    default: return Object.fromEntries(Array.from({length: random(18)}, () => ['k' + random(99), randomValue(depth - 1)]));
  }
}

function randomPacket() {
  const cid = random(2) ? {cid: random(100000)} : {};
  switch (random(3)) {
    case 0: return {event: 'event' + random(9), data: randomValue(3), ...cid};
    case 1: return {event: '#publish', data: {channel: 'channel' + random(9), data: randomValue(3)}, ...cid};
    default: return {rid: random(100000), data: randomValue(3)};
  }
}

for (let i = 0; i < 60; i++) {
  vector(randomPacket());
}
for (let i = 0; i < 6; i++) {
  vector(Array.from({length: random(20)}, randomPacket));
}
