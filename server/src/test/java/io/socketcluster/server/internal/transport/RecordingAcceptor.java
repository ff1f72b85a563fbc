// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.LoadObserver;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.http.Origins;
import io.socketcluster.server.internal.http.TrustedProxies;
import io.socketcluster.server.internal.limits.HandshakeGate;
import io.socketcluster.server.internal.memory.LoopMemory;
import io.socketcluster.server.internal.memory.MemoryLimits;
import io.socketcluster.server.internal.memory.ServerMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes every connection and writes down what it is told. */
final class RecordingAcceptor implements ConnectionAcceptor, WireListener {
  final List<String> told = new ArrayList<>();
  @Nullable WireConnection connection;
  @Nullable UpgradeRequest request;
  @Nullable Consumer<@Nullable Throwable> decision;
  boolean accepting = true;
  boolean asking;
  boolean closing;
  private final AGServerOptions options;
  private final HandshakeGate gate;
  private final ServerMemory memory;

  RecordingAcceptor(AGServerOptions options) {
    this.options = options;
    gate = new HandshakeGate(options, options.loadObserver());
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
  public LoadObserver observer() {
    return options.loadObserver();
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
  public void onBadOrigin(String origin) {
    told.add("bad origin " + origin);
  }

  @Override
  public LoopFlusher flusher(EventLoop loop) {
    return new LoopFlusher(loop);
  }

  @Override
  public @Nullable ServedEndpoint endpoint(String path) {
    AGEndpoint first = options.endpoints().getFirst();
    WireFormat text = new WireFormat(false);
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
      UpgradeRequest upgrade,
      ServedEndpoint endpoint,
      @Nullable PendingUpgrade asked,
      WireConnection wire) {
    request = upgrade;
    connection = wire;
    if (closing) {
      wire.close(4000, "closing");
    }
    return this;
  }

  @Override
  public void onMessage(byte[] message, boolean binary) {
    told.add("message " + new String(message, UTF_8));
  }

  @Override
  public void onReadComplete() {}

  @Override
  public void onCompressed(CompressedMessage message) {
    byte[] inflated = message.inflate();
    if (inflated != null) {
      onMessage(inflated, message.isBinary());
    }
  }

  @Override
  public void onHeard() {
    told.add("heard");
  }

  @Override
  public void onClose(int code, String reason) {
    told.add("close " + code + " " + reason);
  }

  @Override
  public void onDropped(int bytes) {
    told.add("dropped " + bytes);
  }

  @Override
  public void onGrew(int bytes) {}

  @Override
  public void onOverflow() {
    told.add("overflow");
  }
}
