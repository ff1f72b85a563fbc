// SPDX-License-Identifier: MIT

/** The member of the data of a subscription that asks the server for differences: JSON Patch (RFC 6902). */
export const DELTAS = {delta: 'json-patch'};

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

/** What the application is given is its own; buffers and the like, which no difference changes, are shared. */
function copy(value) {
  if (Array.isArray(value)) return value.map(copy);
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copy(member)]));
}

/** Turns the messages of a channel, all of them and in their order, into the values that were published. */
export class DeltaValues {
  #values = new Map();

  /** Returns the value. A message that is no difference, and belongs to none, is returned as it is. */
  restore(message) {
    const slot = message?.['#delta'];
    if (slot === undefined) return message;
    if (message.patch === undefined) {
      if (Number.isInteger(slot)) this.#values.set(slot, message.value);
    } else {
      const value = this.#values.get(slot);
      this.#values.delete(slot); // forgotten if the difference does not fit
      if (value === undefined) throw new TypeError('There is no value that the difference belongs to');
      apply(value, message.patch);
      this.#values.set(slot, value);
      return copy(value);
    }
    return copy(message.value);
  }
}

/**
 * Subscribes to a channel whose values the server sends as the difference to the value before, where its policy allows
 * that. Read the result with one `for await` loop at a time; each message is the whole value. Messages wait for the loop
 * from now on. All options are those of `socket.subscribe`; `data` has to be an object.
 */
export function deltas(socket, channelName, {data = {}, ...options} = {}) {
  const channel = socket.subscribe(channelName, {...options, data: {...data, ...DELTAS}});
  const messages = channel.createConsumer(); // now: a difference belongs to the messages before it
  const values = new DeltaValues();
  return {
    channel,
    async *[Symbol.asyncIterator]() {
      for (let next = await messages.next(); !next.done; next = await messages.next()) yield values.restore(next.value);
    },
  };
}
