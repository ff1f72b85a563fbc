// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import io.socketcluster.workers.WorkersEvent;
import io.socketcluster.workers.internal.process.ExitStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The broker of the workers. A replacement has the ports of before, so that the workers, which
 * connect again by themselves, find it. Used on the supervisor's loop.
 */
final class BrokerSlot implements Child.Owner {
  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  private final SupervisorLoop loop;
  private final Launch launch;
  private final Report report;
  private final Listener listener;
  private final BackOff backOff = new BackOff(RandomGenerator.getDefault());
  private @Nullable Child current;
  private int statePort;
  private int brokerPort;
  private boolean closing;

  /** Learns where the broker is. */
  interface Listener {
    void ready(int statePort, int brokerPort);

    void failedToStart(String reason);

    void ended();
  }

  BrokerSlot(SupervisorLoop loop, Launch launch, Report report, Listener listener) {
    this.loop = loop;
    this.launch = launch;
    this.report = report;
    this.listener = listener;
  }

  void start() {
    if (closing) {
      return;
    }
    try {
      current = launch.broker(statePort, brokerPort, this);
    } catch (IOException e) {
      String reason = "the broker cannot be started: " + e.getMessage();
      fail(-1, reason);
      failToStart(reason);
      loop.later(backOff.next(Duration.ZERO), this::start);
    }
  }

  void close() {
    closing = true;
    if (current == null) {
      listener.ended();
    } else {
      current.end(END_LIMIT);
    }
  }

  long pid() {
    return current == null ? -1 : current.pid();
  }

  @Override
  public void message(Child child, JsonNode message) {
    if (message.path("type").stringValue("").equals("ready")) {
      child.ready();
      statePort = message.path("statePort").intValue(0);
      brokerPort = message.path("brokerPort").intValue(0);
      report.info("The broker is ready, process " + child.pid());
      listener.ready(statePort, brokerPort);
    }
  }

  @Override
  public void ended(Child child, ExitStatus status) {
    current = null;
    if (closing) {
      listener.ended();
      return;
    }
    String end = "The broker, process " + child.pid() + ", died: " + status;
    fail(child.pid(), end + launch.crash(child));
    failToStart("the broker ended before it was ready: " + status);
    loop.later(backOff.next(child.age()), this::start);
  }

  private void failToStart(String reason) {
    if (statePort == 0) {
      listener.failedToStart(reason);
    }
  }

  private void fail(long pid, String message) {
    report.error(message);
    report.event(new WorkersEvent.Fail("broker", pid, message));
  }
}
