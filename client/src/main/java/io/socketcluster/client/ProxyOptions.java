// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import org.jspecify.annotations.Nullable;

/**
 * The proxy that a socket connects through. The proxy is given the name of the server and resolves
 * it. Immutable; the password is a secret, which {@link #toString} does not show.
 *
 * @param type how the proxy is spoken to
 * @param hostname where the proxy is
 * @param port its port
 * @param username null when the proxy asks for none
 * @param password null when the proxy asks for none
 */
public record ProxyOptions(
    Type type, String hostname, int port, @Nullable String username, @Nullable String password) {
  /** How a proxy is spoken to. */
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
    return new ProxyOptions(type, hostname, port, name, secret);
  }

  @Override
  public String toString() {
    return "ProxyOptions[" + type + ", " + hostname + ":" + port + "]";
  }
}
