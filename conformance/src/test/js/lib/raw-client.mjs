import WebSocket from 'ws';
import {HOST} from './clients.mjs';
import {onEnd} from './resources.mjs';
import {within} from './waiting.mjs';

/** What a server asks a client with for the version of the protocol. */
const PINGS = ['', '#1', '1'];

/**
 * A WebSocket that speaks the protocol only as far as it is told to. It answers the server's pings
 * after the handshake, unless told not to.
 */
export class RawClient {
  #socket;
  #answers = new Map();
  #nextCid = 1_000_000;

  packets = [];

  static async connect(port, {path = '/socketcluster/', answerPings = true} = {}) {
    const client = new RawClient(`ws://${HOST}:${port}${path}`, answerPings);
    await within(client.opened, 'the upgrade');
    return client;
  }

  /** Connected, and the handshake done. */
  static async open(port, options) {
    const client = await RawClient.connect(port, options);
    await client.handshake();
    return client;
  }

  constructor(url, answerPings) {
    this.#socket = new WebSocket(url);
    this.opened = new Promise((resolve, reject) => {
      this.#socket.once('open', resolve);
      this.#socket.once('error', reject);
    });
    this.#socket.on('error', () => {});
    /** Resolves to the close code. */
    this.closed = new Promise((resolve) => this.#socket.once('close', resolve));
    this.#socket.on('message', (message) => {
      const text = message.toString();
      if (!PINGS.includes(text)) this.#receive(JSON.parse(text));
      else if (text === '' && answerPings && this.packets.length > 0) this.send('');
    });
    onEnd(() => this.#socket.terminate());
  }

  #receive(message) {
    for (const packet of Array.isArray(message) ? message : [message]) {
      this.packets.push(packet);
      const waiting = this.#answers.get(packet.rid);
      if (waiting) {
        this.#answers.delete(packet.rid);
        waiting(packet);
      }
    }
  }

  /** Text and binary go as they are, all else as JSON. */
  send(message) {
    const isRaw = typeof message === 'string' || Buffer.isBuffer(message);
    this.#socket.send(isRaw ? message : JSON.stringify(message));
  }

  /** The answer to this call id, when it comes; call it before sending. */
  answerTo(cid) {
    return new Promise((resolve) => this.#answers.set(cid, resolve));
  }

  async handshake(authToken = null) {
    const packet = await this.invoke('#handshake', {authToken});
    return packet.data;
  }

  /** The whole answer, error or not. */
  invoke(event, data) {
    const cid = this.#nextCid++;
    const answer = this.answerTo(cid);
    this.send({event, data, cid});
    return within(answer, `the answer to ${event}`);
  }

  terminate() {
    this.#socket.terminate();
  }
}
