/** Clients 15 and later, which await, in the words that all ages have in common here. */
import {createRequire} from 'node:module';
import {collect, memoryAuthEngine, once, subscribed} from '../clients.mjs';
import {within} from '../waiting.mjs';
import {onEnd} from '../resources.mjs';

const require = createRequire(import.meta.url);

export function modernClient(version, name, options) {
  const {create} = require(`client-${version}`);
  const authEngine = memoryAuthEngine();
  const socket = create({autoReconnect: false, authEngine, ...options});
  const drops = collect(socket.listener('disconnect'));
  const raw = collect(socket.listener('raw'));
  onEnd(() => socket.disconnect());

  const client = {
    version,
    name,
    drops,
    raw,
    connected: () => once(socket, 'connect'),
    call: (event, data) => within(socket.invoke(event, data), `${name}: ${event}`),
    emit: (event, data) => socket.transmit(event, data),
    on: (event, handler) => each(socket.receiver(event), handler),
    answer: (event, procedure) => each(socket.procedure(event), (request) => respondWith(request, procedure)),
    subscribe: async (channel) => collect(await subscribed(socket, channel)),
    publish: (channel, data) => within(socket.invokePublish(channel, data), `${name}: publishing to ${channel}`),
    isSubscribed: (channel) => socket.isSubscribed(channel),
    nextKickOut: () => once(socket, 'kickOut'),
    token: () => socket.signedAuthToken ?? null,
    authenticate: (token) => socket.authenticate(token),
    logOut: () => socket.deauthenticate(),
    reconnect: () => {
      const connected = client.connected();
      socket.disconnect();
      socket.connect();
      return connected;
    },
  };
  return client;
}

async function each(stream, handler) {
  for await (const item of stream) handler(item);
}

function respondWith(request, procedure) {
  try {
    request.end(procedure(request.data));
  } catch (error) {
    request.error(error);
  }
}
