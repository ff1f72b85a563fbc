// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.heartbeat;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.server.AGEndpoint;
import org.jspecify.annotations.Nullable;

/** What is known of a client: the forms that may be its own, and the version that follows. */
enum PingForms {
  /** The transport of the client pings, and the server does not. */
  NONE(ProtocolVersion.V0, PingForm.EMPTY, PingForm.EMPTY),
  ALL(ProtocolVersion.DETECT, PingForm.EMPTY, PingForm.DIGIT),
  VERSION_ONE(ProtocolVersion.V1, PingForm.HASH, PingForm.DIGIT),
  EMPTY_ONLY(ProtocolVersion.V2, PingForm.EMPTY, PingForm.EMPTY),
  HASH_ONLY(ProtocolVersion.V1, PingForm.HASH, PingForm.HASH),

  /** The Objective-C client answers the ping of its time with the pong of the clients before it. */
  HASH_BY_DIGIT(ProtocolVersion.V1, PingForm.HASH, PingForm.HASH),
  DIGIT_ONLY(ProtocolVersion.V1, PingForm.DIGIT, PingForm.DIGIT);

  private final ProtocolVersion version;
  private final PingForm first;
  private final PingForm last;

  PingForms(ProtocolVersion version, PingForm first, PingForm last) {
    this.version = version;
    this.first = first;
    this.last = last;
  }

  /** Clients 2.x know JSON only; another codec could choke on what is not encoded by it. */
  static PingForms of(AGEndpoint endpoint) {
    return switch (endpoint.protocolVersion()) {
      case V0 -> NONE;
      case V2 -> EMPTY_ONLY;
      case V1 -> endpoint.codecEngine() instanceof JsonCodec ? VERSION_ONE : HASH_ONLY;
      case DETECT -> ALL;
    };
  }

  ProtocolVersion version() {
    return version;
  }

  boolean isSettled() {
    return first == last;
  }

  boolean include(PingForm form) {
    return form.compareTo(first) >= 0 && form.compareTo(last) <= 0;
  }

  PingForm first() {
    return first;
  }

  /** Returns the form to ask for when none up to this one was answered, or null. */
  @Nullable PingForm after(@Nullable PingForm asked) {
    if (asked == null || asked.compareTo(first) < 0) {
      return first;
    }
    PingForm next = asked.next();
    return next != null && include(next) ? next : null;
  }
}
