import assert from 'node:assert/strict';
import {create} from 'socketcluster-client';
import {onEnd} from './resources.mjs';
import {within} from './waiting.mjs';

export const HOST = '127.0.0.1';

/**
 * A token store per client. The client's own is localStorage where there is one (a browser, and
 * newer versions of Node), shared by all clients of the process; else a map in its AuthEngine.
 */
export function memoryAuthEngine() {
  const tokens = new Map();
  return {
    saveToken: async (name, token) => {
      tokens.set(name, token);
      return token;
    },
    removeToken: async (name) => {
      const token = tokens.get(name) ?? null;
      tokens.delete(name);
      return token;
    },
    loadToken: async (name) => tokens.get(name) ?? null,
  };
}

/** A stock client that comes back fast. It is connecting already when this returns. */
export function newClient(port, options = {}) {
  const client = create({
    hostname: HOST,
    port,
    authEngine: memoryAuthEngine(),
    autoReconnectOptions: {initialDelay: 100, randomness: 100, multiplier: 1.2, maxDelay: 500},
    ...options,
  });
  onEnd(() => client.disconnect());
  return client;
}

/** A connected client and what its connect event said. */
export async function connectedClient(port, options) {
  const client = newClient(port, options);
  const connect = await once(client, 'connect');
  return Object.assign(client, {firstConnect: connect});
}

/** The next such event; call it before what causes the event. */
export function once(emitter, event, timeout) {
  return within(emitter.listener(event).once(), `the event ${event}`, timeout);
}

/** All that the stream brings from now on, in an array that grows. */
export function collect(stream) {
  const values = [];
  (async () => {
    for await (const value of stream) values.push(value);
  })();
  return values;
}

/** Subscribes and waits for the server's word; an error if it refuses. */
export async function subscribed(client, name, options) {
  const channel = client.subscribe(name, options);
  if (channel.state === channel.SUBSCRIBED) return channel;
  const failed = channel.listener('subscribeFail').once();
  const done = channel.listener('subscribe').once();
  const failure = await within(Promise.race([done.then(() => null), failed]), `subscribing to ${name.slice(0, 80)}`);
  if (failure) throw failure.error;
  return channel;
}

/** The error a promise is rejected with. */
export async function errorOf(promise, what, timeout) {
  let value;
  try {
    value = await within(promise, what, timeout);
  } catch (error) {
    return error;
  }
  assert.fail(`${what} succeeded with ${JSON.stringify(value)}`);
}

export async function assertRejected(promise, name, what) {
  const error = await errorOf(promise, what);
  assert.equal(error.name, name, `${what}: ${error.name}: ${error.message}`);
  return error;
}

export async function logIn(client, username) {
  const authenticated = once(client, 'authenticate');
  await client.invoke('login', {username});
  await authenticated;
}

/**
 * When it returns, the server has handled all that this client has sent before, and whatever was
 * on its way to this client before has arrived.
 */
export async function roundTrip(client) {
  const value = `round trip ${Math.random()}`;
  assert.equal(await within(client.invoke('echo', value), 'a round trip'), value);
}
