import assert from 'node:assert/strict';
import {deltas, DeltaValues, recover} from '../../../../../client-js/index.mjs';

/** A channel that gives these messages; counts how often it was left for another subscription. */
function scripted(messages) {
  const script = [...messages];
  const state = {left: 0, killed: false};
  const next = async () => (script.length && !state.killed ? {value: script.shift(), done: false} : {done: true});
  const channel = {name: 'book', state: 'subscribed', createConsumer: () => ({next, kill: () => (state.killed = true)})};
  return {state, socket: {id: 'one', subscribe: () => channel, unsubscribe: () => state.left++}};
}

async function gives(follow, messages, expected, left) {
  const {state, socket} = scripted(messages);
  const followed = follow(socket);
  const given = [];
  for await (const value of followed) given.push(value);
  assert.deepEqual(given, expected);
  assert.equal(state.left, left, 'it subscribes again after a misfit, once');
  followed.close();
  assert.ok(state.killed, 'a closed channel keeps no messages');
  for await (const value of followed) assert.fail(`a closed channel gives ${value}`);
  return followed;
}

const whole = (a) => ({'#delta': 0, value: {a}});
const MISFIT = {'#delta': 0, patch: [{op: 'replace', path: '/x/y', value: 1}]};
const at = (offset, data) => ({epoch: 'e', offset, data});

/** Differences that a publisher imitates, or that a faulty server sends, end no loop. */
export async function checkMisfits() {
  const values = new DeltaValues();
  for (const plain of [MISFIT, {'#delta': 0, value: 1, more: 1}, {'#delta': 'x', patch: []}, 7, null, undefined]) assert.equal(values.restore(plain), plain);
  const plainly = [MISFIT, {'#delta': 0, patch: []}, 7];
  await gives((socket) => deltas(socket, 'book'), plainly, plainly, 0);
  for (const patch of [MISFIT.patch, 5, [null], null]) {
    await gives((socket) => deltas(socket, 'book'), [whole(1), {'#delta': 0, patch}, MISFIT, whole(2)], [{a: 1}, {a: 2}], 1);
  }
  const again = [at(1, whole(1)), at(2, MISFIT), at(3, whole(3)), at(2, whole(2)), at(3, whole(3))];
  const recovering = await gives((socket) => recover(socket, 'book', {deltas: true}), again, [{a: 1}, {a: 2}, {a: 3}], 1);
  assert.equal(recovering.position.offset, 3);
}
