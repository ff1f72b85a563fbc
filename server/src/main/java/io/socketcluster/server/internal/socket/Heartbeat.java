// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.RawPacket;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.ProtocolVersion;
import io.socketcluster.server.internal.transport.WireConnection;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * With which messages one client is pinged, and with that, which version of the protocol it speaks.
 * As long as several are possible all of them are sent, until it is seen which one is answered.
 * Event loop only, but for {@link #version}.
 */
final class Heartbeat {
  private static final List<PingForm> EMPTY_ONLY = List.of(PingForm.EMPTY);
  private static final List<PingForm> HASH_ONLY = List.of(PingForm.HASH);
  private static final List<PingForm> DIGIT_ONLY = List.of(PingForm.DIGIT);
  private static final List<PingForm> VERSION_ONE = List.of(PingForm.HASH, PingForm.DIGIT);
  private static final List<PingForm> ALL = List.of(PingForm.HASH, PingForm.EMPTY, PingForm.DIGIT);
  private static final byte[] HASH_PONG = PingForm.HASH.pong().getBytes(US_ASCII);

  private final WireConnection connection;
  private final AGEndpoint endpoint;
  private volatile ProtocolVersion version;
  private List<PingForm> forms;
  private boolean digitAnswered;
  private @Nullable Runnable whenKnown;
  private boolean pingedMeanwhile;

  Heartbeat(WireConnection connection, AGEndpoint endpoint) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.version = endpoint.protocolVersion();
    this.forms = formsOf(endpoint);
  }

  /** Clients 2.x know JSON only; another codec could choke on what is not encoded by it. */
  private static List<PingForm> formsOf(AGEndpoint endpoint) {
    return switch (endpoint.protocolVersion()) {
      case V2 -> EMPTY_ONLY;
      case V1 -> endpoint.codecEngine() instanceof JsonCodec ? VERSION_ONE : HASH_ONLY;
      case DETECT -> ALL;
    };
  }

  /** Returns which version the client speaks, as far as that is known. Any thread. */
  ProtocolVersion version() {
    return version;
  }

  boolean isVersionOne() {
    return version == ProtocolVersion.V1;
  }

  boolean mayBeVersionOne() {
    return version != ProtocolVersion.V2;
  }

  /** The handshake has been answered: a version that is not known is asked for at once. */
  void opened() {
    if (version == ProtocolVersion.DETECT) {
      ping();
    }
  }

  /**
   * Runs a task when the version is known: now if it is, else when the client answers. A client
   * that answers no ping at all is treated as one of version 2, after two more.
   */
  void whenKnown(Runnable task) {
    if (version == ProtocolVersion.DETECT) {
      whenKnown = task;
      pingedMeanwhile = false;
    } else {
      task.run();
    }
  }

  /** A message came: if it tells which ping was answered, what waits for that need not wait. */
  void arrived(byte[] message) {
    if (forms.size() > 1 && message.length <= HASH_PONG.length) {
      PingForm form = formOf(new String(message, US_ASCII));
      if (form != null && forms.contains(form)) {
        answered(form);
      }
    }
  }

  /** The client sent what only clients of version 1 send. */
  void heardVersionOne() {
    if (version == ProtocolVersion.DETECT) {
      settle(VERSION_ONE);
    }
  }

  void ping() {
    if (digitAnswered && forms.size() > 1) {
      settle(DIGIT_ONLY); // a client that knows one of the others has had the time to answer it
    }
    sendAll();
    if (whenKnown != null && pingedMeanwhile) {
      runWhenKnown();
    }
    pingedMeanwhile = true;
  }

  private void sendAll() {
    for (PingForm form : forms) {
      send(form);
    }
  }

  private void send(PingForm form) {
    if (form == PingForm.EMPTY) {
      connection.sendPing();
    } else if (endpoint.pingsThroughCodec()) {
      connection.send(endpoint.codecEngine().encode(new RawPacket(form.ping())));
    } else {
      connection.sendAs(form.ping().getBytes(US_ASCII), false);
    }
  }

  /** Returns whether a message, before it is decoded, is a pong. */
  boolean isPong(byte[] message) {
    if (message.length == 0) {
      return forms.contains(PingForm.EMPTY);
    }
    return !endpoint.pingsThroughCodec()
        && Arrays.equals(message, HASH_PONG)
        && forms.contains(PingForm.HASH);
  }

  /** Returns whether a message, which the codec took for no packet, is a pong. */
  boolean isPong(RawPacket packet) {
    PingForm form = mayBeVersionOne() ? formOf(packet.message()) : null;
    return form != null && forms.contains(form);
  }

  private static @Nullable PingForm formOf(String pong) {
    return switch (pong) {
      case "" -> PingForm.EMPTY;
      case "#2" -> PingForm.HASH;
      case "2" -> PingForm.DIGIT;
      default -> null;
    };
  }

  private void answered(PingForm form) {
    switch (form) {
      case EMPTY -> settle(EMPTY_ONLY);
      case HASH -> settle(HASH_ONLY);
      case DIGIT -> answeredByDigit();
    }
  }

  /**
   * A 2 alone proves little, for applications can send it, too; the others are unmistakable. What
   * is answered to a second ping comes behind any other answer to the first.
   */
  private void answeredByDigit() {
    if (version != ProtocolVersion.DETECT) {
      digitAnswered = true;
    } else if (digitAnswered) {
      settle(DIGIT_ONLY);
    } else {
      digitAnswered = true;
      sendAll();
    }
  }

  private void settle(List<PingForm> known) {
    forms = known;
    version = known.getFirst().version();
    runWhenKnown();
  }

  private void runWhenKnown() {
    Runnable task = whenKnown;
    whenKnown = null;
    if (task != null) {
      task.run();
    }
  }
}
