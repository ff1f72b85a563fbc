// SPDX-License-Identifier: MIT
package io.socketcluster.test;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.testkit.RawClient;
import io.socketcluster.testkit.RawServer;
import io.socketcluster.testkit.TcpRelay;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test methods, and the methods around them, what they ask for by their parameters, and
 * closes it afterwards.
 *
 * <table>
 *   <caption>Parameters</caption>
 *   <tr><th>type</th><th>what the method gets</th></tr>
 *   <tr><td>{@link AGServer}</td><td>the server, on a free port</td></tr>
 *   <tr><td>{@link AGClientSocket}</td><td>a client of its own, connected unless {@link TestClient} says otherwise</td></tr>
 *   <tr><td>{@link VirtualClock}</td><td>the time of the server and the clients, which stands still until the test moves it</td></tr>
 *   <tr><td>{@link TcpRelay}</td><td>the line between clients and server, which can fail</td></tr>
 *   <tr><td>{@link RawClient}</td><td>a client of its own that sends what the test says; upgraded, without a {@code #handshake}</td></tr>
 *   <tr><td>{@link RawServer}</td><td>a server that answers what the test says, in place of the real one</td></tr>
 * </table>
 *
 * <p>Each test has a server of its own, which its {@code @BeforeEach} methods share with it. A
 * server that a {@code @BeforeAll} method asks for serves all tests of the class. The same is true
 * of a relay and a raw server.
 *
 * <p>Clients connect through the relay if the method asks for it, or a method before it did, and to
 * the raw server likewise; a client of a raw server does not wait until it is connected, because
 * the test has to answer it.
 *
 * <p>The server and the clients of a test go by a {@link VirtualClock} if the test method asks for
 * it, or a method before it did. A server of the whole class does if the {@code @BeforeAll} method
 * asks for it.
 *
 * <p>Register the extension with {@link SocketClusterTest} for a server with the default options,
 * or in a field with {@code @RegisterExtension}.
 */
public final class SocketClusterExtension implements ParameterResolver {
  private static final Map<Class<?>, BiFunction<TestPeers, ParameterContext, Object>> PEERS =
      Map.of(
          AGServer.class, (peers, parameter) -> peers.server(),
          VirtualClock.class, (peers, parameter) -> peers.clock(),
          TcpRelay.class, (peers, parameter) -> peers.relay(),
          RawServer.class, (peers, parameter) -> peers.rawServer(),
          AGClientSocket.class, TestPeers::newClient,
          RawClient.class, TestPeers::newRawClient);

  private final Function<TimeSource, AGServer> server;
  private final @Nullable Function<ExtensionContext, AGServer> sharedServer;
  private final UnaryOperator<AGClientOptions.Builder> clientOptions;
  private final boolean failsOnErrors;

  /** Gives each test a server with the default options; for JUnit. */
  public SocketClusterExtension() {
    this(new Builder());
  }

  private SocketClusterExtension(Builder builder) {
    this.server = builder.server;
    this.sharedServer = builder.sharedServer;
    this.clientOptions = builder.clientOptions;
    this.failsOnErrors = builder.failsOnErrors;
  }

  /** Returns a builder. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return PEERS.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    BiFunction<TestPeers, ParameterContext, Object> peer =
        Objects.requireNonNull(PEERS.get(type), "supportsParameter() was not asked");
    return peer.apply(new TestPeers(this, parameter.getDeclaringExecutable(), test), parameter);
  }

  /** Returns the server that somebody else starts and closes, or null. */
  @Nullable AGServer sharedServer(ExtensionContext test) {
    return sharedServer == null ? null : sharedServer.apply(test);
  }

  RunningServer startServer(TimeSource time) {
    return new RunningServer(server.apply(time), failsOnErrors);
  }

  AGClientOptions.Builder clientOptions(AGClientOptions.Builder builder) {
    return clientOptions.apply(builder);
  }

  /** Collects what differs from the defaults. */
  public static final class Builder {
    private Function<TimeSource, AGServer> server = listening(UnaryOperator.identity());
    private @Nullable Function<ExtensionContext, AGServer> sharedServer;
    private UnaryOperator<AGClientOptions.Builder> clientOptions = UnaryOperator.identity();
    private boolean failsOnErrors;

    private Builder() {}

    /**
     * Starts the servers with options of their own, each on a free port.
     *
     * @param options sets the options on the given builder, and returns it
     */
    public Builder serverOptions(UnaryOperator<AGServerOptions.Builder> options) {
      return timedServer(listening(options));
    }

    private static Function<TimeSource, AGServer> listening(
        UnaryOperator<AGServerOptions.Builder> options) {
      Objects.requireNonNull(options, "options");
      return time -> SocketCluster.listen(0, options(options, time));
    }

    private static AGServerOptions options(
        UnaryOperator<AGServerOptions.Builder> options, TimeSource time) {
      AGServerOptions.Builder builder = AGServerOptions.builder().timeSource(time);
      if (time instanceof VirtualClock) {
        builder.eventLoops(1); // the clock changes threads less often
      }
      return options.apply(builder).build();
    }

    /**
     * Starts the servers by the application's own code. They do not go by a {@link VirtualClock}:
     * see {@link #timedServer}.
     *
     * @param start returns a server, which the extension closes; a server that does not listen yet
     *     is given a free port
     */
    public Builder server(Supplier<AGServer> start) {
      Objects.requireNonNull(start, "start");
      return timedServer(time -> start.get());
    }

    /**
     * Starts the servers by the application's own code, which sets the option {@code timeSource}.
     *
     * @param start is given the {@link VirtualClock} of the test, or {@link TimeSource#system}; it
     *     returns a server, which the extension closes
     */
    public Builder timedServer(Function<TimeSource, AGServer> start) {
      this.server = Objects.requireNonNull(start, "start");
      return this;
    }

    /**
     * Uses a server that somebody else starts and closes, for example a Spring application. {@code
     * failOnErrors} has no effect on it.
     *
     * @param server returns the server of a test; it listens on a port of its own
     */
    public Builder sharedServer(Function<ExtensionContext, AGServer> server) {
      this.sharedServer = Objects.requireNonNull(server, "server");
      return this;
    }

    /**
     * Gives the clients options of their own. Without any, a client that lost its connection
     * connects again within 100 ms, in place of the 10 to 20 s of a stock client.
     *
     * @param options sets the options on the given builder, which has the port already, and returns
     *     it
     */
    public Builder clientOptions(UnaryOperator<AGClientOptions.Builder> options) {
      this.clientOptions = Objects.requireNonNull(options, "options");
      return this;
    }

    /**
     * Fails a test during which its server emitted an {@code error} or a {@code warning}: for
     * example because a handler threw an exception. A lost connection, a {@link
     * io.socketcluster.protocol.errors.SocketProtocolError}, does not count.
     */
    public Builder failOnErrors() {
      this.failsOnErrors = true;
      return this;
    }

    /** Builds the extension. */
    public SocketClusterExtension build() {
      return new SocketClusterExtension(this);
    }
  }
}
