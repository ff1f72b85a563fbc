// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

/** Leaves the scanner: the message breaks the grammar of RFC 8259, so it is raw text. */
final class NotJsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotJsonException() {
    super(null, null, false, false); // no stack trace: it costs and says nothing
  }
}
