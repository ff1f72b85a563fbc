// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that a socket connects through. The proxy resolves the server's name. Immutable; the
 * password is a secret, which {@link #toString} omits.
 *
 * @param type the protocol of the proxy
 * @param hostname the host of the proxy
 * @param port the port of the proxy
 * @param username null if the proxy requires none
 * @param password null if the proxy requires none
 */
public record ProxyOptions(
    Type type, String hostname, int port, @Nullable String username, @Nullable String password) {
  /** The protocol of a proxy. */
  public enum Type {
    /** HTTP with the method {@code CONNECT} (RFC 9110, 9.3.6). */
    HTTP,
    /** SOCKS version 5 (RFC 1928). */
    SOCKS5
  }

  /** Returns an HTTP proxy. */
  public static ProxyOptions http(String hostname, int port) {
    return new ProxyOptions(Type.HTTP, hostname, port, null, null);
  }

  /** Returns a SOCKS 5 proxy. */
  public static ProxyOptions socks5(String hostname, int port) {
    return new ProxyOptions(Type.SOCKS5, hostname, port, null, null);
  }

  /** Returns this proxy with a user and a password. */
  public ProxyOptions withCredentials(String name, String secret) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(secret, "secret");
    return new ProxyOptions(type, hostname, port, name, secret);
  }

  @Override
  public String toString() {
    return "ProxyOptions[" + type + ", " + hostname + ":" + port + "]";
  }
}
