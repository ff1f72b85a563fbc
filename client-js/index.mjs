// SPDX-License-Identifier: MIT

import {CLOSED, DELTAS, DeltaValues, MISFIT, resubscriber} from './deltas.mjs';

export {deltas, DeltaValues} from './deltas.mjs';

/**
 * Subscribes to a channel so that no message is lost: after each reconnect the server sends what was missed. Read the
 * result with one `for await` loop at a time; each message comes once and in order. Messages wait for the loop from now on,
 * until `close()`.
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
  const subscription = {...options, data: asked};
  const channel = socket.subscribe(channelName, subscription);
  let messages = channel.createConsumer();
  const resubscribe = resubscriber(socket, channel, subscription);
  const values = deltas ? new DeltaValues() : {restore: (value) => value};
  let awaited; // the offset of the message that did not fit
  return {
    channel,
    /** Ends the loop, and keeps no more messages; the channel stays subscribed. */
    close() {
      messages.kill();
      messages = CLOSED; // the consumer refers to every later message of the channel
    },
    get position() {
      return {epoch: asked.epoch, offset: asked.offset};
    },
    async *[Symbol.asyncIterator]() {
      for (let next = await messages.next(); !next.done; next = await messages.next()) {
        const message = next.value;
        if (message?.epoch === undefined) {
          const plain = values.restore(message); // the server knows no policies
          if (plain === MISFIT) resubscribe();
          else yield plain;
          continue;
        }
        const {epoch, offset, gap, start} = message;
        const isNote = Boolean(gap || start);
        if (isNote) awaited = undefined;
        else if (awaited !== undefined && epoch === asked.epoch && offset > awaited) continue; // comes again
        const value = isNote ? undefined : values.restore(message.data); // also if it is skipped: the next difference belongs to it
        if (value === MISFIT) {
          if (resubscribe() && epoch === asked.epoch && offset > asked.offset) awaited = offset;
          continue;
        }
        awaited = undefined;
        if (epoch === asked.epoch && offset <= asked.offset) continue; // it waited here while the client was away
        Object.assign(asked, {epoch, offset});
        if (gap) onGap({reason: gap});
        else if (!start) yield value;
      }
    },
  };
}
