// SPDX-License-Identifier: MIT
// The reference on one process: node socketcluster.js PORT
'use strict';

const http = require('http');
const socketClusterServer = require('socketcluster-server');

const httpServer = http.createServer();
const agServer = socketClusterServer.attach(httpServer);

async function serve(socket) {
  for await (const request of socket.procedure('echo')) request.end(request.data);
}

(async () => {
  for await (const {socket} of agServer.listener('connection')) serve(socket);
})();

httpServer.listen(Number(process.argv[2]), '127.0.0.1');
