import {setTimeout as sleep} from 'node:timers/promises';

export const DEFAULT_WAIT = 40_000;

export {sleep};

/** The promise's value, or an error that says what was waited for. */
export async function within(promise, what, timeout = DEFAULT_WAIT) {
  let timer;
  const expired = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${timeout} ms for ${what}`)), timeout);
  });
  try {
    return await Promise.race([promise, expired]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits until the condition holds. The message may be a function, for what was there instead. */
export async function eventually(condition, what, timeout = DEFAULT_WAIT) {
  const deadline = Date.now() + timeout;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) {
      throw new Error(`waited ${timeout} ms until ${typeof what === 'function' ? what() : what}`);
    }
    await sleep(5);
  }
}

/** Runs the task for every item, so many at a time. */
export async function forEachOf(items, concurrency, task) {
  const queue = [...items];
  const worker = async () => {
    while (queue.length > 0) await task(queue.shift());
  };
  await Promise.all(Array.from({length: concurrency}, worker));
}
