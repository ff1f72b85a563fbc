// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.protocol.DataMapper;

/** What receives and sends data as Java values. */
public interface TypedData {
  /** Returns what turns data into Java values, and values into data. Any thread. */
  default DataMapper dataMapper() {
    return DataMapper.STANDARD;
  }
}
