// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Carries TCP connections to a port, until they are frozen: then nothing arrives any more. */
public final class Cable implements AutoCloseable {
  private static final int ANY_PORT = 0;
  private static final int BACKLOG = 50;

  private final ServerSocket listening;
  private final int target;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final LongAdder carried = new LongAdder();
  private volatile boolean isCut;

  /** The two ends of one connection. */
  private record Link(Socket near, Socket far, FrozenFlag frozen) {}

  private static final class FrozenFlag {
    private volatile boolean set;
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  /** Begins to carry. */
  public Cable(int target) throws IOException {
    this.target = target;
    this.listening = new ServerSocket(ANY_PORT, BACKLOG, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Carries nothing more of the connections that there are, and ends none of them. */
  public void freeze() {
    links.forEach(link -> link.frozen().set = true);
  }

  /** Carries nothing, also of connections that are made from now on, until {@link #heal}. */
  public void cut() {
    isCut = true;
    freeze();
  }

  /** Carries new connections again; those of before are lost. */
  public void heal() {
    isCut = false;
    List<Link> lost = links.stream().filter(link -> link.frozen().set).toList();
    links.removeAll(lost);
    lost.forEach(Cable::close);
  }

  private static void close(Link link) {
    try {
      link.near().close();
      link.far().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket near = listening.accept();
      try {
        link(near, new Socket(InetAddress.getLoopbackAddress(), target));
      } catch (IOException e) { // nobody listens there now
        near.close();
      }
    }
  }

  private void link(Socket near, Socket far) {
    Link link = new Link(near, far, new FrozenFlag());
    links.add(link);
    if (isCut) { // looked at afterwards: cut() freezes all that are known
      link.frozen().set = true;
    }
    start(() -> carry(link, link.near(), link.far()));
    start(() -> carry(link, link.far(), link.near()));
  }

  private static void start(Work work) {
    Thread.startVirtualThread(
        () -> {
          try {
            work.run();
          } catch (IOException e) {
            // one end was closed
          }
        });
  }

  /** Returns how many bytes it has carried, in both directions together. */
  public long carriedBytes() {
    return carried.sum();
  }

  private void carry(Link link, Socket from, Socket to) throws IOException {
    byte[] bytes = new byte[8192];
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    try {
      for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
        if (!link.frozen().set) {
          carried.add(length);
          out.write(bytes, 0, length);
        }
      }
    } finally {
      if (!link.frozen().set) {
        to.close();
      }
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    links.forEach(Cable::close);
  }
}
