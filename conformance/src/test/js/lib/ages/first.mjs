/** The clients without a handshake, in the words that all ages have in common: 1.3 and 2.2.3 to 2.2.24. */
import {createRequire} from 'node:module';
import {within} from '../waiting.mjs';
import {onEnd} from '../resources.mjs';

const require = createRequire(import.meta.url);

export function firstClient(version, name, options) {
  const {connect} = require(`client-${version}`);
  const socket = connect({autoReconnect: false, ...options});
  const errors = [];
  socket.on('error', (error) => errors.push(error)); // the error of every call shows here, too
  onEnd(() => socket.disconnect());
  const next = (emitter, event) =>
    within(new Promise((resolve) => emitter.on(event, resolve)), `${name}: the event ${event}`);
  const status = next(socket, 'status');
  return {
    version,
    name,
    socket,
    errors,
    connected: () => status,
    closed: next(socket, 'disconnect'),
    transport: () => socket.socket.transport?.name ?? 'websocket',
    call: (event, data) => within(promised((done) => socket.emit(event, data, done)), `${name}: ${event}`),
    emit: (event, data) => socket.emit(event, data),
    on: (event, handler) => socket.on(event, handler),
    async subscribe(channelName) {
      const messages = [];
      const channel = socket.subscribe(channelName);
      channel.watch((data) => messages.push(data));
      if (channel.state !== channel.SUBSCRIBED) await next(channel, 'subscribe');
      return messages;
    },
    publish: (channel, data) =>
      within(promised((done) => socket.publish(channel, data, done)), `${name}: publishing to ${channel}`),
  };
}

function promised(start) {
  return new Promise((resolve, reject) => {
    start((error, value) => (error ? reject(error) : resolve(value)));
  });
}
