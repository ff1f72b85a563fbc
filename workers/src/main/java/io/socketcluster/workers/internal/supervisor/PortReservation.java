// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Holds the port of the workers: a socket that is bound but does not listen. The kernel gives it no
 * connection, and the port stays with this user while no worker listens.
 */
final class PortReservation implements AutoCloseable {
  private final SocketChannel channel;

  private PortReservation(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Reserves a port; 0 takes any free port.
   *
   * @throws IOException if the port is taken, or if the system cannot share ports
   */
  static PortReservation of(@Nullable String host, int port) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      if (!channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
        throw new IOException("this system does not let processes share a port");
      }
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      channel.bind(host == null ? new InetSocketAddress(port) : new InetSocketAddress(host, port));
      return new PortReservation(channel);
    } catch (IOException e) {
      channel.close();
      throw new IOException("cannot listen on port " + port + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  int port() throws IOException {
    return channel.getLocalAddress() instanceof InetSocketAddress address ? address.getPort() : 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
