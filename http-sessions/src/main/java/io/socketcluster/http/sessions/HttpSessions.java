// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

import io.netty.channel.EventLoop;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.spi.PeerEvent;
import io.socketcluster.server.spi.SocketEndpoint;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The sessions of one transport, within its limits. Thread-safe. */
public final class HttpSessions {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 20;

  private final SessionTimes times;
  private final SessionLimits limits;
  private final Map<String, HttpSession.Listener> byId = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AddressCounts sessions;
  private final AddressCounts polls;

  public HttpSessions(SessionTimes times, SessionLimits limits) {
    this.times = times;
    this.limits = limits;
    this.sessions = new AddressCounts(limits.sessionsPerAddress());
    this.polls = new AddressCounts(limits.pollsPerAddress());
  }

  /** Returns an id that nobody can guess: 160 bits in base64url, 27 characters. */
  public static String newId() {
    byte[] bytes = new byte[ID_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Returns whether two requests came from one address, or from one /64 network of IPv6. */
  public static boolean isSameAddress(UpgradeRequest one, UpgradeRequest other) {
    InetAddress first = one.clientAddress();
    InetAddress second = other.clientAddress();
    if (first == null || second == null) {
      return first == null && second == null;
    }
    return first.equals(second)
        || AddressCounts.Block.of(first).equals(AddressCounts.Block.of(second));
  }

  /** Returns the listener of the open session with this id if it is of this type, or null. */
  public <L extends HttpSession.Listener> @Nullable L find(@Nullable String id, Class<L> type) {
    HttpSession.Listener found = id == null ? null : byId.get(id);
    return type.isInstance(found) ? type.cast(found) : null;
  }

  /** Returns how many sessions there are. */
  public int count() {
    return count.get();
  }

  /**
   * Opens a session with the times of all. Called on the event loop that the session shall belong
   * to.
   *
   * @return null when a limit is reached
   */
  public @Nullable HttpSession open(
      String id,
      UpgradeRequest request,
      SocketEndpoint endpoint,
      EventLoop loop,
      HttpSession.Listener listener) {
    return open(id, request, endpoint, loop, times, listener);
  }

  /**
   * Opens a session. Called on the event loop that the session shall belong to. The listener is
   * told on the event loop what becomes of it, perhaps before this returns.
   *
   * @return null when a limit is reached
   */
  public @Nullable HttpSession open(
      String id,
      UpgradeRequest request,
      SocketEndpoint endpoint,
      EventLoop loop,
      SessionTimes times,
      HttpSession.Listener listener) {
    InetAddress address = request.clientAddress();
    if (count.incrementAndGet() > limits.sessions() || !sessions.enter(address)) {
      count.decrementAndGet();
      return null;
    }
    HttpSession session =
        new HttpSession(id, request, loop, times, new Registered(address, listener));
    byId.put(id, listener);
    session.begin(endpoint.newHandler(request));
    return session;
  }

  /** Forgets a session when it ends. */
  private final class Registered implements HttpSession.Listener {
    private final @Nullable InetAddress address;
    private final HttpSession.Listener listener;

    Registered(@Nullable InetAddress address, HttpSession.Listener listener) {
      this.address = address;
      this.listener = listener;
    }

    @Override
    public void onOpen(HttpSession session) {
      listener.onOpen(session);
    }

    @Override
    public void onRefused(HttpSession session, PeerEvent.Refused refusal) {
      listener.onRefused(session, refusal);
    }

    @Override
    public void onClosed(HttpSession session) {
      byId.remove(session.id());
      count.decrementAndGet();
      sessions.leave(address);
      listener.onClosed(session);
    }
  }

  /** A poll is to be held; returns false when its address has too many. */
  public boolean enterPoll(@Nullable InetAddress address) {
    return polls.enter(address);
  }

  /** A poll of this address is held no more. */
  public void leavePoll(@Nullable InetAddress address) {
    polls.leave(address);
  }
}
