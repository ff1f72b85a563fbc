// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.heartbeat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The pings there are, and their pongs, in the order in which a client is asked for them. */
public enum PingForm {
  /** Clients of version 2. */
  EMPTY("", ""),

  /** Clients of version 1, from 3.0 on. */
  HASH("#1", PingForm.HASH_PONG),

  /** Clients 2.x. */
  DIGIT("1", "2");

  static final int LONGEST_PONG = 2;

  /** The pong of version 1 from client 3.0 on. */
  public static final String HASH_PONG = "#2";

  private static final byte[] HASH_PONG_BYTES = HASH_PONG.getBytes(US_ASCII);

  private final String ping;
  private final String pong;

  PingForm(String ping, String pong) {
    this.ping = ping;
    this.pong = pong;
  }

  /** Returns the text of the ping. */
  public String ping() {
    return ping;
  }

  /** Returns the form of the clients before those of this one, or null. */
  @Nullable PingForm next() {
    return switch (this) {
      case EMPTY -> HASH;
      case HASH -> DIGIT;
      case DIGIT -> null;
    };
  }

  /** Returns whether a message is the pong of version 1 as it stands, encoded by no codec. */
  public static boolean isHashPong(byte[] message) {
    return Arrays.equals(message, HASH_PONG_BYTES);
  }

  static @Nullable PingForm ofPong(byte[] message) {
    return message.length > LONGEST_PONG ? null : ofPong(new String(message, US_ASCII));
  }

  static @Nullable PingForm ofPong(String message) {
    for (PingForm form : values()) {
      if (form.pong.equals(message)) {
        return form;
      }
    }
    return null;
  }
}
