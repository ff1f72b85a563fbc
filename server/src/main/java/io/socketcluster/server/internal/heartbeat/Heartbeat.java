// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.heartbeat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.RawPacket;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.internal.loop.SocketLife;
import io.socketcluster.server.internal.wire.Wire;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Pings a client, asks it by pings which version it speaks, and closes the socket of a client that
 * is gone or never came to its handshake. Event loop only.
 */
public final class Heartbeat implements Consumer<PingForm> {
  private final Liveness liveness;
  private final ClientVersion version;
  private final Wire connection;
  private final AGEndpoint endpoint;
  private final SocketLife life;
  private boolean handshakeReceived;

  public Heartbeat(
      Liveness liveness,
      ClientVersion version,
      Wire connection,
      AGEndpoint endpoint,
      SocketLife life) {
    this.liveness = liveness;
    this.version = version;
    this.connection = connection;
    this.endpoint = endpoint;
    this.life = life;
  }

  /** Returns what is known of the client's version. */
  public ClientVersion version() {
    return version;
  }

  /** The client sent something. */
  public void heard() {
    liveness.heard();
  }

  /** The client could not be heard until now. */
  public void heardAgain() {
    liveness.heard();
    version.notRead(liveness.listened());
  }

  /** The client has asked for its handshake. */
  public void handshakeReceived() {
    handshakeReceived = true;
    life.sweepSoon();
  }

  /** Returns whether a handshake has been received, complete or not. */
  public boolean isHandshakeReceived() {
    return handshakeReceived;
  }

  /** Begins to ask for the version, unless that has begun. */
  public void ask(Duration pingTimeout) {
    version.begin(liveness.listenedAtNextSweep(), pingTimeout, this);
  }

  /**
   * Asks for the version because something depends on it: a server that never pings asks then.
   *
   * @return whether the client is being asked
   */
  public boolean askIfUnknown(Duration pingTimeout) {
    if (life.state() == SocketState.OPEN && version.version() == ProtocolVersion.DETECT) {
      ask(pingTimeout);
    }
    return version.isAsked();
  }

  /** Runs a task when the version is known; the client is asked sooner because of it. */
  public void whenKnown(Runnable task) {
    version.whenKnown(task);
    life.sweepSoon();
  }

  /** The client has gone: it cannot be asked any more. */
  public void gone() {
    version.gone();
  }

  /** Returns whether a message is a pong as it stands, though the codec has not encoded it. */
  public boolean isPong(byte[] message) {
    return message.length == 0
        ? version.isPong("")
        : PingForm.isHashPong(message) && version.isPong(PingForm.HASH_PONG);
  }

  /**
   * Returns whether a message is a pong before the codec is asked, which may have a packet of those
   * bytes.
   */
  public boolean isCertainPong(byte[] message) {
    boolean mayBePacket = message.length > 0 && endpoint.pingsThroughCodec();
    return !mayBePacket && isPong(message);
  }

  /**
   * Does what is due; returns in how many nanoseconds it wants to look again.
   *
   * @param deaf whether the client is not read at the moment
   */
  public long sweep(long now, boolean deaf) {
    long listened = liveness.listened();
    switch (liveness.check(now, handshakeReceived, deaf)) {
      case NOTHING -> {}
      case PING -> version.ping(listened, this);
      case PONG_TIMEOUT -> life.close(CloseCode.PONG_TIMEOUT, "");
      case HANDSHAKE_TIMEOUT -> life.close(CloseCode.HANDSHAKE_TIMEOUT, "");
    }
    if (deaf) {
      version.notRead(listened);
    }
    long untilAsked = version.sweep(listened, this);
    return Math.min(untilAsked, liveness.next(now, handshakeReceived));
  }

  /** Sends a ping, through the codec of the endpoint or past it. */
  @Override
  public void accept(PingForm form) {
    if (form == PingForm.EMPTY) {
      connection.sendPing();
    } else if (endpoint.pingsThroughCodec()) {
      connection.send(endpoint.codecEngine().encode(new RawPacket(form.ping())));
    } else {
      connection.sendAs(form.ping().getBytes(US_ASCII), false);
    }
  }
}
