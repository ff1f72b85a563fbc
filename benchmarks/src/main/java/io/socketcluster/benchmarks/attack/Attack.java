// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.attack;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An attack of several sockets, each with bytes of its own that follow its handshake. */
public enum Attack {
  /** Each socket subscribes to channels whose names have one {@link String#hashCode}. */
  COLLIDING_CHANNELS("1,000 channel names of one hash code each", 20) {
    @Override
    void write(ClientFrames frames, int socket) {
      subscribe(frames, socket, Attack::collidingName);
    }
  },

  /** The same with names that nobody chose: what the names of the others are compared with. */
  PLAIN_CHANNELS("1,000 channel names each", 20) {
    @Override
    void write(ClientFrames frames, int socket) {
      subscribe(frames, socket, index -> "a-channel-with-a-plain-name-" + index);
    }
  },

  /** A thousand bytes inflate to a million, a thousand times. */
  COMPRESSION_BOMBS("a thousand times 1 kB that inflates to 1 MB each", 10) {
    @Override
    void write(ClientFrames frames, int socket) {
      String text = transmit("bomb", '"' + "a".repeat(LARGE) + '"');
      byte[] bomb = new ClientFrames().compressed(text).bytes();
      IntStream.range(0, BOMBS).forEach(index -> frames.append(bomb));
    }
  },

  /** One message holds as many publishes as fit. */
  PUBLISH_BATCHES("a batch of 1 MB with 23,000 publishes each", 5) {
    @Override
    void write(ClientFrames frames, int socket) {
      frames.text(batch(index -> "{\"event\":\"#publish\",\"data\":{\"channel\":\"c\"}}"));
    }
  },

  /** One message holds as many calls of a procedure as fit. */
  CALL_BATCHES("a batch of 1 MB with 24,000 calls each", 5) {
    @Override
    void write(ClientFrames frames, int socket) {
      frames.text(batch(index -> "{\"event\":\"echo\",\"data\":1,\"cid\":" + (index + 2) + "}"));
    }
  },

  /** Subscribes and unsubscribes in one message. */
  SUBSCRIBE_BATCHES("a batch of 1 MB with 8,000 subscribes and unsubscribes each", 5) {
    @Override
    void write(ClientFrames frames, int socket) {
      frames.text(
          batch(
              index ->
                  "{\"event\":\"#%s\",\"data\":{\"channel\":\"s%d-%d\"},\"cid\":%d}"
                      .formatted(
                          index % 2 == 0 ? "subscribe" : "unsubscribe",
                          socket,
                          index / 2,
                          index + 2)));
    }
  },

  /** Many small messages, as they fit into one read. */
  SMALL_MESSAGES("40,000 messages of 22 bytes each", 10) {
    @Override
    void write(ClientFrames frames, int socket) {
      byte[] message = new ClientFrames().text("{\"event\":\"a\",\"data\":1}").bytes();
      IntStream.range(0, MESSAGES).forEach(index -> frames.append(message));
    }
  },

  /** Pings of the WebSocket protocol, which no procedure sees. */
  PINGS("40,000 pings each", 10) {
    @Override
    void write(ClientFrames frames, int socket) {
      byte[] ping = new ClientFrames().ping().bytes();
      IntStream.range(0, MESSAGES).forEach(index -> frames.append(ping));
    }
  },

  /** Calls whose data is a tree of 35 MB for a handler that reads it. */
  TREES("calls with 1 MB of [{},{},...] for a procedure that reads it", 10) {
    @Override
    void write(ClientFrames frames, int socket) {
      String tree = "{},".repeat(LARGE / 3 - 1);
      frames.text("{\"event\":\"tree\",\"data\":[" + tree + "{}],\"cid\":2}");
    }
  };

  private static final int CHANNELS = 1_000;
  private static final int BOMBS = 1_000;
  private static final int MESSAGES = 40_000;
  private static final int LARGE = 1_000_000;

  /** Two to the power of it is more than all channels of all sockets. */
  private static final int PAIRS = 15;

  /** The load generator waits for its answer. */
  private static final String LAST_CALL = "{\"event\":\"echo\",\"data\":1,\"cid\":424242}";

  private final String title;
  private final int sockets;

  Attack(String title, int sockets) {
    this.title = title;
    this.sockets = sockets;
  }

  /** Appends what one socket sends. */
  abstract void write(ClientFrames frames, int socket);

  /** Returns what it is, for a table. */
  public String title() {
    return sockets + " sockets send " + title;
  }

  /** Returns how many sockets it takes. */
  public int sockets() {
    return sockets;
  }

  /**
   * Writes the file that the load generator plays: the bytes of each socket behind their length.
   */
  public void writeTo(Path file) throws IOException {
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      for (int socket = 0; socket < sockets; socket++) {
        ClientFrames frames = new ClientFrames();
        write(frames, socket);
        byte[] block = frames.text(LAST_CALL).bytes();
        out.writeInt(block.length);
        out.write(block);
      }
    }
  }

  private static void subscribe(ClientFrames frames, int socket, IntFunction<String> names) {
    for (int i = 0; i < CHANNELS; i++) {
      String name = names.apply(socket * CHANNELS + i);
      frames.text(
          "{\"event\":\"#subscribe\",\"data\":{\"channel\":\""
              + name
              + "\"},\"cid\":"
              + (i + 2)
              + "}");
    }
  }

  /** "Aa" and "BB" have one hash code, and so has whatever is made of as many of them. */
  static String collidingName(int index) {
    return IntStream.range(0, PAIRS)
        .mapToObj(bit -> (index >> bit & 1) == 0 ? "Aa" : "BB")
        .collect(Collectors.joining());
  }

  private static String transmit(String event, String data) {
    return "{\"event\":\"" + event + "\",\"data\":" + data + "}";
  }

  /** Returns a batch of a million bytes. */
  private static String batch(IntFunction<String> packets) {
    List<String> all = new ArrayList<>();
    int length = 0;
    while (length < LARGE) {
      String next = packets.apply(all.size());
      all.add(next);
      length += next.length() + 1;
    }
    return "[" + String.join(",", all) + "]";
  }
}
