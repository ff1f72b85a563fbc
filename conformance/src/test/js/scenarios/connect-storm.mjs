import assert from 'node:assert/strict';
import {newClient} from '../lib/clients.mjs';
import {within} from '../lib/waiting.mjs';

export const description = 'many clients (--clients, 1000) that invoke (--procedure, echo) at once upon connect';

/** The call leaves in the same turn in which the handshake's answer comes: nothing is waited for. */
async function invokeUponConnect(port, procedure, i) {
  const client = newClient(port, {autoReconnect: false, connectTimeout: 30_000, ackTimeout: 30_000});
  const aborted = client.listener('connectAbort').once().then(({code, reason}) => {
    throw new Error(`client ${i} could not connect: ${code} ${reason}`);
  });
  const value = {client: i, secret: Math.random()};
  const answer = await Promise.race([client.invoke(procedure, value), aborted]);
  assert.deepEqual(answer, value, `client ${i} got another answer`);
}

export async function run({port, options: {clients = 1000, procedure = 'echo'}}) {
  const started = Date.now();
  const all = Array.from({length: clients}, (_, i) => invokeUponConnect(port, procedure, i));
  await within(Promise.all(all), 'all answers', 150_000);
  return `${clients} clients answered in ${Date.now() - started} ms`;
}
