// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.internal.transport.ServedEndpoint;
import io.socketcluster.server.internal.transport.WireFormat;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The endpoints of a server, by path. Immutable. */
final class ServedEndpoints {
  private final Map<String, ServedEndpoint> byPath;

  ServedEndpoints(List<AGEndpoint> endpoints) {
    IdentityHashMap<CodecEngine, WireFormat> formats = new IdentityHashMap<>();
    Map<String, ServedEndpoint> served = new HashMap<>();
    for (AGEndpoint endpoint : endpoints) {
      WireFormat format =
          formats.computeIfAbsent(
              endpoint.codecEngine(), codec -> new WireFormat(codec.isBinary()));
      served.put(endpoint.path(), new ServedEndpoint(endpoint, format));
    }
    byPath = Map.copyOf(served);
  }

  /** Returns the endpoint of a path, or null. */
  @Nullable ServedEndpoint at(String path) {
    return byPath.get(path);
  }
}
