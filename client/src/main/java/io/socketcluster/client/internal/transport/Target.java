// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.transport;

import io.netty.handler.proxy.ProxyHandler;
import io.socketcluster.websocket.Deflation;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What is connected to, and how. Immutable.
 *
 * @param uri scheme {@code ws} or {@code wss}, host, port, path and query
 * @param hostname the host of the uri without brackets
 * @param port the port, also when the uri has none
 * @param headers sent besides those of the upgrade
 * @param ssl whom to trust; null: what the JVM trusts
 * @param proxy null: none
 * @param maxPayload the largest message in bytes
 * @param deflation offered to the server; null: messages are not compressed
 */
public record Target(
    URI uri,
    String hostname,
    int port,
    Map<String, List<String>> headers,
    @Nullable SSLContext ssl,
    @Nullable ProxySource proxy,
    int maxPayload,
    @Nullable Deflation deflation) {
  /** Makes the handler that speaks to a proxy. */
  @FunctionalInterface
  public interface ProxySource {
    /** Returns a new handler; may block to resolve the name of the proxy. */
    ProxyHandler create() throws UnknownHostException;
  }

  boolean secure() {
    return uri.getScheme().equals("wss");
  }
}
