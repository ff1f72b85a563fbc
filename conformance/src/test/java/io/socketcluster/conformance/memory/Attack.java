// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.memory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;

/** Something that a server keeps for its clients, and clients that make it keep too much of it. */
enum Attack {
  MESSAGES_THAT_ARE_NO_PACKETS(8) {
    @Override
    void run(int port, Patience patience) throws IOException {
      try (HostileClient client = HostileClient.openLate(port)) {
        repeat(patience, number -> client.send(MEGABYTE));
      }
    }
  },
  MESSAGES_THAT_INFLATE(8) {
    @Override
    void run(int port, Patience patience) throws IOException {
      try (HostileClient client = HostileClient.openLate(port)) {
        repeat(patience, number -> client.sendCompressed(SQUEEZED));
      }
    }
  },
  SUBSCRIPTIONS_THAT_WAIT_FOR_A_LOGIN(4) {
    @Override
    void run(int port, Patience patience) throws IOException {
      try (HostileClient client = HostileClient.open(port)) {
        client.send("{\"event\":\"login\",\"cid\":2}");
        patience.await(300);
        repeat(patience, number -> client.send(subscription("w" + number, "true")));
      }
    }
  },
  UNFINISHED_MESSAGES(200) {
    @Override
    void run(int port, Patience patience) throws IOException {
      try (HostileClient client = HostileClient.open(port)) {
        client.begin(MEGABYTE, 900_000);
        patience.awaitEnd();
      }
    }
  },
  OPTIONS_OF_SUBSCRIPTIONS(8) {
    @Override
    void run(int port, Patience patience) throws IOException {
      try (HostileClient client = HostileClient.openLate(port)) {
        repeat(patience, number -> client.send(subscription("s" + number, "false")));
      }
    }
  },
  BATCHES_OF_WHICH_ONE_PACKET_IS_KEPT(8) {
    @Override
    void run(int port, Patience patience) throws IOException {
      try (HostileClient client = HostileClient.openLate(port)) {
        String batch =
            "[{\"event\":\"nobody\",\"data\":1},{\"event\":\"#x\",\"data\":\"" + MEGABYTE + "\"}]";
        repeat(patience, number -> client.send(batch));
      }
    }
  },
  LONG_NAMES_OF_EVENTS(8) {
    @Override
    void run(int port, Patience patience) throws IOException {
      try (HostileClient client = HostileClient.openLate(port)) {
        repeat(patience, number -> client.send("{\"event\":\"" + number + MEGABYTE + "\"}"));
      }
    }
  },
  CALLS_WITHOUT_AN_ANSWER(8) {
    @Override
    void run(int port, Patience patience) throws IOException {
      try (HostileClient client = HostileClient.open(port)) {
        repeat(patience, number -> client.send(call("never", number)));
      }
    }
  },
  ANSWERS_THAT_ARE_NOT_READ(50) {
    @Override
    void run(int port, Patience patience) throws IOException {
      try (HostileClient client = HostileClient.open(port)) {
        repeat(patience, number -> client.send(call("echo", number)));
      }
    }
  },
  SLOW_HANDLERS(20) {
    @Override
    void run(int port, Patience patience) throws IOException {
      String message = "{\"event\":\"slow\",\"data\":\"" + MEGABYTE + "\"}";
      try (HostileClient client = HostileClient.open(port)) {
        repeat(patience, number -> client.send(message));
      }
    }
  },
  BAD_TOKENS(8) {
    @Override
    void run(int port, Patience patience) throws IOException {
      String message = "{\"event\":\"#authenticate\",\"data\":\"" + MEGABYTE + "\",\"cid\":9}";
      try (HostileClient client = HostileClient.openLate(port)) {
        repeat(patience, number -> client.send(message));
      }
    }
  },
  MANY_CHANNELS_WITH_LONG_NAMES(20) {
    @Override
    void run(int port, Patience patience) throws IOException {
      String name = "%06d-%s-" + "c".repeat(4000);
      try (HostileClient client = HostileClient.open(port)) {
        repeat(
            patience,
            number -> {
              String channel = name.formatted(number % 1000, System.identityHashCode(client));
              client.send("{\"event\":\"#subscribe\",\"data\":{\"channel\":\"" + channel + "\"}}");
            });
      }
    }
  },
  HALF_OF_A_HEAD(1000) {
    @Override
    void run(int port, Patience patience) throws IOException {
      try (HostileClient client = HostileClient.tcp(port)) {
        client.write(("GET / HTTP/1.1\r\nx: " + "y".repeat(7000)).getBytes(ISO_8859_1));
        patience.awaitEnd();
      }
    }
  },
  SOCKETS_THAT_LEAVE_WHAT_IS_KEPT(20) {
    @Override
    void run(int port, Patience patience) throws IOException {
      repeat(
          patience,
          ignored -> {
            try (HostileClient client = HostileClient.openLate(port)) {
              for (int i = 0; i < 4; i++) {
                client.send(MEGABYTE);
              }
            }
          });
    }
  };

  private static final String MEGABYTE = "x".repeat(1_000_000);
  private static final byte[] SQUEEZED = HostileClient.deflated(MEGABYTE);

  private final int clients;

  Attack(int clients) {
    this.clients = clients;
  }

  /** Returns how many clients do so at the same time. */
  int clients() {
    return clients;
  }

  /** Is one client; it may be cut off. */
  abstract void run(int port, Patience patience) throws IOException;

  private static String subscription(String channel, String waits) {
    return "{\"event\":\"#subscribe\",\"data\":{\"channel\":\""
        + channel
        + "\",\"waitForAuth\":"
        + waits
        + ",\"data\":\""
        + MEGABYTE
        + "\"},\"cid\":5}";
  }

  private static String call(String procedure, int number) {
    int cid = number + 10;
    return "{\"event\":\"%s\",\"data\":\"%s\",\"cid\":%d}".formatted(procedure, MEGABYTE, cid);
  }

  private static void repeat(Patience patience, Step step) throws IOException {
    for (int number = 0; !patience.isOver(); number++) {
      step.run(number);
    }
  }

  /** One step of many. */
  private interface Step {
    void run(int number) throws IOException;
  }

  /** How long an attack lasts. */
  record Patience(long endNanos) {
    boolean isOver() {
      return System.nanoTime() - endNanos >= 0;
    }

    void awaitEnd() {
      await(Math.max(0, (endNanos - System.nanoTime()) / 1_000_000));
    }

    void await(long millis) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
