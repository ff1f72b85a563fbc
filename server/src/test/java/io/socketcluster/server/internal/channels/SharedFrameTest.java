// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.channels;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.internal.middleware.ActionLines;
import io.socketcluster.server.internal.middleware.MiddlewareHost;
import io.socketcluster.server.internal.outbound.SharedFrame;
import io.socketcluster.server.internal.transport.WebSocketFormat;
import io.socketcluster.server.internal.turn.LoopTurns;
import io.socketcluster.server.internal.wire.WaitingRule;
import io.socketcluster.server.spi.WireFormat;
import io.socketcluster.testkit.ForwardingCodec;
import io.socketcluster.websocket.Deflation;
import io.socketcluster.websocket.ZipPool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A publish is encoded once, however many event loops have subscribers. */
class SharedFrameTest {
  private static final String CHANNEL = "news";

  private final CountingCodec codec = new CountingCodec();
  private final WebSocketFormat format = new WebSocketFormat(false);
  private final Deflation deflation =
      new Deflation(1024, ZipPool.deflaters(1), ZipPool.inflaters());
  private final AGSimpleBroker broker = new AGSimpleBroker();
  private final List<EventLoop> eventLoops = new ArrayList<>();

  /** The default codec, counting the publishes that it encodes. */
  private static final class CountingCodec extends ForwardingCodec {
    private final AtomicInteger publishes = new AtomicInteger();

    @Override
    public byte[] encodePublish(String channel, @Nullable Payload data) {
      publishes.incrementAndGet();
      return super.encodePublish(channel, data);
    }
  }

  private static final class WithoutMiddleware implements MiddlewareHost {
    @Override
    public AGServerOptions options() {
      return AGServerOptions.DEFAULT;
    }

    @Override
    public @Nullable AGMiddleware middleware(MiddlewareLine line) {
      return null;
    }
  }

  /** Returns the channel of an event loop of its own. */
  private LoopChannel channel(WireFormat wanted) {
    EventLoop eventLoop = new DefaultEventLoop();
    eventLoops.add(eventLoop);
    LoopMailbox mailbox =
        new LoopMailbox(
            eventLoop, new LoopTurns((task, nanos) -> {}, () -> 0), ServerObserver.NONE);
    ActionLines lines = new ActionLines(new WithoutMiddleware(), Runnable::run, Runnable::run);
    return new LoopChannel(new ChannelKey(CHANNEL, wanted, false, false), codec, mailbox, lines);
  }

  @AfterEach
  void giveBackTheCompressors() {
    deflation.close();
  }

  @AfterEach
  void endTheEventLoops() {
    eventLoops.forEach(
        each -> each.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly());
  }

  @Test
  void onePublishForThreeEventLoopsIsEncodedOnce() {
    List<LoopChannel> channels = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      channels.add(channel(format));
    }
    channels.forEach(each -> broker.subscribe(each, CHANNEL));

    for (int i = 1; i <= 10; i++) {
      broker.transmitPublish(CHANNEL, Payload.of(i));

      assertThat(codec.publishes).hasValue(i);
    }
  }

  @Test
  void withoutSubscribersNothingIsEncoded() {
    broker.transmitPublish(CHANNEL, Payload.of(1));
    LoopChannel channel = channel(format);
    broker.subscribe(channel, CHANNEL);
    broker.unsubscribe(channel, CHANNEL);
    broker.transmitPublish(CHANNEL, Payload.of(2));

    assertThat(codec.publishes).hasValue(0);
  }

  @Test
  void theFrameIsReleasedWhenTheLastWhoGotItReleasesIt() {
    ChannelMessage message = new ChannelMessage(CHANNEL, Payload.of(1));
    SharedFrame shared =
        message.encoding(
            format,
            SharedFrame.class,
            each -> SharedFrame.of(each, codec, format, WaitingRule.PUBLISH));
    ByteBuf first = shared.retained().frame();
    ByteBuf second =
        message
            .encoding(
                format,
                SharedFrame.class,
                each -> SharedFrame.of(each, codec, format, WaitingRule.PUBLISH))
            .retained()
            .frame();

    assertThat(first.toString(UTF_8)).endsWith("{\"channel\":\"news\",\"data\":1}}");
    message.delivered();
    assertThat(first.refCnt()).isEqualTo(2);
    first.release();
    second.release();
    assertThat(first.refCnt()).isZero();
    assertThat(codec.publishes).hasValue(1);
  }

  @Test
  void whoCompressesSharesOneFrameAndTheEncodingOfTheOthers() {
    WireFormat compressed = format.compressedBy(deflation);
    ChannelMessage message = new ChannelMessage(CHANNEL, Payload.of("words ".repeat(500)));
    SharedFrame small = frameOf(message, compressed);
    SharedFrame large = frameOf(message, format);

    assertThat(frameOf(message, compressed)).isSameAs(small);
    assertThat(small.frame().readableBytes()).isLessThan(large.frame().readableBytes() / 10);
    assertThat(small.message()).as("for batches").isSameAs(large.message());
    assertThat(codec.publishes).hasValue(1);
    message.delivered();
    assertThat(small.frame().refCnt()).isZero();
    assertThat(large.frame().refCnt()).isZero();
  }

  @Test
  void whatIsNotCompressedIsOneFrameForBoth() {
    ChannelMessage message = new ChannelMessage(CHANNEL, Payload.of("short"));
    SharedFrame shared = frameOf(message, format.compressedBy(deflation));

    assertThat(frameOf(message, format)).isSameAs(shared);
    assertThat(codec.publishes).hasValue(1);
    message.delivered();
    assertThat(shared.frame().refCnt()).isZero();
  }

  @Test
  void onePublishForThreeEventLoopsIsCompressedOnce() {
    WireFormat compressed = format.compressedBy(deflation);
    List<ByteBuf> frames = new ArrayList<>();
    broker.subscribe(each -> frames.add(frameOf(each, compressed).frame()), CHANNEL);
    for (int i = 0; i < 3; i++) {
      broker.subscribe(channel(compressed), CHANNEL);
      broker.subscribe(channel(format), CHANNEL);
    }
    broker.subscribe(each -> frames.add(frameOf(each, compressed).frame()), CHANNEL);

    broker.transmitPublish(CHANNEL, Payload.of("words ".repeat(500)));

    assertThat(codec.publishes).hasValue(1);
    assertThat(frames).hasSize(2);
    assertThat(frames.getFirst()).isSameAs(frames.getLast());
  }

  private SharedFrame frameOf(ChannelMessage message, WireFormat wanted) {
    return message.encoding(
        wanted,
        SharedFrame.class,
        each -> SharedFrame.of(each, codec, wanted, WaitingRule.PUBLISH));
  }

  @Test
  void aLoopThatHasEndedReleasesWhatIsPosted() {
    LoopChannel channel = channel(format);
    endTheEventLoops();
    ChannelMessage message = new ChannelMessage(CHANNEL, Payload.of(1));
    ByteBuf frame =
        message
            .encoding(
                format,
                SharedFrame.class,
                each -> SharedFrame.of(each, codec, format, WaitingRule.PUBLISH))
            .retained()
            .frame();
    frame.release();
    channel.deliver(message);
    message.delivered();

    assertThat(frame.refCnt()).isZero();
  }
}
