// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.protocol.DataMapper;

/** An object that receives and sends data as Java values. */
public interface TypedData {
  /** Returns the mapper between data and Java values. Callable from any thread. */
  default DataMapper dataMapper() {
    return DataMapper.STANDARD;
  }
}
