// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.http.Origins;
import io.socketcluster.server.internal.http.TrustedProxies;
import io.socketcluster.server.internal.limits.HandshakeGate;
import io.socketcluster.server.internal.limits.RequestPlaces;
import io.socketcluster.server.internal.memory.LoopMemory;
import io.socketcluster.server.internal.memory.MemoryBound;
import io.socketcluster.server.internal.memory.MemoryLimits;
import io.socketcluster.server.internal.memory.ServerMemory;
import io.socketcluster.server.internal.transport.tls.ServerTls;
import io.socketcluster.server.internal.turn.LoopTurns;
import io.socketcluster.server.internal.wire.LoopFlusher;
import io.socketcluster.server.internal.wire.RecordingListener;
import io.socketcluster.server.internal.wire.Wire;
import io.socketcluster.server.internal.wire.WireListener;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes every connection and writes down what it is told. */
public final class RecordingAcceptor extends RecordingListener
    implements ConnectionAcceptor, Routes {
  public @Nullable Wire connection;
  public @Nullable UpgradeRequest request;
  public @Nullable Consumer<@Nullable Throwable> decision;
  public boolean accepting = true;
  public boolean asking;
  public boolean closing;

  /** Tells the turns how long work takes; as long as it stands still, no time is ever used up. */
  public long now;

  /** How long a ping takes, in nanoseconds. */
  public long costOfPing;

  /** How often a turn ended, as far as the connection noticed. */
  public int turnsOfReader;

  private final Map<EventLoop, LoopTurns> turns = new HashMap<>();
  private final HttpMounts mounts = new HttpMounts();
  private final AGServerOptions options;
  private final HandshakeGate gate;
  private final ServerMemory memory;
  private final RequestPlaces requestPlaces;

  public RecordingAcceptor(AGServerOptions options) {
    this.options = options;
    gate = new HandshakeGate(options, options.serverObserver());
    requestPlaces = new RequestPlaces(options);
    memory = new ServerMemory(new MemoryLimits(options.socketMemoryLimit(), options.memoryLimit()));
  }

  @Override
  public AGServerOptions options() {
    return options;
  }

  @Override
  public ServerTls tls() {
    return new ServerTls(null);
  }

  @Override
  public boolean isAccepting() {
    return accepting;
  }

  @Override
  public TrustedProxies proxies() {
    return new TrustedProxies(options.trustedProxies());
  }

  @Override
  public RequestPlaces placesFor(String method, String path) {
    return requestPlaces;
  }

  @Override
  public Origins origins() {
    return new Origins(options.origins());
  }

  @Override
  public HttpAnswer answer(HttpRequest plain, Channel channel, byte[] body) {
    return HttpAnswer.of(204);
  }

  @Override
  public HandshakeGate gate() {
    return gate;
  }

  @Override
  public void onFailure(String event, Throwable failure) {}

  @Override
  public ServerObserver observer() {
    return options.serverObserver();
  }

  @Override
  public ServerMemory memory() {
    return memory;
  }

  @Override
  public LoopMemory memory(EventLoop loop) {
    return memory.forLoop(loop);
  }

  @Override
  public void onLoopLost() {}

  @Override
  public void onAttached() {}

  @Override
  public void onMemoryLimit(Channel connection, MemoryBound bound, long heldBytes) {}

  @Override
  public void onBadOrigin(String origin) {
    told.add("bad origin " + origin);
  }

  @Override
  public LoopFlusher flusher(EventLoop loop) {
    return new LoopFlusher(loop);
  }

  @Override
  public LoopTurns turns(EventLoop loop) {
    return turns.computeIfAbsent(loop, each -> new LoopTurns(timer(each), () -> now));
  }

  private LoopTurns.Timer timer(EventLoop loop) {
    return (task, nanos) ->
        loop.execute(
            () -> {
              now += nanos;
              task.run();
            });
  }

  @Override
  public Routes routes() {
    return this;
  }

  @Override
  public HttpMounts mounts() {
    return mounts;
  }

  @Override
  public @Nullable ServedEndpoint endpoint(String path) {
    AGEndpoint first = options.endpoints().getFirst();
    WebSocketFormat text = new WebSocketFormat(false);
    return path.equals(first.path()) ? new ServedEndpoint(first, text, null) : null;
  }

  @Override
  public @Nullable PendingUpgrade authorize(
      UpgradeRequest upgrade, Channel channel, Consumer<@Nullable Throwable> decided) {
    if (!asking) {
      return null;
    }
    decision = decided;
    return () -> told.add("abandoned");
  }

  @Override
  public WireListener accept(
      UpgradeRequest upgrade, AGEndpoint endpoint, @Nullable PendingUpgrade asked, Wire wire) {
    request = upgrade;
    connection = wire;
    if (closing) {
      wire.close(4000, "closing");
    }
    return this;
  }

  @Override
  public void onOpen(Channel connection) {}

  @Override
  public void onReadComplete() {
    turnsOfReader++;
  }

  @Override
  public void onHeard() {
    now += costOfPing;
    super.onHeard();
  }
}
