import {randomBytes} from 'node:crypto';
import net from 'node:net';
import {HOST} from './clients.mjs';
import {onEnd} from './resources.mjs';
import {within} from './waiting.mjs';

export const OPCODE = {continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10};

export const UPGRADE_REQUEST = [
  'GET /socketcluster/ HTTP/1.1',
  'Host: localhost',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  '',
  '',
].join('\r\n');

/** One frame, as wrong as it is asked for. */
export function frame(payload, {opcode = OPCODE.text, fin = true, rsv = 0, masked = true, length} = {}) {
  const body = Buffer.from(payload);
  const size = length ?? body.length;
  const first = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  const maskBit = masked ? 0x80 : 0;
  let header;
  if (size < 126) {
    header = Buffer.from([first, maskBit | size]);
  } else if (size < 65_536) {
    header = Buffer.from([first, maskBit | 126, 0, 0]);
    header.writeUInt16BE(size, 2);
  } else {
    header = Buffer.alloc(10);
    header[0] = first;
    header[1] = maskBit | 127;
    header.writeBigUInt64BE(BigInt(size), 2);
  }
  if (!masked) return Buffer.concat([header, body]);
  const mask = randomBytes(4);
  return Buffer.concat([header, mask, body.map((byte, i) => byte ^ mask[i % 4])]);
}

export const packetFrame = (packet, options) => frame(JSON.stringify(packet), options);

export const handshakeFrame = () => packetFrame({event: '#handshake', data: {authToken: null}, cid: 1});

/** A TCP connection on which everything is written by hand. */
export class RawSocket {
  #buffer = Buffer.alloc(0);
  #isUpgraded = false;
  #waiting = [];

  /** Frames received: {opcode, text}. */
  frames = [];

  static async connect(port) {
    const socket = new RawSocket(port);
    await within(socket.connected, 'the TCP connection');
    return socket;
  }

  static async upgraded(port) {
    const socket = await RawSocket.connect(port);
    socket.write(UPGRADE_REQUEST);
    await within(socket.upgrade, 'the upgrade');
    return socket;
  }

  static async open(port) {
    const socket = await RawSocket.upgraded(port);
    socket.write(handshakeFrame());
    await socket.packet((packet) => packet.rid === 1);
    return socket;
  }

  constructor(port) {
    this.tcp = net.connect({host: HOST, port, noDelay: true});
    this.connected = new Promise((resolve, reject) => {
      this.tcp.once('connect', resolve);
      this.tcp.once('error', reject);
    });
    this.tcp.on('error', () => {});
    this.upgrade = new Promise((resolve) => {
      this.onUpgrade = resolve;
    });
    /** Resolves to the code of the server's close frame, or 1006 when it just hung up. */
    this.closed = new Promise((resolve) => {
      this.onClosed = resolve;
      this.tcp.once('close', () => resolve(1006));
    });
    this.tcp.on('data', (data) => this.#receive(data));
    onEnd(() => this.tcp.destroy());
  }

  write(...parts) {
    this.tcp.write(Buffer.concat(parts.map((part) => Buffer.from(part))));
  }

  /** The first packet, of those received and those to come, that the predicate likes. */
  packet(predicate) {
    const found = new Promise((resolve) => this.#waiting.push({predicate, resolve}));
    this.#offer();
    return within(found, `a packet that fits ${predicate}`);
  }

  #receive(data) {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    if (!this.#isUpgraded) {
      const end = this.#buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const status = this.#buffer.subarray(0, end).toString().split('\r\n')[0];
      if (!status.includes(' 101 ')) return;
      this.#isUpgraded = true;
      this.#buffer = this.#buffer.subarray(end + 4);
      this.onUpgrade();
    }
    while (this.#readFrame());
    this.#offer();
  }

  #readFrame() {
    const buffer = this.#buffer;
    if (buffer.length < 2) return false;
    let length = buffer[1] & 0x7f;
    let start = 2;
    if (length === 126) {
      if (buffer.length < 4) return false;
      length = buffer.readUInt16BE(2);
      start = 4;
    } else if (length === 127) {
      if (buffer.length < 10) return false;
      length = Number(buffer.readBigUInt64BE(2));
      start = 10;
    }
    if (buffer.length < start + length) return false;
    const opcode = buffer[0] & 0x0f;
    const payload = buffer.subarray(start, start + length);
    this.#buffer = buffer.subarray(start + length);
    this.frames.push({opcode, text: payload.toString()});
    if (opcode === OPCODE.close) this.onClosed(length >= 2 ? payload.readUInt16BE(0) : 1005);
    return true;
  }

  #packets() {
    return this.frames
      .filter(({opcode, text}) => opcode === OPCODE.text && /^[[{]/.test(text))
      .flatMap(({text}) => JSON.parse(text));
  }

  #offer() {
    if (this.#waiting.length === 0) return;
    const packets = this.#packets();
    this.#waiting = this.#waiting.filter(({predicate, resolve}) => {
      const packet = packets.find(predicate);
      if (packet) resolve(packet);
      return !packet;
    });
  }
}
