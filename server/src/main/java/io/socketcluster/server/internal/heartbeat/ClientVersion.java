// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.heartbeat;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.server.AGEndpoint;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which version of the protocol one client speaks, and which form of pings it answers. Where
 * several are possible they are sent one after the other, each only when the one before was not
 * answered: some clients of other languages end on a ping that is not theirs. Event loop only, but
 * for {@link #version}.
 */
public final class ClientVersion {
  /** In so many nanoseconds from now: not at all. */
  private static final long NEVER = Long.MAX_VALUE;

  private final PingForms offered;
  private volatile PingForms known;
  private @Nullable VersionProbe probe; // from the handshake until the form is known

  public ClientVersion(AGEndpoint endpoint) {
    offered = PingForms.of(endpoint);
    known = offered;
  }

  /** Returns which version the client speaks, as far as that is known. Any thread. */
  public ProtocolVersion version() {
    return known.version();
  }

  /** Returns whether it is version 1, or version 0, which means the same by its packets. */
  public boolean isOne() {
    return version() == ProtocolVersion.V1 || version() == ProtocolVersion.V0;
  }

  public boolean mayBeOne() {
    return version() != ProtocolVersion.V2;
  }

  /**
   * Begins to ask, after the handshake, unless that has begun. A client whose version is not known
   * is asked at once, any other at its first ping: some take the time until then for the interval
   * between two.
   *
   * @param pingTimeout how long the client waits for a ping
   * @param sender sends a ping
   */
  public void begin(long now, Duration pingTimeout, Consumer<PingForm> sender) {
    if (probe == null && !known.isSettled()) {
      VersionProbe asking = new VersionProbe(now, pingTimeout);
      probe = asking;
      if (version() == ProtocolVersion.DETECT) {
        askNext(asking, now, sender);
      }
    }
  }

  /** Sends a ping in every form that may be the client's and has been asked for. */
  public void ping(long now, Consumer<PingForm> sender) {
    VersionProbe asking = probe;
    if (asking != null && asking.asked() == null) {
      askNext(asking, now, sender);
      return;
    }
    PingForm form = known.first();
    sender.accept(form);
    while ((form = known.after(form)) != null && hasAsked(form)) {
      sender.accept(form);
    }
  }

  private boolean hasAsked(PingForm form) {
    VersionProbe asking = probe;
    return asking != null && asking.hasAsked(form);
  }

  /**
   * Asks for the next form when the last was not answered; returns in how many nanoseconds it wants
   * to be called again.
   */
  public long sweep(long now, Consumer<PingForm> sender) {
    VersionProbe asking = probe;
    if (asking == null || asking.isOver()) {
      return NEVER;
    }
    if (asking.left(now) <= 0) {
      askNext(asking, now, sender);
    }
    return asking.isOver() ? NEVER : asking.left(now);
  }

  /**
   * The client is not read at the moment: its answer does not count as missing until it is, unless
   * something waits for the version.
   */
  public void notRead(long now) {
    VersionProbe asking = probe;
    if (asking != null) {
      asking.postpone(now);
    }
  }

  private void askNext(VersionProbe asking, long now, Consumer<PingForm> sender) {
    PingForm next = known.after(asking.asked());
    if (next == null) {
      asking.end();
      asking.runWaiting();
      return;
    }
    asking.ask(next, now);
    sender.accept(next);
  }

  /**
   * Runs a task when the version is known: now if it is, or if the client cannot be asked or has
   * answered nothing.
   */
  public void whenKnown(Runnable task) {
    VersionProbe asking = probe;
    if (version() != ProtocolVersion.DETECT || asking == null || asking.isOver()) {
      task.run();
    } else {
      asking.whenOver(task);
    }
  }

  /** Returns whether the client is being asked which version it speaks. */
  public boolean isAsked() {
    VersionProbe asking = probe;
    return version() == ProtocolVersion.DETECT && asking != null && !asking.isOver();
  }

  /**
   * The client has gone, and answers nothing any more: what waits for the version waits no longer.
   */
  public void gone() {
    VersionProbe asking = probe;
    if (version() == ProtocolVersion.DETECT && asking != null) {
      asking.giveUp();
      asking.runWaiting();
    }
  }

  /**
   * Returns whether an event with a call id may be a message: in version 1, and of a client that
   * has gone before it answered.
   */
  public boolean maySendMessagesAsCalls() {
    VersionProbe asking = probe;
    return isOne() || (version() == ProtocolVersion.DETECT && asking != null && asking.isGivenUp());
  }

  /** The client sent what only clients of version 1 send. */
  public void heardOne() {
    if (known == PingForms.ALL) {
      known = PingForms.VERSION_ONE;
      VersionProbe asking = probe;
      if (asking != null) {
        asking.runWaiting();
      }
    }
  }

  /**
   * A message has arrived, which may be the pong that tells; what waits for it waits no longer.
   * Returns whether it is the answer to a question of the detection.
   */
  public boolean arrived(byte[] message) {
    if (message.length > PingForm.LONGEST_PONG || isCertain()) {
      return false;
    }
    PingForm form = PingForm.ofPong(message);
    if (form == null) {
      return false;
    }
    boolean isAnswer = version() == ProtocolVersion.DETECT && hasAsked(form);
    answered(form);
    return isAnswer;
  }

  /** Nothing that a client sends can tell more. */
  private boolean isCertain() {
    PingForms forms = known;
    return forms == PingForms.EMPTY_ONLY || forms == PingForms.HASH_ONLY || forms == PingForms.NONE;
  }

  private void answered(PingForm form) {
    switch (form) {
      case EMPTY -> answeredByNothing();
      case HASH -> answeredByHash();
      case DIGIT -> answeredByDigit();
    }
  }

  /** It overrules a packet that looked like version 1, but no pong. */
  private void answeredByNothing() {
    if (!known.isSettled() && offered.include(PingForm.EMPTY)) {
      settle(PingForms.EMPTY_ONLY);
    }
  }

  /** It overrules a digit. Sent unasked it is no more than a packet of version 1. */
  private void answeredByHash() {
    if (hasAsked(PingForm.HASH) || known.isSettled() || offered != PingForms.ALL) {
      settle(PingForms.HASH_ONLY);
    } else {
      heardOne();
    }
  }

  /** Applications can send a 2, too: it tells when a ping of version 1 was not answered before. */
  private void answeredByDigit() {
    if (known.isSettled()) {
      return;
    }
    if (hasAsked(PingForm.DIGIT)) {
      settle(PingForms.DIGIT_ONLY);
    } else if (hasAsked(PingForm.HASH)) {
      settle(PingForms.HASH_BY_DIGIT);
    }
  }

  private void settle(PingForms found) {
    known = found;
    VersionProbe asking = probe;
    probe = null;
    if (asking != null) {
      asking.runWaiting();
    }
  }

  /** Until a client of version 1 has shown its form, a 2 of it is taken for a pong. */
  private boolean isDigitPong() {
    return switch (known) {
      case VERSION_ONE, DIGIT_ONLY, HASH_BY_DIGIT -> true;
      case NONE, ALL, EMPTY_ONLY, HASH_ONLY -> false;
    };
  }

  /** Returns whether a message that is no packet is a pong of this client. */
  public boolean isPong(String message) {
    PingForm form = PingForm.ofPong(message);
    if (form == null) {
      return false;
    }
    return switch (form) {
      case EMPTY -> known.include(form);
      case HASH -> mayBeOne();
      case DIGIT -> isDigitPong();
    };
  }
}
