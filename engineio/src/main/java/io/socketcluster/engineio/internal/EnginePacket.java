// SPDX-License-Identifier: MIT
package io.socketcluster.engineio.internal;

/** The types of the packets of Engine.IO, each the first character of a packet. */
final class EnginePacket {
  static final char OPEN = '0';
  static final char CLOSE = '1';
  static final char PING = '2';
  static final char PONG = '3';
  static final char MESSAGE = '4';
  static final char UPGRADE = '5';
  static final char NOOP = '6';

  private EnginePacket() {}
}
