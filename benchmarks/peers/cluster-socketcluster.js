// SPDX-License-Identifier: MIT
// A worker of a SocketCluster cluster: node cluster-socketcluster.js PORT STATE_PORT. POST /publish publishes its body.
'use strict';

const http = require('http');
const {randomUUID} = require('crypto');
const socketClusterServer = require('socketcluster-server');
const sccBrokerClient = require('scc-broker-client');

const [port, statePort] = process.argv.slice(2).map(Number);
const httpServer = http.createServer();
const agServer = socketClusterServer.attach(httpServer);

async function publish(request, response) {
  const parts = [];
  for await (const part of request) parts.push(part);
  await agServer.exchange.invokePublish('room', Buffer.concat(parts).toString());
  response.end('ok');
}

(async () => {
  for await (const {error} of agServer.listener('error')) console.error(error.message);
})();

httpServer.on('request', (request, response) => {
  if (request.url === '/publish') publish(request, response).catch((error) => console.error(error.message));
});
httpServer.listen(port, '127.0.0.1', () => {
  sccBrokerClient.attach(agServer.brokerEngine, {
    instanceId: randomUUID(),
    instancePort: port,
    instanceIp: '127.0.0.1',
    stateServerHost: '127.0.0.1',
    stateServerPort: statePort
  });
});
