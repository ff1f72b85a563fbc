// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import io.socketcluster.workers.WorkersEvent;
import io.socketcluster.workers.internal.log.CentralLog;
import io.socketcluster.workers.internal.log.LogEntry.Level;
import io.socketcluster.workers.internal.log.LogEntry.Origin;
import java.util.function.Consumer;

/** The reports of a supervisor: entries of the log, and events for the application. */
final class Report {
  private final CentralLog log;
  private final Consumer<WorkersEvent> events;
  private final Origin self = new Origin("supervisor", -1, ProcessHandle.current().pid());

  Report(CentralLog log, Consumer<WorkersEvent> events) {
    this.log = log;
    this.events = events;
  }

  void info(String message) {
    log.add(Level.INFO, self, message);
  }

  void warn(String message) {
    log.add(Level.WARN, self, message);
  }

  void error(String message) {
    log.add(Level.ERROR, self, message);
  }

  /** Adds what a process has printed or reported. */
  void entry(Level level, Origin origin, String message) {
    log.add(level, origin, message);
  }

  void event(WorkersEvent event) {
    events.accept(event);
  }
}
