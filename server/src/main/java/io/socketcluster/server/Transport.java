// SPDX-License-Identifier: MIT
package io.socketcluster.server;

/** How a listening server talks to the operating system. */
public enum Transport {
  /** {@link #EPOLL} where there is one, else {@link #NIO}. */
  AUTO,

  /** The io_uring of Linux 5.14 and later; many hosts of containers forbid it. */
  IO_URING,

  /** The epoll of Linux. */
  EPOLL,

  /** What Java itself has, on every system. */
  NIO
}
