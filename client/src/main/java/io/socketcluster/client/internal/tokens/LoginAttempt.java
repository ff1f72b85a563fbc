// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.tokens;

/** A token that the application gave, on its way to the server and back. Event loop only. */
final class LoginAttempt {
  private static final long NOT_SENT = 0;

  private final String token;
  private long number = NOT_SENT;

  LoginAttempt(String token) {
    this.token = token;
  }

  String token() {
    return token;
  }

  /** It is sent as this one of the changes that the application asks for, counted from 1. */
  void sentAs(long change) {
    number = change;
  }

  long number() {
    return number;
  }

  /** Returns whether it was taken back before it was sent. */
  boolean isWithdrawn() {
    return number == NOT_SENT;
  }

  boolean isBefore(long change) {
    return number < change;
  }
}
