import {frame, OPCODE, packetFrame, RawSocket} from '../raw-socket.mjs';
import {eventually, within} from '../waiting.mjs';

const call = (cid, data) => ({event: 'echo', data, cid});
const close = (...payload) => frame(Buffer.from(payload), {opcode: OPCODE.close});
const NORMAL = [0x03, 0xe8];

/** What breaks the WebSocket protocol, and the close code it must get. */
function violations(maxPayload) {
  const half = Buffer.alloc(Math.ceil(maxPayload / 2) + 1, 'x');
  return {
    'invalid UTF-8': [[1007], [frame([0xc3, 0x28])]],
    'invalid UTF-8 in a packet': [[1007], [frame(Buffer.from('{"event":"echo","data":"\xff","cid":7}', 'latin1'))]],
    'a UTF-8 surrogate': [[1007], [frame([0xed, 0xa0, 0x80])]],
    'an overlong UTF-8 sequence': [[1007], [frame([0xc0, 0xaf])]],
    'binary junk': [[1007], [frame([0, 0xff, 0xfe], {opcode: OPCODE.binary})]],
    'UTF-8 that ends in the middle': [[1007], [frame([0xe6, 0xbc])]],
    'invalid UTF-8 in the second fragment': [
      [1007],
      [frame('{"event":', {fin: false}), frame([0xff], {opcode: OPCODE.continuation})],
    ],
    'a frame over maxPayload': [[1009], [frame(Buffer.alloc(maxPayload + 1, 'x'))]],
    'a binary frame over maxPayload': [[1009], [frame(Buffer.alloc(maxPayload + 1), {opcode: OPCODE.binary})]],
    'fragments over maxPayload': [[1009], [frame(half, {fin: false}), frame(half, {opcode: OPCODE.continuation})]],
    'the announcement of 1 TB': [[1009], [frame('x', {length: 2 ** 40})]],
    'the announcement of 2^63 bytes': [[1002], [frame('x', {length: 2n ** 63n})]],
    'an unmasked frame': [[1002], [packetFrame(call(7), {masked: false})]],
    'a reserved opcode': [[1002], [frame('x', {opcode: 3})]],
    'a reserved control opcode': [[1002], [frame('x', {opcode: 11})]],
    'a reserved bit': [[1002], [packetFrame(call(7), {rsv: 2})]],
    'a compressed frame, not negotiated': [[1002], [packetFrame(call(7), {rsv: 4})]],
    'a ping too long': [[1002], [frame(Buffer.alloc(126), {opcode: OPCODE.ping})]],
    'a fragmented ping': [[1002], [frame('x', {opcode: OPCODE.ping, fin: false})]],
    'a continuation of nothing': [[1002], [frame('x', {opcode: OPCODE.continuation})]],
    'a message inside another': [[1002], [frame('x', {fin: false}), packetFrame(call(7))]],
    'a close with one byte': [[1002], [close(3)]],
    'a close with a forbidden code': [[1002], [close(0x03, 0xed)]],
    'a close with code 999': [[1002], [close(0x03, 0xe7)]],
    'a close with an invalid reason': [[1007], [close(...NORMAL, 0xff)]],
    'a normal close': [[1000], [close(...NORMAL)]],
    'a close without a code': [[1005], [close()]],
  };
}

async function violation(port, what, codes, frames) {
  const socket = await RawSocket.open(port);
  socket.write(...frames);
  const code = await within(socket.closed, `the close after ${what}`);
  socket.tcp.destroy();
  return codes.includes(code) ? null : `${what}: closed with ${code}, not ${codes.join(' or ')}`;
}

/** Unusual, but good: everything is answered. */
async function legalOddities(port) {
  const failures = [];
  const socket = await RawSocket.open(port);
  const answered = async (cid, what) => {
    try {
      await socket.packet(({rid}) => rid === cid);
    } catch {
      failures.push(`${what}: not answered`);
    }
  };

  const text = Buffer.from(JSON.stringify(call(10, 'in fragments: 漢字 😀')));
  const bytes = Array.from(text, (byte, i) =>
    frame([byte], {opcode: i === 0 ? OPCODE.text : OPCODE.continuation, fin: i === text.length - 1}),
  );
  socket.write(...bytes.slice(0, 5), frame('middle', {opcode: OPCODE.ping}), ...bytes.slice(5));
  await answered(10, 'a call in fragments of a byte, a ping between them');
  const hasPong = () => socket.frames.some(({opcode, text}) => opcode === OPCODE.pong && text === 'middle');
  await eventually(hasPong, 'the ping of the protocol is answered');

  for (const byte of packetFrame(call(11))) socket.write([byte]);
  await answered(11, 'a frame in TCP segments of a byte');

  socket.write(...Array.from({length: 500}, (_, i) => packetFrame(call(100 + i))));
  await answered(599, '500 calls in one write');

  const empty = {fin: false, opcode: OPCODE.continuation};
  socket.write(
    frame('', {fin: false}),
    frame('', empty),
    frame(JSON.stringify(call(12)), empty),
    frame('', {opcode: OPCODE.continuation}),
  );
  await answered(12, 'a call among empty fragments');

  socket.write(frame('unasked', {opcode: OPCODE.pong}), frame('', {opcode: OPCODE.pong}));
  // A binary frame goes to the codec as it is, and the JSON codec reads it as text.
  socket.write(packetFrame(call(13), {opcode: OPCODE.binary}));
  await answered(13, 'a call in a binary frame');
  socket.write(frame('', {opcode: OPCODE.binary}), packetFrame(call(14)));
  await answered(14, 'a call after an empty binary frame');
  socket.tcp.destroy();
  return failures;
}

export async function oddFrames(port, maxPayload) {
  const all = Object.entries(violations(maxPayload));
  const failures = await legalOddities(port);
  for (const [what, [codes, frames]] of all) failures.push(await violation(port, what, codes, frames));
  return {count: all.length + 7, failures: failures.filter(Boolean)};
}
