// SPDX-License-Identifier: MIT
package io.socketcluster.socketio;

import io.socketcluster.core.options.OptionChecks;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The options of {@link SocketIO}. Immutable. */
public final class SocketIOOptions {
  private final Builder values;

  private SocketIOOptions(Builder values) {
    this.values = values;
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder with these options. */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /** Returns the option {@code resource} of the clients: the path without its first slash. */
  public String resource() {
    return values.resource;
  }

  /** Returns the transports that clients may use. */
  public Set<SocketIOTransport> transports() {
    return values.transports;
  }

  /** Returns the times of a transport. */
  public TransportOptions transportOptions(SocketIOTransport transport) {
    return values.times.getOrDefault(transport, TransportOptions.defaultsOf(transport));
  }

  /** Returns whether clients may take part in channels and call procedures. */
  public boolean bridge() {
    return values.bridge;
  }

  /** Returns whether only the address that opened a session may use it. */
  public boolean sessionsKeepAddress() {
    return values.sessionsKeepAddress;
  }

  /** Returns the most bytes that the body of a request, or a message over WebSocket, may have. */
  public int maxRequestBody() {
    return values.maxRequestBody;
  }

  /** Returns how many sessions there may be. */
  public int maxSessions() {
    return values.maxSessions;
  }

  /** Returns how many sessions one address may have. */
  public int maxSessionsPerAddress() {
    return values.maxSessionsPerAddress;
  }

  /** Returns how many polls and streams of one address may be held. */
  public int maxPollsPerAddress() {
    return values.maxPollsPerAddress;
  }

  /** Adds the handlers of the options to a listener. */
  void addHandlers(SocketIOListener listener) {
    values.handlers.forEach(each -> each.accept(listener));
  }

  /** Builds options; {@link #build} checks them. Not thread-safe. */
  public static final class Builder {
    private static final Pattern RESOURCE = Pattern.compile("[!-~&&[^/?#]]+(/[!-~&&[^/?#]]+)*");

    private String resource = "socket.io";
    private Set<SocketIOTransport> transports = Set.of(SocketIOTransport.values());
    private final Map<SocketIOTransport, TransportOptions> times =
        new EnumMap<>(SocketIOTransport.class);
    private final List<Consumer<SocketIOListener>> handlers = new ArrayList<>();
    private boolean bridge;
    private boolean sessionsKeepAddress = true;
    private int maxRequestBody = 512 * 1024;
    private int maxSessions = 100_000;
    private int maxSessionsPerAddress = 10_000;
    private int maxPollsPerAddress = 10_000;

    private Builder() {}

    private Builder(Builder other) {
      resource = other.resource;
      transports = other.transports;
      times.putAll(other.times);
      handlers.addAll(other.handlers);
      bridge = other.bridge;
      sessionsKeepAddress = other.sessionsKeepAddress;
      maxRequestBody = other.maxRequestBody;
      maxSessions = other.maxSessions;
      maxSessionsPerAddress = other.maxSessionsPerAddress;
      maxPollsPerAddress = other.maxPollsPerAddress;
    }

    /**
     * Sets the option {@code resource} of the clients: the path without its first slash. Default:
     * {@code socket.io}.
     */
    public Builder resource(String given) {
      resource = given;
      return this;
    }

    /** Sets the transports that clients may use. Default: all. */
    public Builder transports(Collection<SocketIOTransport> given) {
      transports = Set.copyOf(given);
      return this;
    }

    /** Sets the transports that clients may use. Default: all. */
    public Builder transports(SocketIOTransport... given) {
      return transports(List.of(given));
    }

    /**
     * Changes the times of a transport.
     *
     * <pre>{@code
     * .transportOptions(WEBSOCKET, its -> its.withCloseTimeout(Duration.ofSeconds(8)))
     * }</pre>
     */
    public Builder transportOptions(
        SocketIOTransport transport, UnaryOperator<TransportOptions> change) {
      TransportOptions before =
          times.getOrDefault(transport, TransportOptions.defaultsOf(transport));
      times.put(transport, change.apply(before));
      return this;
    }

    /** Adds a handler for clients that connect. */
    public Builder onClientConnect(Consumer<? super SocketIOClient> handler) {
      handlers.add(listener -> listener.onClientConnect(handler));
      return this;
    }

    /** Adds a handler for the messages of clients. */
    public Builder onClientMessage(BiConsumer<? super JsonNode, ? super SocketIOClient> handler) {
      handlers.add(listener -> listener.onClientMessage(handler));
      return this;
    }

    /** Adds a handler for clients that have gone. */
    public Builder onClientDisconnect(Consumer<? super SocketIOClient> handler) {
      handlers.add(listener -> listener.onClientDisconnect(handler));
      return this;
    }

    /**
     * Sets whether clients may take part in channels, call procedures and authenticate, by JSON
     * messages in the form of SocketCluster's packets, such as {@code
     * {"event":"#subscribe","data":{"channel":"room"},"cid":1}}. Default: false.
     */
    public Builder bridge(boolean given) {
      bridge = given;
      return this;
    }

    /**
     * Sets whether only the address that opened a session may use it: an address of IPv4, or a /64
     * network of IPv6. A client that polls and moves to another network begins a new session.
     * Default: true.
     */
    public Builder sessionsKeepAddress(boolean given) {
      sessionsKeepAddress = given;
      return this;
    }

    /** Sets the most bytes that a body, or a message over WebSocket, may have. Default: 512 KiB. */
    public Builder maxRequestBody(int bytes) {
      maxRequestBody = bytes;
      return this;
    }

    /** Sets how many sessions there may be. Default: 100,000. */
    public Builder maxSessions(int most) {
      maxSessions = most;
      return this;
    }

    /**
     * Sets how many sessions one address may have: an address of IPv4, or a /64 network of IPv6.
     * Default: 10,000, for proxies that are not among {@code trustedProxies}.
     */
    public Builder maxSessionsPerAddress(int most) {
      maxSessionsPerAddress = most;
      return this;
    }

    /** Sets how many polls and streams of one address may be held. Default: 10,000. */
    public Builder maxPollsPerAddress(int most) {
      maxPollsPerAddress = most;
      return this;
    }

    /**
     * Returns the options.
     *
     * @throws InvalidOptionsError when a value is not allowed; the message names the option, its
     *     value and what is allowed
     */
    public SocketIOOptions build() {
      if (!RESOURCE.matcher(resource).matches()) {
        throw OptionChecks.refused(
            "resource", resource, "a path that neither begins nor ends with a slash");
      }
      if (transports.isEmpty()) {
        throw OptionChecks.refused("transports", transports, "at least one");
      }
      times.forEach((transport, options) -> options.check(transport));
      OptionChecks.count("maxRequestBody", maxRequestBody);
      OptionChecks.count("maxSessions", maxSessions);
      OptionChecks.count("maxSessionsPerAddress", maxSessionsPerAddress);
      OptionChecks.count("maxPollsPerAddress", maxPollsPerAddress);
      return new SocketIOOptions(new Builder(this));
    }
  }
}
