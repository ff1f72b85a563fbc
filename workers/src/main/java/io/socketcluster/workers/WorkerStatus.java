// SPDX-License-Identifier: MIT
package io.socketcluster.workers;

import java.time.Duration;

/**
 * The state of a worker process, as of its last report.
 *
 * @param id the number of the worker
 * @param pid the process id; -1 while there is no process
 * @param state {@code starting}, {@code ready}, {@code ending} or {@code waiting}: for its next
 *     start
 * @param connections sockets whose handshake is complete
 * @param handshakes sockets whose handshake is in progress
 * @param receivedPerSecond messages received in a second, between the last two reports
 * @param sentPerSecond messages sent in a second, between the last two reports
 * @param memory resident memory in bytes
 * @param restarts replacements of the worker so far, those of a reload included
 * @param uptime time since the process was ready; zero before
 */
public record WorkerStatus(
    int id,
    long pid,
    String state,
    int connections,
    int handshakes,
    double receivedPerSecond,
    double sentPerSecond,
    long memory,
    int restarts,
    Duration uptime) {}
