// SPDX-License-Identifier: MIT

/**
 * Subscribes to a channel so that no message is lost: after each reconnect the server sends what was missed. Read the
 * result with one `for await` loop; each message comes once and in order.
 *
 * `last`: how many messages of the past come first. `position`: where to go on, `{epoch, offset}` of an earlier page.
 * `onGap({reason})`: messages are missing that the server does not have any more. `data` and all other options are those
 * of `socket.subscribe`; `data` has to be an object.
 */
export function recover(socket, channelName, {last = 0, position = {}, onGap = () => {}, data = {}, ...options} = {}) {
  const asked = {...data, recover: true, last, ...position}; // the client reads it again at each resubscribe
  const channel = socket.subscribe(channelName, {...options, data: asked});
  return {
    channel,
    get position() {
      return {epoch: asked.epoch, offset: asked.offset};
    },
    async *[Symbol.asyncIterator]() {
      for await (const message of channel) {
        if (message?.epoch === undefined) {
          yield message; // the server knows no policies
          continue;
        }
        const {epoch, offset, gap, start} = message;
        if (epoch === asked.epoch && offset <= asked.offset) continue; // it waited here while the client was away
        Object.assign(asked, {epoch, offset});
        if (gap) onGap({reason: gap});
        else if (!start) yield message.data;
      }
    },
  };
}
