// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The messages of the load generator, with a payload of so many bytes. */
final class Messages {
  static final String CHANNEL = "room0";

  private Messages() {}

  static String data(int size) {
    return "{\"t\":123456789012345,\"m\":0,\"p\":\"" + "x".repeat(size) + "\"}";
  }

  /** What a client sends to publish, and what every subscriber is sent. */
  static byte[] publish(int size) {
    String data = "{\"channel\":\"" + CHANNEL + "\",\"data\":" + data(size) + "}";
    return ("{\"event\":\"#publish\",\"data\":" + data + "}").getBytes(UTF_8);
  }

  static byte[] call(int size) {
    return ("{\"event\":\"echo\",\"data\":" + data(size) + ",\"cid\":7}").getBytes(UTF_8);
  }
}
