// SPDX-License-Identifier: MIT
package io.socketcluster.server;

/** The I/O mechanism of a listening server. */
public enum Transport {
  /** {@link #EPOLL} if it is available, otherwise {@link #NIO}. */
  AUTO,

  /** The io_uring of Linux 5.14 and later. Many container hosts forbid it. */
  IO_URING,

  /** The epoll of Linux. */
  EPOLL,

  /** The I/O of the JDK, available on every system. */
  NIO
}
