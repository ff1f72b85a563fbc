// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The web pages that may connect. Immutable. */
public final class Origins {
  private static final String ANY = "*";
  private static final int HIGHEST_PORT = 65_535;

  private final Set<String> allowed;
  private final boolean all;

  /**
   * @param allowed as {@link #isAllowable} wants them
   */
  public Origins(List<String> allowed) {
    this.allowed =
        allowed.stream()
            .map(Origins::normalized)
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet());
    this.all = this.allowed.contains("*:*");
  }

  /** Returns whether a text is {@code host:port}, with {@code *} for any host or any port. */
  public static boolean isAllowable(String text) {
    return normalized(text) != null;
  }

  private static @Nullable String normalized(String text) {
    int colon = text.lastIndexOf(':');
    String host = hostIn(text.substring(0, Math.max(0, colon)));
    String port = text.substring(colon + 1);
    return host == null || !isPort(port) ? null : host + ":" + port;
  }

  private static @Nullable String hostIn(String text) {
    return text.equals(ANY) ? ANY : HostName.of(text);
  }

  private static boolean isPort(String text) {
    if (text.equals(ANY)) {
      return true;
    }
    return text.matches("[1-9]\\d{0,4}") && Integer.parseInt(text) <= HIGHEST_PORT;
  }

  /**
   * Returns whether a client may connect.
   *
   * @param headers the values of its {@code Origin} headers: none when it is no browser, {@code
   *     null} when the page has no origin that it wants to tell
   */
  public boolean allow(List<String> headers) {
    return all || headers.isEmpty() || (headers.size() == 1 && allows(headers.getFirst()));
  }

  private boolean allows(String header) {
    Origin origin = Origin.of(header);
    return origin != null
        && (allowed.contains(origin.host() + ":" + origin.port())
            || allowed.contains(origin.host() + ":" + ANY)
            || allowed.contains(ANY + ":" + origin.port()));
  }
}
