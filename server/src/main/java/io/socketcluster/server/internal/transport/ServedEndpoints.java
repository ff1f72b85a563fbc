// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.server.AGEndpoint;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The endpoints of a server, by path. Immutable. */
public final class ServedEndpoints {
  private final Map<String, ServedEndpoint> byPath;

  public ServedEndpoints(List<AGEndpoint> endpoints) {
    IdentityHashMap<CodecEngine, WireFormat> formats = new IdentityHashMap<>();
    Map<String, ServedEndpoint> served = new HashMap<>();
    for (AGEndpoint endpoint : endpoints) {
      WireFormat format = formats.computeIfAbsent(endpoint.codecEngine(), WireFormat::new);
      served.put(endpoint.path(), new ServedEndpoint(endpoint, format));
    }
    byPath = Map.copyOf(served);
  }

  /** Returns the endpoint of a path, or null. */
  public @Nullable ServedEndpoint at(String path) {
    return byPath.get(path);
  }
}
