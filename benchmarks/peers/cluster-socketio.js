// SPDX-License-Identifier: MIT
// Socket.IO with its adapter for Redis: node cluster-socketio.js PORT REDIS_PORT. POST /publish sends its body to everybody.
'use strict';

const http = require('http');
const {createClient} = require('redis');
const {Server} = require('socket.io');
const {createAdapter} = require('@socket.io/redis-adapter');

const [port, redisPort] = process.argv.slice(2).map(Number);

(async () => {
  const publisher = createClient({url: `redis://127.0.0.1:${redisPort}`});
  const subscriber = publisher.duplicate();
  await Promise.all([publisher.connect(), subscriber.connect()]);
  const httpServer = http.createServer();
  const io = new Server(httpServer, {transports: ['websocket'], adapter: createAdapter(publisher, subscriber)});
  httpServer.on('request', async (request, response) => {
    if (request.url !== '/publish') return;
    const parts = [];
    for await (const part of request) parts.push(part);
    io.emit('msg', Buffer.concat(parts).toString());
    response.end('ok');
  });
  httpServer.listen(port, '127.0.0.1');
})();
