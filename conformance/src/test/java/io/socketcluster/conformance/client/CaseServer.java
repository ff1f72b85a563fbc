// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/**
 * A server for the cases, on a free port. What it offers is in {@code CaseProcedures} and in {@code
 * lib/reference/procedures.mjs}.
 */
interface CaseServer extends AutoCloseable {
  /** The key that it signs tokens with until a client sets another. */
  String AUTH_KEY = "the key of both servers, which a test may know";

  /** Starts a server. */
  @FunctionalInterface
  interface Starter {
    CaseServer start(CaseServerOptions options);
  }

  int port();

  @Override
  void close();
}
