// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal;

import io.socketcluster.workers.SocketClusterWorkers;
import io.socketcluster.workers.internal.control.ControlClient;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;

/** The workers of another process, by its control socket. */
public final class RemoteWorkers implements SocketClusterWorkers.Control {
  private final Path directory;

  private RemoteWorkers(Path directory) {
    this.directory = directory;
  }

  /** Returns the control of the supervisor of a directory. */
  public static RemoteWorkers of(Path directory) {
    return new RemoteWorkers(directory);
  }

  @Override
  public String status() throws IOException {
    return ControlClient.call(directory, "status").toString();
  }

  @Override
  public void reload() throws IOException {
    ControlClient.call(directory, "reload");
  }

  @Override
  public void reloadTls() throws IOException {
    ControlClient.call(directory, "reloadTls");
  }

  @Override
  public void stop() throws IOException {
    try {
      ControlClient.call(directory, "stop");
    } catch (EOFException e) {
      // its end was faster than its answer
    }
  }
}
