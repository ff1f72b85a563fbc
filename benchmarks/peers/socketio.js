// SPDX-License-Identifier: MIT
// Socket.IO on one process: node socketio.js PORT
'use strict';

const http = require('http');
const {Server} = require('socket.io');

// As often as SocketCluster pings, so that what idle sockets cost can be compared.
const PING_INTERVAL_MS = 8000;

const httpServer = http.createServer();
const io = new Server(httpServer, {transports: ['websocket'], pingInterval: PING_INTERVAL_MS});

io.on('connection', (socket) => {
  socket.on('join', (room, answer) => {
    socket.join(room);
    answer();
  });
  socket.on('pub', (message) => io.to(message.room).emit('msg', message));
  socket.on('echo', (data, answer) => answer(data));
});

httpServer.listen(Number(process.argv[2]), '127.0.0.1');
