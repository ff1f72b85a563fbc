/** Clients 2.2.25 to 14, which call back, in the words that all ages have in common here. */
import {createRequire} from 'node:module';
import {eventually, within} from '../waiting.mjs';
import {onEnd} from '../resources.mjs';

const require = createRequire(import.meta.url);

/** A token store of one client, as these clients want it. */
function callbackAuthEngine() {
  const tokens = new Map();
  return {
    tokens,
    saveToken: (name, token, options, callback) => {
      tokens.set(name, token);
      callback?.(null, token);
    },
    removeToken: (name, callback) => {
      const token = tokens.get(name);
      tokens.delete(name);
      callback?.(null, token);
    },
    loadToken: (name, callback) => callback(null, tokens.get(name) ?? null),
  };
}

export function classicClient(version, name, options) {
  const {connect} = require(`client-${version}`);
  const authEngine = callbackAuthEngine();
  const socket = connect({autoReconnect: false, multiplex: false, authEngine, ...options});
  const drops = [];
  const raw = [];
  socket.on('error', () => {}); // up to version 3 the error of every call shows here, too
  socket.on('disconnect', (code, reason) => drops.push({code, reason}));
  socket.on('raw', (message) => raw.push(message));
  onEnd(() => socket.disconnect());

  const next = (emitter, event) =>
    within(new Promise((resolve) => once(emitter, event, resolve)), `${name}: the event ${event}`);

  const client = {
    version,
    name,
    drops,
    raw,
    connected: () => next(socket, 'connect').then(([status]) => status),
    call: (event, data) => within(promised((done) => socket.emit(event, data, done)), `${name}: ${event}`),
    emit: (event, data) => socket.emit(event, data),
    on: (event, handler) => socket.on(event, handler),
    answer: (event, procedure) => socket.on(event, (data, respond) => respondWith(respond, procedure, data)),
    subscribe: (channel) => subscribe(socket, next, channel),
    publish: (channel, data) =>
      within(promised((done) => socket.publish(channel, data, done)), `${name}: publishing to ${channel}`),
    isSubscribed: (channel) => socket.isSubscribed(channel),
    nextKickOut: () => next(socket, 'kickOut').then(([message, channel]) => ({message, channel})),
    token: () => [...authEngine.tokens.values()][0] ?? null,
    authenticate:
      socket.authenticate && ((token) => promised((done) => socket.authenticate(token, done))),
    logOut: socket.deauthenticate && (() => promised((done) => socket.deauthenticate(done))),
    async reconnect() {
      socket.disconnect();
      await eventually(() => socket.getState() === 'closed', `${name} is closed`);
      const connected = client.connected();
      socket.connect();
      return connected;
    },
  };
  return client;
}

function once(emitter, event, resolve) {
  const listener = (...values) => {
    emitter.off(event, listener);
    resolve(values);
  };
  emitter.on(event, listener);
}

/** In version 3 and older an error is a plain object; an error it is. */
function promised(start) {
  return new Promise((resolve, reject) => {
    start((error, value) => (error ? reject(error) : resolve(value)));
  });
}

function respondWith(respond, procedure, data) {
  const answer = typeof respond === 'function' ? respond : respond.callback.bind(respond);
  try {
    answer(null, procedure(data));
  } catch (error) {
    answer(error);
  }
}

async function subscribe(socket, next, name) {
  const messages = [];
  const failed = new Promise((resolve, reject) => socket.on('subscribeFail', reject));
  const done = next(socket, 'subscribe');
  const channel = socket.subscribe(name);
  channel.watch((data) => messages.push(data));
  await Promise.race([done, failed]);
  return messages;
}
