// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import org.jspecify.annotations.Nullable;

/** Which path of a server leads where. Thread-safe. */
public interface Routes {
  /** Returns the endpoint of a path, or null. */
  @Nullable ServedEndpoint endpoint(String path);

  /** Returns the transports of other modules. */
  HttpMounts mounts();
}
