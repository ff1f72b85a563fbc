// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

/**
 * Opens connections to a broker, one at a time. A connection that is lost is never mended: the
 * engine closes it and asks for another.
 */
public interface BrokerConnector {
  /** Returns the name of the broker for messages: its kind and its addresses, without secrets. */
  String description();

  /**
   * Opens a connection without subscriptions. Called on a thread of the engine, and may block as
   * long as the limit of the engine.
   *
   * @param events is told what happens on the connection, on any thread
   * @throws Exception when there is no broker, or when it refuses; the message names the setting
   *     that has to be changed
   */
  BrokerConnection connect(ConnectionEvents events) throws Exception;

  /** Returns whether the connections keep histories: false unless overridden. */
  default boolean keepsHistories() {
    return false;
  }

  /** Lets go of what the connections had in common; all of them are closed. */
  default void close() {}
}
