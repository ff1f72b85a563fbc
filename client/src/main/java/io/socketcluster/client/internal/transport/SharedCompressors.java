// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.transport;

import io.socketcluster.websocket.Deflation;
import io.socketcluster.websocket.ZipPool;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The compressors that all client sockets of a JVM share: at most one for each core and level, and
 * as many that inflate. They stay, as the event loops do. Thread-safe.
 */
public final class SharedCompressors {
  private static final ZipPool<Inflater> INFLATERS = ZipPool.inflaters();
  private static final Map<Integer, ZipPool<Deflater>> DEFLATERS = new ConcurrentHashMap<>();

  private SharedCompressors() {}

  /**
   * Returns what compresses the messages of a socket.
   *
   * @param threshold the size of the smallest message that is compressed
   * @param level 1 to 9
   */
  public static Deflation of(int threshold, int level) {
    return new Deflation(
        threshold, DEFLATERS.computeIfAbsent(level, ZipPool::deflaters), INFLATERS);
  }
}
