// SPDX-License-Identifier: MIT
// Sockets of the stock client that receive the publishes to one channel. It says what ReceivingSockets of this
// project says: node receiving-sockets.js PORT SOCKETS WARM_UP_SECONDS SECONDS
'use strict';

const socketClusterClient = require('socketcluster-client');

const WINDOW = 100;
const [port, count, warmUp, seconds] = process.argv.slice(2).map(Number);

let opened = 0;
let subscribed = 0;
let received = 0;

function measure() {
  const before = received;
  const cpu = process.cpuUsage();
  setTimeout(() => {
    const used = process.cpuUsage(cpu);
    const micros = (used.user + used.system) / (received - before);
    console.log(`{"client_cpu_us_per_operation":${micros.toFixed(2)},"received":${received - before}}`);
    process.exit(0);
  }, seconds * 1000);
}

async function receive(channel) {
  for await (const _ of channel) {
    if (received++ === 0) setTimeout(measure, warmUp * 1000);
  }
}

async function open() {
  opened++;
  const socket = socketClusterClient.create({hostname: '127.0.0.1', port});
  const channel = socket.subscribe('room0');
  receive(channel);
  await channel.listener('subscribe').once();
  if (++subscribed === count) console.log('ready');
  if (opened < count) open();
}

for (let i = 0; i < Math.min(WINDOW, count); i++) open();
