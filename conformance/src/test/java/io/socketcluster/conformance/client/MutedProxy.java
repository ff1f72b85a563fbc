// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Stands between clients and a server, and passes on what they say until it is muted: then clients
 * hear nothing more of the server, not even that it is gone.
 */
final class MutedProxy implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int ANY_PORT = 0;
  private static final int BACKLOG = 16;

  private final ServerSocket listening;
  private final int serverPort;
  private final Queue<Closeable> open = new ConcurrentLinkedQueue<>();
  private volatile boolean isMuted;

  private MutedProxy(ServerSocket listening, int serverPort) {
    this.listening = listening;
    this.serverPort = serverPort;
  }

  static MutedProxy to(int serverPort) {
    try {
      MutedProxy proxy = new MutedProxy(new ServerSocket(ANY_PORT, BACKLOG, LOOPBACK), serverPort);
      Thread.startVirtualThread(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  void mute() {
    isMuted = true;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        open.add(client);
        Socket server = new Socket(LOOPBACK, serverPort);
        open.add(server);
        Thread.startVirtualThread(() -> passToServer(client, server));
        Thread.startVirtualThread(() -> passToClient(server, client));
      }
    } catch (IOException e) {
      // The proxy is closed.
    }
  }

  private static void passToServer(Socket client, Socket server) {
    try (client;
        server) {
      client.getInputStream().transferTo(server.getOutputStream());
    } catch (IOException e) {
      // One end is gone, and the other is closed with it.
    }
  }

  private void passToClient(Socket server, Socket client) {
    try {
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        if (!isMuted) {
          out.write(buffer, 0, length);
        }
      }
      if (!isMuted) {
        client.close();
      }
    } catch (IOException e) {
      // One end is gone; the other direction notices.
    }
  }

  @Override
  public void close() {
    closeEnd(listening);
    open.forEach(MutedProxy::closeEnd);
  }

  private static void closeEnd(Closeable end) {
    try {
      end.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
