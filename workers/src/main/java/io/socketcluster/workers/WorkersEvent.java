// SPDX-License-Identifier: MIT
package io.socketcluster.workers;

/** An event of supervised workers. */
public sealed interface WorkersEvent {
  /**
   * All workers are ready for the first time.
   *
   * @param port their port
   * @param secure whether they speak TLS
   */
  record Ready(int port, boolean secure) implements WorkersEvent {}

  /**
   * A process has failed: it ended, it is hung, or its server has emitted an {@code error}.
   *
   * @param origin the process, such as {@code worker 1} or {@code broker}
   * @param pid its process id; -1 if it did not start
   * @param message what went wrong
   */
  record Fail(String origin, long pid, String message) implements WorkersEvent {}

  /**
   * A server has emitted a {@code warning}.
   *
   * @param origin the process, such as {@code worker 1}
   * @param pid its process id
   * @param message the warning
   */
  record Notice(String origin, long pid, String message) implements WorkersEvent {}

  /**
   * A worker is ready, for the first time or as a replacement.
   *
   * @param id the number of the worker
   * @param pid its process id
   */
  record Worker(int id, long pid) implements WorkersEvent {}

  /**
   * A worker process has ended.
   *
   * @param id the number of the worker
   * @param pid its process id
   * @param status its end, such as {@code exit code 1} or {@code signal SIGKILL}
   * @param expected whether the supervisor had told it to end
   */
  record Exit(int id, long pid, String status, boolean expected) implements WorkersEvent {}
}
