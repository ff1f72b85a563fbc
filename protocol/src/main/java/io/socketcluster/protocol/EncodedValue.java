// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import tools.jackson.databind.JsonNode;

/**
 * A value in the form in which a codec other than JSON received it. Each codec recognises the class
 * of its own, to write the value as it came. Immutable and thread-safe.
 */
public interface EncodedValue {
  /**
   * The value as a tree that nobody changes; bytes are binary nodes. Never fails: the codec checked
   * what it received. At most 1000 levels deep, as JSON.
   */
  JsonNode toNode();

  /** Returns how many bytes the value has in this form, or 0 when that is unknown. */
  default int size() {
    return 0;
  }

  /** Returns a copy without the message around this value if that is much larger, else this. */
  default EncodedValue compact() {
    return this;
  }

  /** Adds what this value keeps in memory: the message that it came in, as a rule. */
  void addTo(Footprint footprint);
}
