// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.load;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/** The clients at a server, and how many messages have reached them. */
public final class LoadClients {
  private static final int OPENING_AT_A_TIME = 50;

  private final LoadClient.Factory factory;
  private final int port;
  private final int count;
  private final LongAdder messages = new LongAdder();

  public LoadClients(LoadClient.Factory factory, int port, int count) {
    this.factory = factory;
    this.port = port;
    this.count = count;
  }

  /** Returns how many clients there are. */
  public int count() {
    return count;
  }

  /** Returns how many messages have reached a client. */
  public long messages() {
    return messages.sum();
  }

  /** Opens all, and waits until they are open. */
  public void open() throws InterruptedException {
    CountDownLatch opened = new CountDownLatch(count);
    Semaphore opening = new Semaphore(OPENING_AT_A_TIME);
    for (int i = 0; i < count; i++) {
      opening.acquire();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  LoadClient client = factory.client(port);
                  client.open();
                  opening.release();
                  opened.countDown();
                  follow(client);
                } catch (IOException e) {
                  System.err.println("A client at port " + port + ": " + e);
                  System.exit(1); // figures of fewer clients would say nothing
                }
              });
    }
    opened.await();
  }

  @SuppressWarnings("InfiniteLoopStatement") // until the program ends
  private void follow(LoadClient client) throws IOException {
    while (true) {
      messages.add(client.await());
    }
  }
}
