// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.conformance.ChildProcess;
import io.socketcluster.conformance.ReverseProxy;
import io.socketcluster.testkit.RawServer;
import io.socketcluster.testkit.TcpRelay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

/** Leads clients to an application, and to the next one when that drains. */
sealed interface Balancer extends AutoCloseable {
  int port();

  /** Is told before the first application stops. */
  void firstStops();

  @Override
  void close();

  /** Returns nginx with the configuration of the examples, or a relay where it is not installed. */
  static Balancer between(int first, int next, Path directory) throws IOException {
    return ReverseProxy.NGINX.isInstalled()
        ? Nginx.start(first, next, directory)
        : new Relay(TcpRelay.to(first), next);
  }

  /** The next one is a backup, so that all clients begin at the first; times as in the example. */
  record Nginx(int port, ChildProcess process) implements Balancer {
    private static Nginx start(int first, int next, Path directory) throws IOException {
      int port = RawServer.freePort();
      ChildProcess process =
          ReverseProxy.NGINX.start(
              directory,
              port,
              List.of(first, next),
              configuration ->
                  configuration
                      .replace(next + " max_fails=0", next + " max_fails=0 backup")
                      .replace("5s", "60s"));
      await().until(() -> process.hasEnded() || isOpen(port));
      assertThat(process.hasEnded()).as(process.output()).isFalse();
      return new Nginx(port, process);
    }

    private static boolean isOpen(int port) {
      try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return probe.isConnected();
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public void firstStops() {
      // It learns of that from the answer 503.
    }

    @Override
    public void close() {
      process.close();
    }
  }

  /** It has to be told where to lead. */
  record Relay(TcpRelay relay, int next) implements Balancer {
    @Override
    public int port() {
      return relay.port();
    }

    @Override
    public void firstStops() {
      relay.leadTo(next);
    }

    @Override
    public void close() {
      relay.close();
    }
  }
}
