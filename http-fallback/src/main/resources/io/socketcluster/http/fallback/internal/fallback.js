// SPDX-License-Identifier: MIT
// Stands in for the browser's WebSocket where a proxy breaks it: messages travel as server-sent
// events and POST requests until a WebSocket works. Load it before socketcluster-client:
//
//   <script src="/socketcluster-http/fallback.js"></script>
//
// Attributes of the element: data-path="/socketcluster/" names the WebSockets that it stands in for,
// data-http the path of the requests if the script is served from elsewhere, data-retry="30" how
// many seconds pass before a WebSocket is tried again, data-patience="1" how many the first byte of a
// stream may take.
(() => {
  'use strict';

  const Native = globalThis.WebSocket;
  const script = globalThis.document?.currentScript;
  const withSlash = (path) => (path.endsWith('/') ? path : `${path}/`);
  const PATH = withSlash(script?.dataset.path ?? '/socketcluster/');
  const HTTP = withSlash(
    script?.dataset.http ?? (script?.src ? new URL('.', script.src).pathname : '/socketcluster-http/'),
  );
  const RETRY = Number(script?.dataset.retry ?? 30) * 1000;

  const PATIENCE = Number(script?.dataset.patience ?? 1) * 1000;

  const SILENCE = 1.5 * PATIENCE; // a WebSocket that has not opened or answered by then may never do so
  const LONGEST_RETRY = 10 * 60_000;
  const REMEMBERED = 5 * 60_000; // how long new connections begin without a WebSocket
  const PROBE_TIMEOUT = 5 * PATIENCE;
  const STALL = 3 * PATIENCE; // what the server has sent must be here by then
  const ACK_BYTES = 16 * 1024;
  const BATCH_BYTES = 256 * 1024;
  const GIVE_UP = 60_000;

  const delay = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const backOff = (failures) => Math.min(5000, 100 * 2 ** failures) * (0.5 + Math.random() / 2);
  const bytesOf = (text) => new TextEncoder().encode(text).length;

  const base64Of = (bytes) => {
    let characters = '';
    for (let at = 0; at < bytes.length; at += 0x8000) {
      characters += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    }
    return btoa(characters);
  };
  const bytesIn = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

  // ---- Which hosts break WebSockets, for the next connections and pages of this window

  const memory = {
    key: (host) => `socketcluster-fallback ${host}`,
    isBroken(host) {
      try {
        return Number(sessionStorage.getItem(this.key(host))) > Date.now();
      } catch {
        return false; // a page without storage
      }
    },
    note(host, isBroken) {
      try {
        if (isBroken) sessionStorage.setItem(this.key(host), String(Date.now() + REMEMBERED));
        else sessionStorage.removeItem(this.key(host));
      } catch {
        // it is tried again
      }
    },
  };

  // ---- Events as text

  const eventOf = (type, data) => `event: ${type}\ndata: ${data}\n\n`;

  function messageEventOf(message) {
    if (typeof message !== 'string') return eventOf('binary', base64Of(message));
    if (message.includes('\r')) return eventOf('text', base64Of(new TextEncoder().encode(message)));
    return `data: ${message.replaceAll('\n', '\ndata: ')}\n\n`;
  }

  /** Reads events from text that comes in pieces. */
  class EventReader {
    #rest = '';
    #event = {type: '', id: 0, data: null};
    #take;

    constructor(take) {
      this.#take = take;
    }

    add(text) {
      const lines = (this.#rest + text).split('\n');
      this.#rest = lines.pop();
      for (const line of lines) this.#line(line);
    }

    #line(line) {
      const event = this.#event;
      if (line === '') {
        this.#event = {type: '', id: 0, data: null};
        if (event.data !== null) this.#take(event);
        return;
      }
      const colon = line.indexOf(':');
      const name = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
      if (name === 'data') event.data = event.data === null ? value : `${event.data}\n${value}`;
      else if (name === 'event') event.type = value;
      else if (name === 'id') event.id = Number(value);
    }
  }

  // ---- The two ways of a connection. Each tells its owner of: opened, received, closed.

  /** A WebSocket of the browser. */
  class NativeWay {
    #socket;

    constructor(url, protocols, owner) {
      this.#socket = protocols === undefined ? new Native(url) : new Native(url, protocols);
      this.#socket.binaryType = 'arraybuffer';
      this.#socket.onopen = () => owner.opened(this);
      this.#socket.onmessage = ({data}) => owner.received(this, data);
      this.#socket.onclose = ({code, reason, wasClean}) => owner.closed(this, code, reason, wasClean);
    }

    get carrier() {
      return 'websocket';
    }

    get bufferedAmount() {
      return this.#socket.bufferedAmount;
    }

    get protocol() {
      return this.#socket.protocol;
    }

    get extensions() {
      return this.#socket.extensions;
    }

    send(message) {
      this.#socket.send(message);
    }

    close(code, reason) {
      if (code === undefined) this.#socket.close();
      else this.#socket.close(code, reason);
    }
  }

  /** A session of the server over requests, and over a WebSocket once that works. */
  class HttpWay {
    protocol = '';
    extensions = '';
    #owner;
    #url;
    #id = null;
    #isOver = false;
    #received = 0;
    #unacknowledged = 0; // bytes that came since the last acknowledgement
    #outgoing = []; // events that the server has not acknowledged
    #first = 1; // the number of the first of them
    #isPosting = false;
    #isPolling = false;
    #patience = PATIENCE; // how long the first byte of a stream may take
    #abort = null; // of the stream
    #socket = null; // carries the session
    #sentBySocket = 0; // the number of the last message that it was given
    #retry = RETRY;
    #timers = new Set();

    constructor(url, owner) {
      this.#owner = owner;
      this.#url = url;
      this.#open();
    }

    get carrier() {
      if (this.#socket) return 'websocket';
      return this.#isPolling ? 'polling' : 'event-stream';
    }

    get bufferedAmount() {
      return this.#outgoing.reduce((sum, event) => sum + event.length, 0);
    }

    #address(name, query) {
      const address = new URL(HTTP + name, this.#url);
      address.protocol = this.#url.protocol.replace('ws', 'http');
      address.search = query;
      return address;
    }

    #request(name, query, init) {
      return fetch(this.#address(name, query), {credentials: 'include', cache: 'no-store', ...init});
    }

    #after(time, task) {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        if (!this.#isOver) task();
      }, time);
      this.#timers.add(timer);
      return timer;
    }

    async #open() {
      const begun = Date.now();
      try {
        const answer = await this.#request('open', this.#url.search, {method: 'POST'});
        if (!answer.ok) throw new Error(String(answer.status));
        const reader = new EventReader(({type, data}) => {
          if (type === 'open') this.#id = data;
        });
        reader.add(await answer.text());
      } catch {
        // as every failure
      }
      if (this.#id === null) {
        this.#end(1006, '', false);
      } else if (this.#isOver) {
        this.#leave(1001, '');
      } else {
        this.#patience = Math.max(this.#patience, 3 * (Date.now() - begun));
        this.#owner.opened(this);
        this.#listen();
        this.#flush();
        this.#tryWebSocketLater();
      }
    }

    send(message) {
      this.#outgoing.push(messageEventOf(message));
      this.#flush();
    }

    close(code = 1005, reason = '') {
      if (this.#isOver) return;
      if (this.#id !== null) this.#leave(code === 1005 ? 1000 : code, reason);
      this.#end(code, reason, true);
    }

    /** The page goes: nothing more can be awaited. */
    leave() {
      this.close(1001);
    }

    /** Sends what is left with the good-bye. */
    #leave(code, reason) {
      const body = this.#batch(this.#outgoing.length) + eventOf('close', `${code} ${reason}`);
      if (this.#socket) this.#socket.send(body);
      const init = {method: 'POST', body, keepalive: bytesOf(body) < 60_000};
      if (!this.#socket) this.#request('messages', `?sid=${this.#id}`, init).catch(() => {});
    }

    #end(code, reason, wasClean) {
      if (this.#isOver) return;
      this.#isOver = true;
      for (const timer of this.#timers) clearTimeout(timer);
      this.#abort?.abort();
      this.#socket?.close();
      this.#owner.closed(this, code, reason, wasClean);
    }

    // From the server.

    async #listen() {
      let failures = 0;
      let failing = 0;
      while (!this.#isOver && !this.#socket) {
        const begun = Date.now();
        const before = this.#received;
        const wasPolling = this.#isPolling;
        const status = await this.#read();
        if (this.#isOver || this.#socket) return;
        if (status === 404 || status === 409) {
          this.#end(1006, '', false);
        } else if (status === 200 && (this.#received > before || Date.now() - begun > 1000)) {
          failures = 0;
        } else if (this.#isPolling === wasPolling) {
          failing = failures++ === 0 ? begun : failing;
          if (Date.now() - failing > GIVE_UP) this.#end(1006, '', false);
          else await delay(backOff(failures));
        }
      }
    }

    /** Reads a stream or a poll to its end; returns its status, or 0 if it breaks. */
    async #read() {
      const abort = new AbortController();
      this.#abort = abort;
      const isPoll = this.#isPolling;
      const isHeldBack = () => {
        this.#isPolling = true;
        abort.abort();
      };
      const timer = isPoll ? undefined : this.#after(this.#patience, isHeldBack);
      try {
        const query = `?sid=${this.#id}&after=${this.#received}${isPoll ? '&poll=1' : ''}`;
        const answer = await this.#request('events', query, {signal: abort.signal});
        if (!answer.ok) return answer.status;
        const reader = new EventReader((event) => {
          if (this.#abort === abort && !abort.signal.aborted) this.#take(event);
        });
        const decoder = new TextDecoder();
        const body = answer.body.getReader();
        for (;;) {
          const {done, value} = await body.read();
          clearTimeout(timer);
          if (done) return answer.status;
          reader.add(decoder.decode(value, {stream: true}));
        }
      } catch {
        return 0;
      } finally {
        clearTimeout(timer);
      }
    }

    #take({type, id, data}) {
      if (this.#isOver) return;
      if (type === '' || type === 'text' || type === 'binary') this.#message(type, id, data);
      else if (type === 'ack') this.#acknowledged(Number(data));
      else if (type === 'sent') this.#expect(Number(data));
      else if (type === 'probe') this.#acknowledge();
      else if (type === 'close') {
        const end = data.indexOf(' ');
        this.#end(Number(data.slice(0, end)), data.slice(end + 1), true);
      }
    }

    #message(type, id, data) {
      if (id > 0 && id !== this.#received + 1) {
        this.#end(1006, '', false);
        return;
      }
      this.#received++;
      this.#unacknowledged += data.length;
      if (this.#unacknowledged >= ACK_BYTES) this.#acknowledge();
      const bytes = type === '' ? null : bytesIn(data);
      if (type === 'binary') this.#owner.received(this, bytes.buffer);
      else this.#owner.received(this, bytes ? new TextDecoder().decode(bytes) : data);
    }

    /** The server has sent so many messages: a stream without them is stuck in a proxy. */
    #expect(sent) {
      if (sent <= this.#received || this.#isPolling || this.#socket) return;
      this.#after(STALL, () => {
        if (this.#received >= sent || this.#isPolling || this.#socket) return;
        this.#isPolling = true;
        this.#abort?.abort();
      });
    }

    // To the server.

    #acknowledge() {
      this.#unacknowledged = Infinity; // owed, until it is sent
      this.#flush();
    }

    #acknowledged(number) {
      this.#outgoing.splice(0, number + 1 - this.#first);
      this.#first = Math.max(this.#first, number + 1);
    }

    #batch(count, from = 0) {
      this.#unacknowledged = 0;
      const ack = eventOf('ack', this.#received);
      if (count === from) return ack;
      return `${ack}id: ${this.#first + from}\n${this.#outgoing.slice(from, count).join('')}`;
    }

    #flush() {
      if (this.#isOver || this.#id === null) return;
      if (this.#socket) this.#sendBySocket();
      else this.#post();
    }

    #sendBySocket() {
      const from = this.#sentBySocket + 1 - this.#first;
      if (from < this.#outgoing.length || this.#unacknowledged === Infinity) {
        this.#sentBySocket = this.#first + this.#outgoing.length - 1;
        this.#socket.send(this.#batch(this.#outgoing.length, from));
      }
    }

    async #post() {
      if (this.#isPosting) return;
      this.#isPosting = true;
      await null; // what is sent in this turn goes together
      let failures = 0;
      while (!this.#isOver && !this.#socket && (this.#outgoing.length || this.#unacknowledged === Infinity)) {
        const status = await this.#postOnce();
        if (status === 404 || status === 409 || status === 400) this.#end(1006, '', false);
        else if (status === 413) this.#end(1009, 'The message is too long', false);
        else if (status === 200) failures = 0;
        else await delay(backOff(failures++));
      }
      this.#isPosting = false;
    }

    /** Posts a batch; returns the status, 0 if nothing came of it. */
    async #postOnce() {
      let count = 0;
      let length = 0;
      while (count < this.#outgoing.length && (count === 0 || length < BATCH_BYTES)) {
        length += this.#outgoing[count++].length;
      }
      const last = this.#first + count - 1;
      try {
        const init = {method: 'POST', body: this.#batch(count)};
        const answer = await this.#request('messages', `?sid=${this.#id}`, init);
        if (answer.ok) new EventReader((event) => this.#take(event)).add(await answer.text());
        return answer.ok && this.#first <= last ? 0 : answer.status;
      } catch {
        return 0;
      }
    }

    // The WebSocket, which takes over when it works.

    #tryWebSocketLater() {
      if (this.#retry > 0) this.#after(this.#retry, () => this.#tryWebSocket());
      this.#retry = Math.min(LONGEST_RETRY, this.#retry * 2);
    }

    #tryWebSocket() {
      const address = new URL(HTTP + 'websocket', this.#url);
      address.search = `?sid=${this.#id}`;
      const socket = new Native(address);
      const timer = this.#after(PROBE_TIMEOUT, () => socket.close());
      const reader = new EventReader((event) => {
        if (this.#socket === socket) this.#take(event);
        else if (event.type === 'probe' && !this.#isOver) {
          clearTimeout(timer);
          this.#change(socket);
        }
      });
      socket.onopen = () => socket.send(eventOf('probe', ''));
      socket.onmessage = ({data}) => reader.add(data);
      socket.onclose = () => {
        clearTimeout(timer);
        if (this.#isOver) return;
        const hasCarried = this.#socket === socket;
        if (hasCarried) this.#changeBack();
        this.#tryWebSocketLater();
      };
    }

    #change(socket) {
      this.#socket = socket;
      this.#abort?.abort();
      this.#abort = null;
      this.#retry = RETRY;
      memory.note(this.#url.host, false);
      socket.send(eventOf('resume', this.#received));
      this.#sentBySocket = this.#first - 1; // whatever a request may have lost
      this.#flush();
    }

    #changeBack() {
      this.#socket = null;
      memory.note(this.#url.host, true);
      this.#listen();
      this.#flush();
    }
  }

  // ---- What the page has in the place of a WebSocket

  const STATES = {CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3};

  /**
   * Opens a WebSocket, and a session of the server besides when the WebSocket fails or is silent.
   * The first way on which a message comes is chosen; both are given what was sent before.
   */
  class StandIn extends EventTarget {
    #url;
    #state = STATES.CONNECTING;
    #binaryType = 'blob';
    #ways = new Set(); // not closed
    #open = new Set(); // of them, those that are open
    #chosen = null;
    #sent = []; // until one is chosen
    #http = null;
    #handlers = {};
    #timer;
    #isNativeBroken = false;

    constructor(url, protocols) {
      super();
      this.#url = url;
      if (memory.isBroken(url.host)) {
        this.#isNativeBroken = true;
        this.#startHttp();
      } else {
        this.#ways.add(new NativeWay(url.href, protocols, this.#owner()));
        this.#timer = setTimeout(() => this.#startHttp(), SILENCE);
      }
      addEventListener('pagehide', this.#onPageHide);
    }

    #onPageHide = () => this.#http?.leave();

    #owner() {
      return {
        opened: (way) => this.#opened(way),
        received: (way, data) => this.#received(way, data),
        closed: (way, ...end) => this.#closed(way, ...end),
      };
    }

    #startHttp() {
      clearTimeout(this.#timer);
      if (this.#http || this.#chosen || this.#state > STATES.OPEN) return;
      this.#http = new HttpWay(this.#url, this.#owner());
      this.#ways.add(this.#http);
    }

    #opened(way) {
      if (this.#chosen || this.#state > STATES.OPEN) return;
      this.#open.add(way);
      if (this.#state === STATES.CONNECTING) {
        this.#state = STATES.OPEN;
        clearTimeout(this.#timer);
        this.dispatchEvent(new Event('open'));
      } else {
        for (const message of this.#sent) way.send(message);
      }
    }

    #received(way, data) {
      if (!this.#chosen) this.#choose(way);
      if (way !== this.#chosen || this.#state !== STATES.OPEN) return;
      const isBlob = typeof data !== 'string' && this.#binaryType === 'blob';
      this.dispatchEvent(new MessageEvent('message', {data: isBlob ? new Blob([data]) : data, origin: this.#url.origin}));
    }

    #choose(way) {
      this.#chosen = way;
      this.#sent = [];
      clearTimeout(this.#timer);
      memory.note(this.#url.host, way === this.#http);
      for (const other of this.#ways) if (other !== way) other.close();
      if (way !== this.#http) removeEventListener('pagehide', this.#onPageHide);
    }

    #closed(way, code, reason, wasClean) {
      this.#ways.delete(way);
      this.#open.delete(way);
      if (this.#state === STATES.CLOSED || (this.#chosen && way !== this.#chosen)) return;
      const isLost = code === 1006 && !this.#chosen && this.#state < STATES.CLOSING;
      if (isLost && !this.#http) this.#startHttp();
      else if (!isLost || this.#ways.size === 0) this.#end(code, reason, wasClean);
    }

    #end(code, reason, wasClean) {
      const hasFailed = this.#state === STATES.CONNECTING || !wasClean;
      this.#state = STATES.CLOSED;
      clearTimeout(this.#timer);
      removeEventListener('pagehide', this.#onPageHide);
      for (const way of this.#ways) way.close();
      if (hasFailed) this.dispatchEvent(new Event('error'));
      this.dispatchEvent(new CloseEvent('close', {code, reason, wasClean}));
    }

    send(message) {
      if (this.#state === STATES.CONNECTING) {
        throw new DOMException('The connection is not open yet', 'InvalidStateError');
      }
      if (this.#state !== STATES.OPEN) return;
      if (message instanceof Blob) throw new TypeError('Send an ArrayBuffer in the place of a Blob');
      const copy =
        message instanceof ArrayBuffer
          ? new Uint8Array(message.slice(0))
          : ArrayBuffer.isView(message)
            ? new Uint8Array(message.buffer.slice(message.byteOffset, message.byteOffset + message.byteLength))
            : String(message);
      if (this.#chosen) {
        this.#chosen.send(copy);
        return;
      }
      this.#sent.push(copy);
      for (const way of this.#open) way.send(copy);
      if (!this.#http && this.#sent.length === 1) this.#timer = setTimeout(() => this.#startHttp(), SILENCE);
    }

    close(code, reason = '') {
      if (code !== undefined && code !== 1000 && !(code >= 3000 && code <= 4999)) {
        throw new DOMException('A page may close with 1000 and 3000 to 4999', 'InvalidAccessError');
      }
      if (bytesOf(reason) > 123) throw new DOMException('The reason is too long', 'SyntaxError');
      if (this.#state > STATES.OPEN) return;
      clearTimeout(this.#timer);
      this.#state = STATES.CLOSING;
      const ways = [...(this.#chosen ? [this.#chosen] : this.#ways)];
      queueMicrotask(() => {
        for (const way of ways) way.close(code, reason);
      });
    }

    get url() {
      return this.#url.href;
    }

    get readyState() {
      return this.#state;
    }

    get bufferedAmount() {
      return (this.#chosen ?? this.#http)?.bufferedAmount ?? 0;
    }

    get protocol() {
      return this.#chosen?.protocol ?? '';
    }

    get extensions() {
      return this.#chosen?.extensions ?? '';
    }

    get binaryType() {
      return this.#binaryType;
    }

    set binaryType(type) {
      if (type === 'blob' || type === 'arraybuffer') this.#binaryType = type;
    }

    /** What carries the messages now: websocket, event-stream or polling; null until that is known. */
    get carrier() {
      return this.#chosen?.carrier ?? null;
    }

    get onopen() {
      return this.#handlers.open ?? null;
    }

    set onopen(handler) {
      this.#handle('open', handler);
    }

    get onmessage() {
      return this.#handlers.message ?? null;
    }

    set onmessage(handler) {
      this.#handle('message', handler);
    }

    get onerror() {
      return this.#handlers.error ?? null;
    }

    set onerror(handler) {
      this.#handle('error', handler);
    }

    get onclose() {
      return this.#handlers.close ?? null;
    }

    set onclose(handler) {
      this.#handle('close', handler);
    }

    #handle(type, handler) {
      if (this.#handlers[type]) this.removeEventListener(type, this.#handlers[type]);
      this.#handlers[type] = typeof handler === 'function' ? handler : null;
      if (this.#handlers[type]) this.addEventListener(type, handler);
    }
  }

  Object.setPrototypeOf(StandIn.prototype, Native.prototype); // an instance of WebSocket, with its constants

  const isOurs = (url) => (url.protocol === 'ws:' || url.protocol === 'wss:') && withSlash(url.pathname) === PATH;

  function urlOf(given) {
    try {
      const url = new URL(given, globalThis.location?.href);
      url.protocol = url.protocol.replace('http', 'ws');
      return url;
    } catch {
      return null; // the browser says what is wrong
    }
  }

  globalThis.WebSocket = new Proxy(Native, {
    construct(target, given, newTarget) {
      const url = urlOf(given[0]);
      if (url && isOurs(url)) return new StandIn(url, given[1]);
      return Reflect.construct(target, given, newTarget === globalThis.WebSocket ? target : newTarget);
    },
  });
})();
