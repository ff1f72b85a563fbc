// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.socketcluster.server.spi.HttpTransport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The transports of other modules on the HTTP port of a server. Thread-safe. */
public final class HttpMounts {
  private final List<HttpTransport> transports = new CopyOnWriteArrayList<>();
  private final FirstWords firstWords = new FirstWords();

  /** Returns what is answered though it is no HTTP. */
  public FirstWords firstWords() {
    return firstWords;
  }

  /** Adds a transport behind the others. */
  public void add(HttpTransport transport) {
    transports.add(transport);
  }

  /** Returns whether there is none. */
  public boolean isEmpty() {
    return transports.isEmpty();
  }

  /** Returns the first transport that claims the path of a request, or null. */
  public @Nullable HttpTransport claiming(String path) {
    for (HttpTransport transport : transports) {
      if (transport.claims(path)) {
        return transport;
      }
    }
    return null;
  }
}
