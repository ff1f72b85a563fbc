// SPDX-License-Identifier: MIT
// Prints the values of MapperTest, made by the mappers of scc-broker-client:
// node mapping-vectors.cjs > ../resources/io/socketcluster/broker/scc/mapping-vectors.tsv
// Columns: the brokers, the channel, and the place of its broker by each mapper.
const Skeleton = require('scc-broker-client/mappers/skeleton-rendezvous-mapper');
const Simple = require('scc-broker-client/mappers/simple-mapper');
const lists = {
  two: [8888, 8889].map(p => `ws://127.0.0.1:${p}`),
  three: [8890, 8888, 8889].map(p => `ws://127.0.0.1:${p}`),
  ten: [1, 2, 3, 10].map(i => `ws://10.0.0.${i}:8888`),
  seventeen: [...Array(17).keys()].map(i => `ws://10.0.1.${i}:8888`),
  thirtyTwo: [...Array(32).keys()].map(i => `ws://10.0.1.${i}:8888`),
  fifty: [...Array(50).keys()].map(i => `wss://broker-${i}.example.com:443`),
  hundred: [...Array(100).keys()].map(i => `ws://10.0.2.${i}:8888`)
};
const keys = ['room', 'foo', 'a', 'channel/1', 'ünïcode', '', '0', 'crud>update', '\ud83d\ude00', 'x\ud83d', '\udc00y', 'a b\tc', // Their hashes look like numbers to JavaScript:
  'k305401', 'k482269', 'k536495', 'k714973'];
for (let i = 0; i < 20; i++) keys.push('channel-' + i);
for (const [name, sites] of Object.entries(lists)) {
  const skeleton = new Skeleton(); skeleton.setSites(sites.concat());
  const simple = new Simple(); simple.setSites(sites.concat());
  for (const key of keys)
    console.log([name, JSON.stringify(key).replace(/[\u0080-\uffff]/g, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0')), sites.indexOf(skeleton.findSite(key)), sites.indexOf(simple.findSite(key))].join('\t'));
}
