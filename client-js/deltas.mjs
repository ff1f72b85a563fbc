// SPDX-License-Identifier: MIT

/** The member of the data of a subscription that asks the server for differences: JSON Patch (RFC 6902). */
export const DELTAS = {delta: 'json-patch'};

const SLOTS = 1000;

const stepsOf = (path) => path.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

/** An own property of any name: an assignment to `__proto__` makes none. */
const put = (target, name, value) => Object.defineProperty(target, name, {value, writable: true, enumerable: true, configurable: true});

function child(node, step) {
  if (node === null || typeof node !== 'object' || !Object.hasOwn(node, step)) throw new TypeError(`The value has no ${step} there`);
  return node[step];
}

function change(target, step, op, value) {
  if (Array.isArray(target)) target.splice(Number(step), op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]));
  else if (op === 'remove') delete target[step];
  else put(target, step, value);
}

function apply(value, patch) {
  for (const {op, path, value: part} of patch) {
    const steps = stepsOf(path);
    const last = steps.pop();
    change(steps.reduce(child, value), last, op, part);
  }
}

/** The application owns the copy; buffers and the like, which no difference changes, are shared. */
function copy(value) {
  if (Array.isArray(value)) return value.map(copy);
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copy(member)]));
}

const isForm = (message) =>
  message !== null && typeof message === 'object' && Object.hasOwn(message, '#delta') && (message['#delta'] === null || Number.isInteger(message['#delta'])) &&
  Object.keys(message).every((name) => name === '#delta' || name === 'value' || name === 'patch');

/** In the place of a consumer that was closed. */
export const CLOSED = {next: async () => ({done: true}), kill() {}};

/** Stands for a difference that does not fit: the application is given nothing. */
export const MISFIT = Symbol('misfit');

/**
 * Turns the messages of a channel, all of them and in their order, into the values that were published. Where the server
 * sends differences every message has their form, and a whole value comes first; other data is returned as it is.
 */
export class DeltaValues {
  #values = new Map();
  #inUse = false;

  /** Returns the value, or `MISFIT`. Never throws. */
  restore(message) {
    if (!isForm(message)) {
      this.#inUse = false;
      this.#values.clear();
      return message;
    }
    if (message.patch !== undefined) return this.#inUse ? this.#patched(message) : message;
    this.#inUse = true;
    if (message['#delta'] !== null && message['#delta'] < SLOTS) this.#values.set(message['#delta'], message.value);
    return copy(message.value);
  }

  #patched({'#delta': slot, patch}) {
    const value = this.#values.get(slot);
    this.#values.delete(slot); // forgotten if the difference does not fit
    if (value === undefined) return MISFIT;
    try {
      apply(value, patch);
    } catch {
      return MISFIT;
    }
    this.#values.set(slot, value);
    return copy(value);
  }
}

/**
 * Returns what subscribes again after a misfit, once on each connection, since a subscription begins with whole values.
 * It returns whether it did.
 */
export function resubscriber(socket, channel, options) {
  let connection;
  return () => {
    if (channel.state !== 'subscribed' || connection === socket.id) return false;
    connection = socket.id;
    socket.unsubscribe(channel.name);
    socket.subscribe(channel.name, options);
    return true;
  };
}

/**
 * Subscribes to a channel whose values the server sends as the difference to the value before, where its policy allows
 * that. Read the result with one `for await` loop at a time; each message is the whole value. Messages wait for the loop
 * from now on, until `close()`. All options are those of `socket.subscribe`; `data` has to be an object.
 */
export function deltas(socket, channelName, {data = {}, ...options} = {}) {
  const asked = {...options, data: {...data, ...DELTAS}};
  const channel = socket.subscribe(channelName, asked);
  let messages = channel.createConsumer(); // now: a difference belongs to the messages before it
  const values = new DeltaValues();
  const resubscribe = resubscriber(socket, channel, asked);
  return {
    channel,
    /** Ends the loop, and keeps no more messages; the channel stays subscribed. */
    close() {
      messages.kill();
      messages = CLOSED; // the consumer refers to every later message of the channel
    },
    async *[Symbol.asyncIterator]() {
      for (let next = await messages.next(); !next.done; next = await messages.next()) {
        const value = values.restore(next.value);
        if (value === MISFIT) resubscribe();
        else yield value;
      }
    },
  };
}
