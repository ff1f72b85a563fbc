// SPDX-License-Identifier: MIT

import {DELTAS, DeltaValues} from './deltas.mjs';

export {deltas, DeltaValues} from './deltas.mjs';

/**
 * Subscribes to a channel so that no message is lost: after each reconnect the server sends what was missed. Read the
 * result with one `for await` loop at a time; each message comes once and in order. Messages wait for the loop from now on.
 *
 * `last`: how many messages of the past come first. `position`: where to go on, `{epoch, offset}` of an earlier page.
 * `onGap({reason})`: messages are missing that the server does not have any more. `deltas`: the server may send the
 * difference to the value before. `data` and all other options are those of `socket.subscribe`; `data` has to be an object.
 */
export function recover(
  socket,
  channelName,
  {last = 0, position = {}, onGap = () => {}, deltas = false, data = {}, ...options} = {},
) {
  const asked = {...data, ...(deltas && DELTAS), recover: true, last, ...position}; // read again at each resubscribe
  const channel = socket.subscribe(channelName, {...options, data: asked});
  const messages = channel.createConsumer();
  const values = deltas ? new DeltaValues() : {restore: (value) => value};
  return {
    channel,
    get position() {
      return {epoch: asked.epoch, offset: asked.offset};
    },
    async *[Symbol.asyncIterator]() {
      for (let next = await messages.next(); !next.done; next = await messages.next()) {
        const message = next.value;
        if (message?.epoch === undefined) {
          yield values.restore(message); // the server knows no policies
          continue;
        }
        const {epoch, offset, gap, start} = message;
        const value = values.restore(message.data); // also if it is skipped: the next difference belongs to it
        if (epoch === asked.epoch && offset <= asked.offset) continue; // it waited here while the client was away
        Object.assign(asked, {epoch, offset});
        if (gap) onGap({reason: gap});
        else if (!start) yield value;
      }
    },
  };
}
