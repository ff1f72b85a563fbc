import {frame, handshakeFrame, OPCODE, packetFrame, RawSocket, UPGRADE_REQUEST} from '../raw-socket.mjs';
import {forEachOf} from '../waiting.mjs';

const CONCURRENCY = 20;
const REPEATS = 20;

const subscribe = packetFrame({event: '#subscribe', data: {channel: 'hostile'}, cid: 2});
const echo = () => packetFrame({event: 'echo', data: 'x'.repeat(1000), cid: 3});

async function subscribed(port) {
  const socket = await RawSocket.open(port);
  socket.write(subscribe);
  await socket.packet(({rid}) => rid === 2);
  return socket;
}

/** Opens a connection, writes the last parts, and leaves it there. */
function after(open, ...lastParts) {
  return async (port) => {
    const socket = await open(port);
    for (const part of lastParts) socket.write(part());
    return socket;
  };
}

const handshake = handshakeFrame();

/** Every state in which a peer can vanish. */
const STATES = [
  after(RawSocket.connect),
  after(RawSocket.connect, () => UPGRADE_REQUEST.slice(0, 60)),
  after(RawSocket.connect, () => UPGRADE_REQUEST),
  after(RawSocket.connect, () => UPGRADE_REQUEST, handshakeFrame),
  after(RawSocket.upgraded),
  after(RawSocket.upgraded, () => handshake.subarray(0, 1)),
  after(RawSocket.upgraded, () => handshake.subarray(0, 20)),
  after(RawSocket.upgraded, handshakeFrame),
  after(RawSocket.upgraded, handshakeFrame, () => subscribe),
  after(RawSocket.open),
  after(RawSocket.open, () => subscribe),
  after(subscribed),
  after(subscribed, () => frame('x', {length: 1000})),
  after(subscribed, () => frame('{"event":', {fin: false})),
  after(subscribed, () => Buffer.concat(Array.from({length: 100}, echo))),
  after(subscribed, () => packetFrame({event: '#publish', data: {channel: 'hostile', data: 1}, cid: 4})),
  after(subscribed, () => packetFrame({event: 'login', data: {username: 'gone'}, cid: 5})),
  after(subscribed, () => frame([0x03, 0xe8], {opcode: OPCODE.close})),
  after(subscribed, () => frame('junk', {opcode: 3})),
];

const WAYS = [(tcp) => tcp.destroy(), (tcp) => tcp.resetAndDestroy(), (tcp) => tcp.end()];

export async function hangUps(port) {
  const cases = STATES.flatMap((state) => WAYS.map((hangUp) => ({state, hangUp})));
  const all = Array.from({length: REPEATS}, () => cases).flat();
  await forEachOf(all, CONCURRENCY, async ({state, hangUp}) => {
    const {tcp} = await state(port);
    hangUp(tcp);
  });
  return {count: all.length, failures: []};
}
