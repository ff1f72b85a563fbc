// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

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
  private @Nullable List<Shared> shared;

  private record Shared(Object key, SharedEncoding encoding) {}

  /** What subscribers share of a message, for example a frame ready to be sent. */
  @FunctionalInterface
  public interface SharedEncoding {
    /** Lets go of the hold that the message itself had. */
    void release();
  }

  /**
   * Creates a message.
   *
   * @param channel the channel it was published to
   * @param data what was published, or null when nothing was
   */
  public ChannelMessage(String channel, @Nullable Payload data) {
    this.channel = channel;
    this.data = data;
  }

  /** Returns the name of the channel. */
  public String channel() {
    return channel;
  }

  /** Returns what was published, or null when nothing was. */
  public @Nullable Payload data() {
    return data;
  }

  /**
   * Returns the encoding for {@code key}, made by {@code encoder} for the first who asks.
   *
   * @param key what makes encodings the same, compared by identity
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

  /** Ends the message's own hold on its encodings: every subscriber has been given it. */
  public void delivered() {
    if (shared != null) {
      shared.forEach(each -> each.encoding.release());
      shared = null;
    }
  }
}
