// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

import io.socketcluster.broker.history.HistoryPosition;
import io.socketcluster.protocol.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One published message on its way to the subscribers of a channel. It carries the encodings that
 * subscribers share, so that each is made once however many they are. Used by the publishing thread
 * alone, from the publish until {@link #delivered()}.
 */
public final class ChannelMessage {
  private final String channel;
  private final @Nullable Payload data;
  private final @Nullable HistoryPosition position;
  private @Nullable List<Shared> shared;

  private record Shared(Object key, SharedEncoding encoding) {}

  /** An encoding of a message that subscribers share, for example a frame ready to be sent. */
  @FunctionalInterface
  public interface SharedEncoding {
    /** Releases the message's own reference. */
    void release();
  }

  /**
   * Creates a message.
   *
   * @param channel the channel to which it was published
   * @param data the published data, or null if there is none
   */
  public ChannelMessage(String channel, @Nullable Payload data) {
    this(channel, data, null);
  }

  /**
   * Creates a message that a broker keeps.
   *
   * @param channel the channel to which it was published
   * @param data the published data, or null if there is none
   * @param position the place in the history, or null if no broker keeps the message
   */
  public ChannelMessage(
      String channel, @Nullable Payload data, @Nullable HistoryPosition position) {
    this.channel = channel;
    this.data = data;
    this.position = position;
  }

  /** Returns the name of the channel. */
  public String channel() {
    return channel;
  }

  /** Returns the published data, or null if there is none. */
  public @Nullable Payload data() {
    return data;
  }

  /** Returns the place in the history that the broker keeps, or null if it keeps none. */
  public @Nullable HistoryPosition position() {
    return position;
  }

  /**
   * Returns the encoding for {@code key}, created by {@code encoder} for the first subscriber that
   * needs it.
   *
   * @param key identifies the encoding; compared by identity
   */
  @SuppressWarnings("ReferenceEquality") // a codec is its own key, whatever its equals says
  public <E extends SharedEncoding> E encoding(
      Object key, Class<E> type, Function<ChannelMessage, E> encoder) {
    List<Shared> known = shared;
    if (known == null) {
      known = new ArrayList<>(2);
      shared = known;
    }
    for (Shared candidate : known) {
      if (candidate.key == key) {
        return type.cast(candidate.encoding);
      }
    }
    E encoding = encoder.apply(this);
    known.add(new Shared(key, encoding));
    return encoding;
  }

  /** Ends the message's own reference to its encodings: every subscriber has received it. */
  public void delivered() {
    if (shared != null) {
      shared.forEach(each -> each.encoding.release());
      shared = null;
    }
  }
}
