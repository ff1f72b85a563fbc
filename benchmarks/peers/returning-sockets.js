// SPDX-License-Identifier: MIT
// Sockets of the stock client with a subscription each, as they are by default, whose server is started again.
// It says what ReturningSockets of this project says: node returning-sockets.js PORT SOCKETS
'use strict';

const {performance} = require('perf_hooks');
const socketClusterClient = require('socketcluster-client');

const WINDOW = 100;
const [port, count] = process.argv.slice(2).map(Number);

let opened = 0;
let subscribed = 0;
let returned = 0;
let disconnects = 0;
let firstLostAt;
let firstReturnedAt;

function comeBack() {
  const now = performance.now();
  firstReturnedAt ??= now;
  if (++returned < count) return;
  const first = Math.round(firstReturnedAt - firstLostAt);
  const all = Math.round(now - firstLostAt);
  console.log(`{"first_back_ms":${first},"all_back_ms":${all},"disconnects":${disconnects}}`);
  process.exit(0);
}

async function countDisconnects(socket) {
  for await (const _ of socket.listener('disconnect')) {
    firstLostAt ??= performance.now();
    disconnects++;
  }
}

async function countSubscriptions(socket) {
  let times = 0;
  for await (const _ of socket.listener('subscribe')) {
    times++;
    if (times === 1) {
      if (++subscribed === count) console.log('ready');
      if (opened < count) open();
    } else if (times === 2) {
      comeBack();
    }
  }
}

// That a connection is refused while the server is away is no news.
async function ignoreErrors(socket) {
  for await (const _ of socket.listener('error'));
}

function open() {
  const index = opened++;
  const socket = socketClusterClient.create({hostname: '127.0.0.1', port});
  countDisconnects(socket);
  countSubscriptions(socket);
  ignoreErrors(socket);
  socket.subscribe('room' + index);
}

for (let i = 0; i < Math.min(WINDOW, count); i++) open();
