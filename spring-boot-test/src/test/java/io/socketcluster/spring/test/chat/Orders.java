// SPDX-License-Identifier: MIT
package io.socketcluster.spring.test.chat;

/** Stores orders: in a database, say. */
public interface Orders {
  /** Stores one. */
  int add(String item);
}
