// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP request with which a socket came. Immutable.
 *
 * @param uri path and query as sent
 * @param headers the header fields, names in lower case
 * @param remoteAddress the address of the peer, or null when the transport has none
 */
public record UpgradeRequest(
    String uri, Map<String, List<String>> headers, @Nullable InetSocketAddress remoteAddress) {
  public UpgradeRequest {
    headers =
        headers.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, each -> List.copyOf(each.getValue())));
  }

  /** Returns the first value of a header field, or null; {@code name} in lower case. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? null : values.getFirst();
  }
}
