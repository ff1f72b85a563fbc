// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.spring;

import io.socketcluster.benchmarks.load.LoadClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** Some clients that call: each has one call under way, and the next follows on its answer. */
final class Calls {
  private static final Duration QUIET = Duration.ofMillis(200);

  private final int callers;
  private final List<SpringClient> clients = new CopyOnWriteArrayList<>();
  private volatile boolean areUnderWay;

  Calls(int callers) {
    this.callers = callers;
  }

  /** Returns the client, which takes part in the calls if there are not enough yet. */
  LoadClient withCalls(SpringClient client) {
    clients.add(client);
    return new LoadClient() {
      @Override
      public void open() throws IOException {
        client.open();
      }

      @Override
      public int await() throws IOException {
        int messages = client.await();
        if (messages > 0 && areUnderWay) {
          client.call();
        }
        return messages;
      }
    };
  }

  /** Has the clients call for some time. Nothing may be published meanwhile. */
  void run(Duration time) throws IOException, InterruptedException {
    areUnderWay = true;
    for (SpringClient client : clients.subList(0, callers)) {
      client.call();
    }
    Thread.sleep(time);
    areUnderWay = false;
  }

  /** Waits until no answer comes any more. */
  void settle(LongSupplier answers) throws InterruptedException {
    long before;
    do {
      before = answers.getAsLong();
      Thread.sleep(QUIET);
    } while (answers.getAsLong() > before);
  }
}
