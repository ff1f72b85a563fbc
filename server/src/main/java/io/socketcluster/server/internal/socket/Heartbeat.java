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

  /** The client sent what only clients of version 1 send. */
  void heardVersionOne() {
    if (version == ProtocolVersion.DETECT) {
      version = ProtocolVersion.V1;
      forms = VERSION_ONE;
    }
  }

  void ping() {
    if (digitAnswered && forms.size() > 1) {
      settle(DIGIT_ONLY); // a client that knows one of the others has had the time to answer it
    }
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
      return answered(PingForm.EMPTY);
    }
    return !endpoint.pingsThroughCodec()
        && Arrays.equals(message, HASH_PONG)
        && answered(PingForm.HASH);
  }

  /** Returns whether a message, which the codec took for no packet, is a pong. */
  boolean isPong(RawPacket packet) {
    PingForm form = version == ProtocolVersion.V2 ? null : formOf(packet.message());
    return form != null && answered(form);
  }

  private static @Nullable PingForm formOf(String pong) {
    return switch (pong) {
      case "#2" -> PingForm.HASH;
      case "2" -> PingForm.DIGIT;
      default -> null;
    };
  }

  /** A 2 alone proves little, for applications can send it, too; the others are unmistakable. */
  private boolean answered(PingForm form) {
    if (!forms.contains(form)) {
      return false;
    }
    if (forms.size() > 1) {
      switch (form) {
        case EMPTY -> settle(EMPTY_ONLY);
        case HASH -> settle(HASH_ONLY);
        case DIGIT -> digitAnswered = true;
      }
    }
    return true;
  }

  private void settle(List<PingForm> known) {
    forms = known;
    version = known.getFirst().version();
  }
}
