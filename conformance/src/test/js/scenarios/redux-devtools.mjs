import assert from 'node:assert/strict';
import {devToolsEnhancer} from '@redux-devtools/remote';
import {legacy_createStore} from 'redux';
import {connectedClient, HOST} from '../lib/clients.mjs';
import {onEnd} from '../lib/resources.mjs';
import {eventually} from '../lib/waiting.mjs';

export const description = '@redux-devtools/remote logs in, reports its actions and obeys a monitor; needs a server that relays them';

const counter = (state = 0, action) => (action.type === 'add' ? state + action.by : state);

export async function run({port}) {
  const monitor = await connectedClient(port);
  const reports = [];
  const channel = monitor.subscribe('log');
  (async () => {
    for await (const report of channel) reports.push(report);
  })();
  await channel.listener('subscribe').once();

  const options = {hostname: HOST, port, realtime: true, name: 'counter', stopOn: 'stop'};
  const store = legacy_createStore(counter, 0, devToolsEnhancer(options));
  onEnd(() => store.dispatch({type: 'stop'}));
  await eventually(() => reports.some(({type}) => type === 'START'), 'the store reports that it started');
  await eventually(async () => {
    await monitor.invokePublish('respond', {type: 'START'}); // it may not have subscribed yet
    return reports.some(({type}) => type === 'STATE');
  }, 'the store reports its state');

  store.dispatch({type: 'add', by: 2});
  await eventually(() => reports.some(({type, payload}) => type === 'ACTION' && payload === '2'), 'it reports an action');

  await monitor.invokePublish('respond', {type: 'ACTION', action: JSON.stringify({type: 'add', by: 40})});
  await eventually(() => store.getState() === 42, 'it does what the monitor asks for');
  assert.equal(reports.filter(({type}) => type === 'ERROR').length, 0);
  return `${reports.length} reports`;
}
