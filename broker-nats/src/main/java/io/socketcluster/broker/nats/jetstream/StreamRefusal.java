// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import io.socketcluster.protocol.errors.BrokerError;

/** JetStream has answered with an error. */
final class StreamRefusal extends BrokerError {
  static final int TOO_FEW_SERVERS = 10_005;
  static final int NO_MESSAGE = 10_037;
  static final int NAME_TAKEN = 10_058;
  static final int NO_STREAM = 10_059;
  static final int OTHER_STREAM = 10_060;
  static final int SUBJECTS_TAKEN = 10_065;
  static final int WRONG_SEQUENCE = 10_071;
  private static final int NOT_FOR_ACCOUNT = 10_039;
  private static final int NOT_ENABLED = 10_076;

  private static final long serialVersionUID = 1L;

  private final int code;

  StreamRefusal(int code, String description) {
    super(isDisabled(code) ? noJetStream(description) : "JetStream refuses: " + description);
    this.code = code;
  }

  private static boolean isDisabled(int code) {
    return code == NOT_FOR_ACCOUNT || code == NOT_ENABLED;
  }

  /** Returns what the operator has to change. */
  static String noJetStream(String reason) {
    return "NATS has no JetStream, which keeps the histories: start nats-server with -js, or put"
        + " 'jetstream {}' into its configuration and enable it for the account ("
        + reason
        + ")";
  }

  boolean is(int other) {
    return code == other;
  }
}
