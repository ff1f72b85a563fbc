// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.child;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.TlsOptions;
import io.socketcluster.workers.SocketClusterWorker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker as its supervisor sees it: reports, and ends when it is told to. Thread-safe. */
public final class ChildWorker {
  private static final Logger LOG = LoggerFactory.getLogger(ChildWorker.class);

  private final SupervisorLink link;
  private final SocketClusterWorker worker;
  private final AGServer agServer;
  private final Supplier<@Nullable TlsOptions> tls;
  private final AtomicBoolean ending = new AtomicBoolean();

  /**
   * Creates the link of a worker to its supervisor.
   *
   * @param tls reads the options of TLS again
   */
  public ChildWorker(
      SupervisorLink link, SocketClusterWorker worker, Supplier<@Nullable TlsOptions> tls) {
    this.link = link;
    this.worker = worker;
    this.agServer = worker.agServer();
    this.tls = tls;
  }

  /** Follows the server and the supervisor, before the application is run. */
  public void follow() {
    agServer.listener(AGServer.ERROR).consume(event -> report("fail", event.error()));
    agServer.listener(AGServer.WARNING).consume(event -> report("notice", event.warning()));
    link.follow(this::obey);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> LOG.error("Uncaught in the thread {}", thread.getName(), failure));
  }

  /** Tells that the port is open. */
  public void ready() {
    link.send(link.message("ready").put("port", agServer.port()).put("secure", agServer.secure()));
  }

  /** Reports the state again and again, on a virtual thread: it shows that these are run, too. */
  public void reportEvery(Duration interval, Traffic traffic) {
    Thread.startVirtualThread(
        () -> {
          try {
            while (true) {
              link.send(Status.of(link, agServer, traffic));
              Thread.sleep(interval);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void report(String type, Throwable problem) {
    if (type.equals("fail")) {
      LOG.error("An error of the server", problem);
    } else {
      LOG.debug("A warning of the server: {}", problem.toString());
    }
    link.send(link.message(type).put("message", problem.toString()));
  }

  private void obey(String command) {
    switch (command) {
      case "reloadTls" -> reloadTls();
      case "end" -> end();
      default -> LOG.warn("The supervisor sends an unknown command");
    }
  }

  private void reloadTls() {
    try {
      TlsOptions read = tls.get();
      if (read != null) {
        agServer.reloadTls(read);
        LOG.info("The certificate was read again");
      }
    } catch (RuntimeException e) {
      report("fail", e);
    }
  }

  private void end() {
    if (ending.compareAndSet(false, true)) {
      worker.close().whenComplete((done, failure) -> System.exit(failure == null ? 0 : 1));
    }
  }
}
