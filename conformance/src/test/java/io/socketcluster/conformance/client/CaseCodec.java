// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import io.socketcluster.codec.minbin.MinBinCodec;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.JsonCodec;

/** A codec that both ends have. */
enum CaseCodec {
  JSON("json", new JsonCodec()),
  MIN_BIN("min-bin", new MinBinCodec());

  private final String value;

  @SuppressWarnings("ImmutableEnumChecker") // engines are thread-safe and without a state
  private final CodecEngine engine;

  CaseCodec(String value, CodecEngine engine) {
    this.value = value;
    this.engine = engine;
  }

  /** Returns what the reference's server calls it on its command line. */
  String value() {
    return value;
  }

  CodecEngine engine() {
    return engine;
  }
}
