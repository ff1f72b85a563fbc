// SPDX-License-Identifier: MIT
// Socket.IO over polls: node --expose-gc socketio-polling.js PORT
// POST /publish sends its body to everybody; GET /memory says how many bytes are in use after a collection.
'use strict';

const http = require('http');
const {Server} = require('socket.io');

const httpServer = http.createServer((request, response) => {
  if (request.url === '/memory') {
    for (let i = 0; i < 3; i++) global.gc();
    const {heapUsed, external} = process.memoryUsage();
    response.end(String(heapUsed + external));
    return;
  }
  if (request.url !== '/publish') return;
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    io.emit('msg', body);
    response.end('ok');
  });
});
const io = new Server(httpServer, {transports: ['polling']});
// a request of a busy machine may come after the default of 5 s
httpServer.keepAliveTimeout = 60_000;
httpServer.listen(Number(process.argv[2]), '127.0.0.1');
