// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal;

import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.internal.http.RequestPath;
import io.socketcluster.server.internal.transport.HttpMounts;
import io.socketcluster.server.internal.transport.Routes;
import io.socketcluster.server.internal.transport.ServedEndpoint;
import io.socketcluster.server.internal.transport.WebSocketFormat;
import io.socketcluster.websocket.Deflation;
import io.socketcluster.websocket.ZipPool;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of a server, by path, what compresses for all of them, and the transports beside
 * them. Thread-safe.
 */
final class ServedEndpoints implements Routes {
  private final Map<String, ServedEndpoint> byPath;
  private final HttpMounts mounts = new HttpMounts();
  private final @Nullable Deflation deflation;

  /** Of one codec; the second is null when nothing is compressed. */
  private record Formats(WebSocketFormat plain, @Nullable WebSocketFormat compressed) {}

  ServedEndpoints(List<AGEndpoint> endpoints, @Nullable PerMessageDeflate deflate) {
    deflation = deflate == null ? null : deflation(deflate);
    IdentityHashMap<CodecEngine, Formats> formats = new IdentityHashMap<>();
    Map<String, ServedEndpoint> served = new HashMap<>();
    for (AGEndpoint endpoint : endpoints) {
      Formats format = formats.computeIfAbsent(endpoint.codecEngine(), this::formatsOf);
      served.put(endpoint.path(), new ServedEndpoint(endpoint, format.plain, format.compressed));
    }
    addSpellings(served);
    byPath = Map.copyOf(served);
  }

  private static Deflation deflation(PerMessageDeflate settings) {
    return new Deflation(
        settings.threshold(), ZipPool.deflaters(settings.level()), ZipPool.inflaters());
  }

  /** Proxies and old clients drop the slash at the end; a path of an endpoint's own comes first. */
  private static void addSpellings(Map<String, ServedEndpoint> served) {
    List.copyOf(served.values())
        .forEach(
            endpoint -> {
              String path = RequestPath.escaped(endpoint.settings().path());
              served.putIfAbsent(path, endpoint);
              served.putIfAbsent(RequestPath.withOtherEnd(path), endpoint);
            });
  }

  private Formats formatsOf(CodecEngine codec) {
    WebSocketFormat plain = new WebSocketFormat(codec.isBinary());
    return new Formats(plain, deflation == null ? null : plain.compressedBy(deflation));
  }

  /** Gives back what was kept to compress. */
  void close() {
    if (deflation != null) {
      deflation.close();
    }
  }

  @Override
  public @Nullable ServedEndpoint endpoint(String path) {
    return byPath.get(path);
  }

  @Override
  public HttpMounts mounts() {
    return mounts;
  }
}
