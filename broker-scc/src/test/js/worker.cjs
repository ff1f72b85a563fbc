// SPDX-License-Identifier: MIT
// A worker of a cluster: node worker.cjs PORT STATE_PORT. The key is in SCC_AUTH_KEY. Answers each line of its
// input with the number of brokers that it knows, and of channels that it has subscribed to where they belong.
const http = require('http');
const { randomUUID } = require('crypto');
const readline = require('readline');
const eetase = require('eetase');
const socketClusterServer = require('socketcluster-server');
const sccBrokerClient = require('scc-broker-client');

const [port, statePort] = process.argv.slice(2).map(Number);
const httpServer = eetase(http.createServer());
const agServer = socketClusterServer.attach(httpServer);

(async () => {
  for await (const { error } of agServer.listener('error')) console.error(error.message);
})();

httpServer.listen(port, '127.0.0.1', () => {
  const clusterClient = sccBrokerClient.attach(agServer.brokerEngine, {
    instanceId: randomUUID(),
    instancePort: httpServer.address().port,
    instanceIp: '127.0.0.1',
    stateServerHost: '127.0.0.1',
    stateServerPort: statePort,
    authKey: process.env.SCC_AUTH_KEY,
    brokerRetryDelay: 100
  });
  (async () => {
    for await (const { error } of clusterClient.listener('error')) console.error(error.message);
  })();
  readline.createInterface({ input: process.stdin }).on('line', () => {
    const pools = Object.entries(clusterClient.sccBrokerClientPools);
    const subscribed = pools.flatMap(([uri, pool]) =>
      pool.subscriptions(false).filter((channel) => clusterClient.mapChannelNameToBrokerURI(channel) === uri));
    console.log(`state ${pools.length} ${subscribed.length}`);
  });
  console.log(`listening ${httpServer.address().port}`);
});
