// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import java.util.Objects;

/**
 * The name of an event together with the type of what its listeners receive.
 *
 * @param name the name as SocketCluster documents it, for example {@code "connection"}
 * @param <E> the type of the event's payload
 */
@SuppressWarnings(
    "UnusedTypeParameter") // E is a phantom: it types AsyncStreamEmitter.listener(EventName)
public record EventName<E>(String name) {
  public EventName {
    Objects.requireNonNull(name, "name");
  }
}
